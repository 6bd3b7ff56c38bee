"""Research topics and the people behind them."""

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.url_routing import RouteResult

from lihsite.blocks.body import BodyBlock
from lihsite.blocks.fields import BodyField
from lihsite.multilingual.shown import Shown
from lihsite.pages.base_page import BasePage, BasePageQuerySet, translated_search_fields
from lihsite.pages.index_page import IndexPage
from lihsite.pages.plain_summary import PlainSummaryMixin
from lihsite.pages.reading import ReadingMixin
from lihsite.pages.structured_data import ORGANIZATION, person_reference, web_page
from lihsite.pages.visitor_lists import (
    ListedPageManager,
    linked_objects,
    name_further_page,
    paginate,
)
from lihsite.prepared import prepared
from research.blocks import ProjectsBlock, QuestionsBlock
from research.links import PersonLink
from research.people import Person
from research.related_work import related_to_topic, work_of_person

__all__ = [
    "PeopleIndexPage",
    "Person",
    "ResearchIndexPage",
    "ResearchTopicPage",
    "TopicLead",
]

PEOPLE_PER_PAGE = 48


class Hue(models.TextChoices):
    """The colours that a topic can have; the style sheet has one class for each."""

    PETROL = "petrol", _("Petrol")
    CANCER = "cancer", _("Crimson")
    NEURO = "neuro", _("Indigo")
    ALLERGY = "allergy", _("Olive green")
    DIGITAL = "digital", _("Blue")
    BIOBANK = "biobank", _("Ochre")


COLOURS = {
    Hue.PETROL: "#0b5563",
    Hue.CANCER: "#9b2f4a",
    Hue.NEURO: "#4a3f8c",
    Hue.ALLERGY: "#46651f",
    Hue.DIGITAL: "#1a628b",
    Hue.BIOBANK: "#824a0d",
}
"""The hues on paper, as the style sheet has them (`--topic`)."""


class ResearchIndexPage(IndexPage):
    parent_page_types = ["home.HomePage"]
    subpage_types = ["research.ResearchTopicPage"]
    page_description = _("The list of the research topics.")

    class Meta:
        verbose_name = _("list of research topics")
        verbose_name_plural = _("lists of research topics")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["topics"] = topics_by_number()
        return context


class ResearchTopicQuerySet(BasePageQuerySet):
    def by_number(self):
        return self.order_by("number", "path")


