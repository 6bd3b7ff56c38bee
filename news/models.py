"""News: press releases, stories, publications, grants and awards."""

from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from lihsite.blocks.body import BodyBlock
from lihsite.blocks.fields import BodyField
from lihsite.local_times import validate_year
from lihsite.media.pictures import SOCIAL_ROLE, social_size
from lihsite.multilingual.languages import active_language
from lihsite.pages.base_page import BasePage, BasePageQuerySet, translated_search_fields
from lihsite.pages.embargo_form import EmbargoForm
from lihsite.pages.index_page import IndexPage
from lihsite.pages.plain_summary import PlainSummaryMixin
from lihsite.pages.reading import ReadingMixin
from lihsite.pages.resources import ResourcesMixin, feed_links
from lihsite.pages.structured_data import ORGANIZATION, person_reference, web_page
from lihsite.pages.visitor_lists import (
    Choice,
    Filter,
    ListedPageManager,
    linked_objects,
    name_further_page,
    paginate,
    query_of,
    read_filter,
    read_year_filter,
)
from lihsite.prepared import prepared, prepared_rows
from news.citation_files import BIBTEX, RIS, bibtex, ris
from news.citations import Citation, author_of, authors_of, read_authors, validate_authors
from news.feeds import news_feed
from news.press import PressContact, validate_phone
from news.publications import doi_url, validate_doi
from news.years import first_and_last_year, in_years, span_of_year, years_with_news
from research.links import AboutTopicsMixin, PersonLink, TopicLink
from research.related_work import Reading, worth_reading_next
from research.topic_filter import read_topic_filter


class NewsIndexPage(ResourcesMixin, IndexPage):
    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.NewsPage"]
    page_description = _("The list of the news, with filters by topic, type and year.")
    resources = {"atom": "serve_atom", "rss": "serve_rss"}

    class Meta:
        verbose_name = _("list of news")
        verbose_name_plural = _("lists of news")

    def read_filters(self, request) -> list[Filter]:
        """The filters by topic, type and year. Raises Http404 for a value that none of them has."""
        return [
            read_topic_filter(request),
            read_filter(
                request,
                "type",
                pgettext("of news", "Type"),
                [
                    Choice("", pgettext("of news", "All types")),
                    *(Choice(value, str(label)) for value, label in NewsPage.Kind.choices),
                ],
            ),
            read_year_filter(request, self.get_years()),
        ]

    def get_years(self) -> list[int]:
        """The years in which there is news, newest first."""
        rows = _first_and_last_year(index=self.pk)
        if not rows or rows[0][0] is None:
            return []
        first, last = rows[0]
        years = tuple(range(last, first - 1, -1))
        (found,) = _years_with_news(index=self.pk, years=years)
        return [year for year, has_news in zip(years, found, strict=True) if has_news]

    def serve_atom(self, request):
        return self.serve_feed("atom", request)

    def serve_rss(self, request):
        return self.serve_feed("rss", request)

    def serve_feed(self, kind, request):
        """The newest news as a feed; the filters of the list hold for it too."""
        filters = self.read_filters(request)
        news = NewsPage.objects.live_in_any().newest_first().filtered(**filtered_by(filters))
        return news_feed(self, news, kind, request, filters)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        filters = self.read_filters(request)
        values = filtered_by(filters)
        context["items"] = paginate(
            _filtered_news.sliceable(**values, names=tuple(values)), request
        )
        context["filters"] = filters
        context["query"] = query_of(filters)
        context["is_filtered"] = bool(context["query"])
        if not context["is_filtered"]:
            name_further_page(context, context["items"])
        context["feeds"] = feed_links(self, request, context["query"])
        return context


class NewsQuerySet(BasePageQuerySet):
    """Filters ask whether a row exists, so that the index by date gives the order at any size."""

    def newest_first(self):
        return self.order_by("-date", "-pk")

    def filtered(self, topic=None, kind=None, first_day=None, end=None):
        """Those that the filters let through; one that is None lets all through."""
        news = self if topic is None else self.about(topic)
        if kind is not None:
            news = news.filter(kind=kind)
        return news if end is None else in_years(news, first_day, end)

    def about(self, topic_id: int):
        return self.filter(Exists(NewsTopic.objects.filter(page=OuterRef("pk"), topic=topic_id)))


