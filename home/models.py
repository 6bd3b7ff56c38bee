"""The home page, and pages of plain content."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from events.lists import coming_events
from events.models import EventIndexPage
from lihsite.blocks.body import BodyBlock, FiguresBlock, PartnerListBlock, StoryBlock
from lihsite.blocks.fields import BodyField
from lihsite.pages.base_page import BasePage, translated_search_fields
from lihsite.pages.navigation import visible_rows
from lihsite.pages.reading import ReadingMixin
from lihsite.pages.visitor_lists import linked_ids, visible_page
from news.lists import ON_THE_HOME_PAGE, front_news
from news.models import NewsIndexPage, NewsPage
from research.models import ResearchIndexPage, topics_by_number

SECTIONS = {
    "research_index": ResearchIndexPage,
    "news_index": NewsIndexPage,
    "event_index": EventIndexPage,
}
"""The lists that the home page leads to, by their names in the context of its template."""


class HomePage(BasePage):
    parent_page_types = ["lihsite.BasePage"]
    max_count = 1
    page_description = _("The home page of the site.")

    hero_title = models.CharField(verbose_name=_("large statement"), max_length=120, blank=True)
    hero_text = models.TextField(verbose_name=_("sentence below it"), blank=True)
    hero_label = models.CharField(verbose_name=_("text of the link"), max_length=60, blank=True)
    hero_page = models.ForeignKey(
        "lihsite.BasePage",
        verbose_name=_("page that the link leads to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    hero_image = models.ForeignKey(
        "lihsite.Image",
        verbose_name=_("image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    story_title = models.CharField(verbose_name=_("title of the story"), max_length=120, blank=True)
    story = BodyField(StoryBlock, verbose_name=_("story"), blank=True)
    figures = BodyField(FiguresBlock, verbose_name=_("key figures"), blank=True)
    topics_title = models.CharField(
        verbose_name=_("title above the topics"), max_length=120, blank=True
    )
    topics_intro = models.TextField(verbose_name=_("text above the topics"), blank=True)
    news_title = models.CharField(
        verbose_name=_("title above the news"), max_length=120, blank=True
    )
    events_title = models.CharField(
        verbose_name=_("title above the events"), max_length=120, blank=True
    )
    partners = BodyField(PartnerListBlock, verbose_name=_("partners"), blank=True)

    search_fields = [
        *BasePage.search_fields,
        *translated_search_fields("hero_title", "hero_text", "story", "topics_intro"),
    ]
    picture_roles = {**BasePage.picture_roles, "hero_image": ("hero",)}
    social_card_picture = "hero_image"
    translated_panels = [
        "hero_title",
        "hero_text",
        "hero_label",
        "story_title",
        "story",
        "figures",
        "topics_title",
        "topics_intro",
        "news_title",
        "events_title",
        "partners",
    ]
    shared_panels = [
        MultiFieldPanel([FieldPanel("hero_image"), FieldPanel("hero_page")], heading=_("Opening")),
        InlinePanel(
            "pinned_news",
            heading=_("Pinned news"),
            label=_("News item"),
            help_text=_("Shown first; the newest fill the rest."),
            max_num=ON_THE_HOME_PAGE,
        ),
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_news(self) -> list[NewsPage]:
        return front_news(linked_ids(self.pinned_news, "news"))

    def get_linked_pages(self, request) -> dict[str, BasePage]:
        """The lists below the home page and the page that the opening links to.

        Most are among the pages of the frame, which `get_context` has fetched for the request.
        """
        names = {model._meta.model_name: name for name, model in SECTIONS.items()}
        rows = visible_rows(request)
        linked = {
            names[row.page_type]: row
            for row in rows
            if row.page_type in names and row.is_child_of(self)
        }
        if self.hero_page_id:
            linked["hero_page"] = next(
                (row for row in rows if row.pk == self.hero_page_id), None
            ) or next(iter(visible_page(pk=self.hero_page_id)), None)
        return linked

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        self.news = self.get_news()
        context["topics"] = topics_by_number()
        context["news"] = self.news
        context["events"] = coming_events()
        linked = self.get_linked_pages(request)
        # Only a page that visitors get, and without a query of its own in the template.
        self.hero_page = linked.pop("hero_page", None)
        context.update(linked)
        return context

    def get_pictures(self):
        return [(self, "hero_image"), *((item, "lead_image") for item in self.news[:1])]

    def get_picture_places(self):
        yield from super().get_picture_places()
        for item in self.get_news()[:1]:
            if item.lead_image_id:
                yield item.lead_image_id, "lead"


class PinnedNews(Orderable):
    page = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="pinned_news")
    news = models.ForeignKey(
        "news.NewsPage", verbose_name=_("news item"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [FieldPanel("news")]

    class Meta(Orderable.Meta):
        verbose_name = _("pinned news item")
        verbose_name_plural = _("pinned news")


class ContentPage(ReadingMixin, BasePage):
    parent_page_types = ["home.HomePage", "home.ContentPage"]
    subpage_types = ["home.ContentPage", "contact.FormPage"]
    has_reading_time = False
    page_description = _("A page of text: about us, contact, legal notice, privacy, accessibility.")

    body = BodyField(BodyBlock, verbose_name=_("body"), blank=True)

    search_fields = [*BasePage.search_fields, *translated_search_fields("body")]
    translated_panels = ["body"]

    class Meta:
        verbose_name = _("content page")
        verbose_name_plural = _("content pages")