class ResearchTopicPage(ReadingMixin, PlainSummaryMixin, BasePage):
    parent_page_types = ["research.ResearchIndexPage"]
    subpage_types = []
    page_description = _("A research topic with its leads, key questions and projects.")

    number = models.PositiveSmallIntegerField(
        verbose_name=_("number"),
        default=1,
        db_index=True,
        help_text=_("Set large beside the title; topics are listed in this order."),
    )
    hue = models.CharField(
        verbose_name=_("colour"), max_length=20, choices=Hue.choices, default=Hue.PETROL
    )
    image = models.ForeignKey(
        "lihsite.Image",
        verbose_name=_("image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    body = BodyField(BodyBlock, verbose_name=_("body"), blank=True)
    key_questions = BodyField(QuestionsBlock, verbose_name=_("key questions"), blank=True)
    projects = BodyField(ProjectsBlock, verbose_name=_("projects"), blank=True)

    objects = ListedPageManager.from_queryset(ResearchTopicQuerySet)()

    search_fields = [
        *BasePage.search_fields,
        *translated_search_fields("plain_summary", "body", "key_questions", "projects"),
    ]
    picture_roles = {**BasePage.picture_roles, "image": ("hero",)}
    social_card_picture = "image"
    translated_panels = ["plain_summary", "body", "key_questions", "projects"]
    shared_panels = [
        FieldRowPanel([FieldPanel("number"), FieldPanel("hue")]),
        FieldPanel("image"),
        InlinePanel("leads", heading=_("Lead scientists"), label=_("Lead scientist")),
    ]

    class Meta:
        verbose_name = _("research topic")
        verbose_name_plural = _("research topics")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["leads"] = self.people = linked_objects(self.leads, "person")
        context.update(related_to_topic.find_all(self))
        return context

    def get_pictures(self):
        return [(self, "image"), *((person, "photo") for person in self.people)]

    def get_content_node(self, request, context):
        members = [person_reference(one.name, one.orcid_url) for one in context["leads"]]
        return web_page(self, request, kind="ResearchProject") | {
            "member": members,
            "parentOrganization": {"@id": request.build_absolute_uri(ORGANIZATION)},
            # Those of a page, which a project has not.
            "publisher": None,
            "isPartOf": None,
            "inLanguage": None,
            "datePublished": None,
            "dateModified": None,
        }

    @property
    def colour(self) -> str:
        return COLOURS[Hue(self.hue)]

    def get_social_colour(self):
        return self.colour

    def get_social_label(self):
        return capfirst(self._meta.verbose_name)

    def get_search_facts(self, language):
        names = [lead.person.name for lead in self.leads.select_related("person")]
        return {"names": tuple(names), "topics": (self.pk,)}


@prepared
def _person_at(slug: str) -> models.QuerySet:
    return Person.objects.filter(slug=slug)


@prepared
def all_people() -> models.QuerySet:
    return Person.objects.all()


@prepared
def topics_by_number() -> models.QuerySet:
    return ResearchTopicPage.objects.listed().by_number()


@prepared
def topics_led_by(person: int) -> models.QuerySet:
    led = TopicLead.objects.filter(person=person)
    return ResearchTopicPage.objects.listed().filter(pk__in=led.values("page")).by_number()


class TopicLead(PersonLink):
    page = ParentalKey(ResearchTopicPage, on_delete=models.CASCADE, related_name="leads")

    class Meta(PersonLink.Meta):
        verbose_name = _("lead scientist")
        verbose_name_plural = _("lead scientists")


class PeopleIndexPage(IndexPage):
    """The list of the people; each has a page below it, at the person's slug."""

    parent_page_types = ["home.HomePage"]
    subpage_types = []
    page_description = _("The list of the people, and a page for each of them.")
    model_below = Person

    person: Person | None = None
    """The person that this request asks for; None on the list itself."""

    class Meta:
        verbose_name = _("list of people")
        verbose_name_plural = _("lists of people")

    def route(self, request, path_components):
        if len(path_components) == 1 and self.live:
            found = _person_at(slug=path_components[0])
            if found:
                self.person = found[0]
                return RouteResult(self)
        return super().route(request, path_components)

    def get_addresses_below(self):
        addresses = []
        saved = models.F("latest_revision__created_at")
        for person in Person.objects.annotate(saved=saved).order_by("pk"):
            written = [code for code in self.live_languages if code in person.text_languages]
            addresses.append((f"{person.slug}/", written or self.live_languages, person.saved))
        return addresses

    def get_routes_below(self):
        return [f"{slug}/" for slug in Person.objects.values_list("slug", flat=True)]

    @property
    def live_languages(self) -> list[str]:
        """Like any page's; a person's page exists where something is written about the person."""
        live = super().live_languages
        if not self.person:
            return live
        written = [code for code in live if code in self.person.text_languages]
        return written or live

    def get_url_for_language(self, language, request=None):
        url = super().get_url_for_language(language, request)
        return f"{url}{self.person.slug}/" if self.person and url else url

    def get_template(self, request, *args, **kwargs):
        if self.person:
            return "research/person.html"
        return super().get_template(request, *args, **kwargs)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        if self.person:
            self.people = [self.person]
            self.person.shown = Shown(self.person, context["shown"].language)
            context["person"] = self.person
            context["leads"] = topics_led_by(person=self.person.pk)
            context.update(work_of_person.find_all(self.person))
        else:
            context["people"] = paginate(all_people.sliceable(), request, PEOPLE_PER_PAGE)
            context["items"] = context["people"]
            self.people = context["people"].object_list
            name_further_page(context, context["people"])
        return context

    def get_content_node(self, request, context):
        node = web_page(self, request, kind="ProfilePage" if self.person else "CollectionPage")
        if not self.person:
            return node
        shown = self.person.shown
        reference = person_reference(self.person.name, self.person.orcid_url)
        about = reference | {
            "jobTitle": shown.role,
            "affiliation": {"@id": request.build_absolute_uri(ORGANIZATION)},
            "url": node["url"],
        }
        # The dates of the list say nothing of the person.
        own = {"datePublished": None, "dateModified": None, "description": shown.role}
        return node | own | {"name": self.person.name, "mainEntity": about}

    def get_trail(self, request, context):
        if not self.person:
            return super().get_trail(request, context)
        above = [(link.title, link.url) for link in context["breadcrumbs"]]
        index = (self.shown.title, super().get_url_for_language(self.shown.language, request))
        return [*above, index, (self.person.name, self.get_canonical_url(request))]

    def get_pictures(self):
        return [(person, "photo") for person in self.people]