class NewsPage(AboutTopicsMixin, ResourcesMixin, ReadingMixin, PlainSummaryMixin, BasePage):
    parent_page_types = ["news.NewsIndexPage"]
    subpage_types = []
    page_description = _("A press release, story, publication, grant or award.")
    resources = {"bibtex": "serve_bibtex", "ris": "serve_ris"}
    api_fields = ["kind", "date"]

    class Kind(models.TextChoices):
        PRESS_RELEASE = "press_release", _("Press release")
        STORY = "story", _("Story")
        PUBLICATION = "publication", _("Publication")
        GRANT_AWARD = "grant_award", _("Grant or award")

    kind = models.CharField(
        verbose_name=_("type"), max_length=20, choices=Kind.choices, default=Kind.PRESS_RELEASE
    )
    date = models.DateField(
        verbose_name=_("date"), default=timezone.localdate, validators=[validate_year]
    )
    lead_image = models.ForeignKey(
        "lihsite.Image",
        verbose_name=_("lead image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    body = BodyField(BodyBlock, verbose_name=_("body"), blank=True)
    publication_title = models.CharField(
        verbose_name=_("title of the publication"),
        max_length=500,
        blank=True,
        help_text=_("As the journal prints it. If left empty, the title of this page is cited."),
    )
    publication_authors = models.TextField(
        verbose_name=_("authors of the publication"),
        blank=True,
        validators=[validate_authors],
        help_text=_(
            "All of them in the journal’s order, one a line: family name, given names. If left "
            "empty, the people chosen as authors are cited."
        ),
    )
    journal = models.CharField(verbose_name=_("journal"), max_length=255, blank=True)
    year = models.PositiveSmallIntegerField(
        verbose_name=_("year of publication"), null=True, blank=True
    )
    doi = models.CharField(
        verbose_name=_("DOI"), max_length=255, blank=True, validators=[validate_doi]
    )

    press_contact_name = models.CharField(
        verbose_name=_("name of the contact"), max_length=255, blank=True
    )
    press_contact_email = models.EmailField(verbose_name=_("e-mail"), blank=True)
    press_contact_phone = models.CharField(
        verbose_name=_("telephone"),
        max_length=40,
        blank=True,
        validators=[validate_phone],
        help_text=_("With the code of the country, such as +352 26970-1."),
    )

    objects = ListedPageManager.from_queryset(NewsQuerySet)()

    search_fields = [
        *BasePage.search_fields,
        *translated_search_fields("plain_summary", "body"),
        index.FilterField("kind"),
        index.FilterField("date"),
    ]
    picture_roles = {**BasePage.picture_roles, "lead_image": ("article", SOCIAL_ROLE)}
    social_card_picture = "lead_image"
    translated_panels = ["plain_summary", "body"]
    page_form_class = EmbargoForm
    shared_panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("date")]),
        FieldPanel("lead_image"),
        InlinePanel("authors", heading=_("Authors"), label=_("Author")),
        InlinePanel("topics", heading=_("Research topics"), label=_("Research topic")),
        InlinePanel("related_items", heading=_("Related items"), label=_("Related item")),
        MultiFieldPanel(
            [
                FieldPanel("embargo"),
                FieldPanel("press_contact_name"),
                FieldRowPanel(
                    [FieldPanel("press_contact_email"), FieldPanel("press_contact_phone")]
                ),
            ],
            heading=_("For the press"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("publication_title"),
                FieldPanel("publication_authors"),
                FieldPanel("journal"),
                FieldRowPanel([FieldPanel("year"), FieldPanel("doi")]),
            ],
            heading=_("Publication"),
        ),
    ]

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news")
        indexes = [
            models.Index(fields=["-date", "-basepage_ptr"], name="news_by_date"),
            models.Index(fields=["kind", "-date"], name="news_by_kind"),
        ]

    @property
    def doi_url(self) -> str:
        return doi_url(self.doi)

    @property
    def is_citable(self) -> bool:
        return self.kind == self.Kind.PUBLICATION

    @property
    def press_contact(self) -> PressContact:
        return PressContact(
            self.press_contact_name, self.press_contact_email, self.press_contact_phone
        )

    # The files with a citation need no redirects when the page moves.
    get_routes_below = BasePage.get_routes_below

    def serve_bibtex(self, request):
        return self.serve_citation(request, bibtex, BIBTEX, "bib")

    def serve_ris(self, request):
        return self.serve_citation(request, ris, RIS, "ris")

    def serve_citation(self, request, write, content_type: str, suffix: str):
        """The citation as a file. Raises Http404 for what is no publication."""
        if not self.is_citable:
            raise Http404("No publication")
        citation = self.get_citation(request, linked_objects(self.authors, "person"))
        response = HttpResponse(write(citation), content_type=f"{content_type}; charset=utf-8")
        name = f'attachment; filename="{self.shown.slug}.{suffix}"'
        response.headers["Content-Disposition"] = name
        response.headers["Content-Language"] = self.shown.language
        response.headers["Cache-Control"] = "public, max-age=300"
        return response

    def get_citation(self, request, people: list) -> Citation:
        """The publication as it is cited; `people` are the page's authors."""
        return Citation(
            title=self.publication_title or self.shown.title,
            authors=authors_of(self.publication_authors, people),
            journal=self.journal,
            year=self.year,
            doi=self.doi,
            url=self.doi_url or self.get_canonical_url(request),
        )

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        authors = context["authors"] = linked_objects(self.authors, "person")
        topics = context["topics"] = self.get_topics()
        if self.is_citable:
            context["citation"] = self.get_citation(request, authors)
            context["citation_files"] = [
                ("BibTeX", self.get_resource_url("bibtex", request)),
                ("RIS", self.get_resource_url("ris", request)),
            ]
        reading = Reading(
            page=self.pk or 0,
            topics=tuple(topic.pk for topic in topics),
            language=active_language(),
            kind=self.kind,
        )
        context["related"] = worth_reading_next.find_all(reading)["next_news"]
        if self.related_items.is_deferring:
            # The draft of a preview: what was chosen in it is not in the database.
            context["related"] = linked_objects(self.related_items, "item") or context["related"]
        return context

    def get_pictures(self):
        return [(self, "lead_image")]

    def get_content_node(self, request, context):
        node = web_page(self, request, kind=self.schema_type)
        picture = social_size(self.lead_image) if self.lead_image else None
        return node | {
            "headline": self.shown.title,
            "datePublished": self.date.isoformat(),
            "author": self.get_author_nodes(context)
            or {"@id": request.build_absolute_uri(ORGANIZATION)},
            "image": request.build_absolute_uri(
                picture.url if picture else self.get_social_card_url(self.shown.language)
            ),
            "about": [topic.shown.title for topic in context["topics"]],
            "isPartOf": self.journal and {"@type": "Periodical", "name": self.journal},
            "sameAs": self.doi_url,
            "identifier": self.doi
            and {"@type": "PropertyValue", "propertyID": "doi", "value": self.doi},
        }

    def get_author_nodes(self, context) -> list[dict]:
        """Those who wrote it; of a publication all of its authors, known here or not."""
        people = context["authors"]
        if not (self.is_citable and self.publication_authors):
            return [person_reference(person.name, person.orcid_url) for person in people]
        known = {author_of(one.name, one.sort_name): one.orcid_url for one in people}
        return [
            person_reference(author.plain, known.get(author, ""))
            if author.given
            else {"@type": "Organization", "name": author.family}
            for author in context["citation"].authors
        ]

    def get_social_label(self):
        return self.get_kind_display()

    @property
    def schema_type(self) -> str:
        """schema.org's type: what is reported of a publication is the article itself."""
        is_publication = self.kind == self.Kind.PUBLICATION
        return "ScholarlyArticle" if is_publication else "NewsArticle"

    def get_search_facts(self, language):
        names = [author.person.name for author in self.authors.select_related("person")]
        return {
            "names": (
                *names,
                *(author.plain for author in read_authors(self.publication_authors)),
                self.publication_title,
                self.journal,
                self.doi,
            ),
            "date": self.date,
            "topics": tuple(self.topics.values_list("topic", flat=True)),
        }


def filtered_by(filters: list[Filter]) -> dict:
    """The arguments of `filtered` for the filters by topic, type and year of the list of news."""
    topic, kind, year = (one.value for one in filters)
    values = {}
    if topic:
        values["topic"] = int(topic)
    if kind:
        values["kind"] = kind
    if year:
        values["first_day"], values["end"] = span_of_year(int(year))
    return values


@prepared
def _filtered_news(
    topic: int, kind: str, first_day: date, end: date, *, names: tuple[str, ...]
) -> models.QuerySet:
    values = {"topic": topic, "kind": kind, "first_day": first_day, "end": end}
    news = NewsPage.objects.listed().newest_first()
    return news.filtered(**{name: values[name] for name in names})


@prepared_rows
def _first_and_last_year(index: int) -> models.QuerySet:
    return first_and_last_year(
        NewsPage.objects.live_in_any(), NewsIndexPage.objects.filter(pk=index)
    )


@prepared_rows
def _years_with_news(index: int, *, years: tuple[int, ...]) -> models.QuerySet:
    return years_with_news(
        NewsPage.objects.live_in_any(), NewsIndexPage.objects.filter(pk=index), years
    )


class NewsAuthor(PersonLink):
    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="authors")

    class Meta(PersonLink.Meta):
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        indexes = [models.Index(fields=["page", "person"], name="news_author")]


class NewsTopic(TopicLink):
    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="topics")

    class Meta(TopicLink.Meta):
        indexes = [models.Index(fields=["page", "topic"], name="news_topic")]


class RelatedItem(Orderable):
    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="related_items")
    item = models.ForeignKey(
        NewsPage, verbose_name=_("news item"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [FieldPanel("item")]

    class Meta(Orderable.Meta):
        verbose_name = _("related item")
        verbose_name_plural = _("related items")
