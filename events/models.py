"""Events: when, where, who speaks, and how to register."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.search import index

from events.blocks import ProgrammeBlock
from events.calendar_links import calendar_links
from events.calendars import PAST_DAYS, calendar_of, calendar_response
from events.feeds import event_feed
from events.forms import EventPageForm
from events.machine_readable import event_node
from events.months import Month, archive
from events.registration import Registrable
from events.states import EventState, in_state, not_over
from events.timing import Timed
from lihsite.blocks.body import BodyBlock
from lihsite.blocks.fields import BodyField
from lihsite.multilingual.languages import active_language, column
from lihsite.pages.base_page import BasePage, BasePageQuerySet, translated_search_fields
from lihsite.pages.index_page import IndexPage
from lihsite.pages.reading import ReadingMixin
from lihsite.pages.resources import ResourcesMixin, feed_links
from lihsite.pages.visitor_lists import (
    Choice,
    Filter,
    ListedPageManager,
    linked_objects,
    name_further_page,
    paginate,
    query_of,
    read_filter,
)
from lihsite.prepared import prepared
from lihsite.templatetags.dates import written
from research.links import AboutTopicsMixin, PersonLink, TopicLink
from research.related_work import Reading, worth_reading_next
from research.topic_filter import read_topic_filter


class EventIndexPage(ResourcesMixin, IndexPage):
    parent_page_types = ["home.HomePage"]
    subpage_types = ["events.EventPage"]
    page_description = _("The list of the coming events, with an archive of the past ones.")
    resources = {"atom": "serve_atom", "rss": "serve_rss", "calendar": "serve_calendar"}

    class Meta:
        verbose_name = _("list of events")
        verbose_name_plural = _("lists of events")

    def read_filters(self, request) -> list[Filter]:
        """The filters by time and topic. Raises Http404 for a value that none of them has."""
        return [
            read_filter(
                request,
                "when",
                gettext("When"),
                [
                    Choice("", gettext("Coming events")),
                    Choice("past", gettext("Past events")),
                ],
            ),
            read_topic_filter(request),
        ]

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        filters = self.read_filters(request)
        when, topic = filters
        if request.GET.get("month"):
            events = EventPage.objects.listed().about(topic.value)
            context.update(self.get_month(request, events))
        else:
            events = _past_events if when.value == "past" else _coming_events
            now, is_about = timezone.now(), bool(topic.value)
            found = events.sliceable(now=now, topic=topic.value, is_about=is_about)
            context["items"] = paginate(found, request)
            if not query_of(filters):
                name_further_page(context, context["items"])
        context["when"] = when.value or "coming"
        context["filters"] = [topic]
        context["topic_query"] = query_of([topic])
        context["query"] = query_of(filters)
        context["is_filtered"] = bool(topic.value)
        context["this_month"] = Month.of(timezone.localdate())
        context.update(self.get_subscriptions(request, context["topic_query"]))
        return context

    def get_month(self, request, events) -> dict:
        """The context of the page of a month. Raises Http404 for what is none."""
        month = Month.read(request.GET["month"])
        found = month.select(events)
        spans = events.filter(start__isnull=False, end__isnull=False)
        return {
            "month": month,
            "weeks": month.weeks(found),
            "weekdays": [date(2024, 1, day) for day in range(1, 8)],
            "items": found,
            "today": timezone.localdate(),
            "archive": archive(spans.values_list("start", "end", "time_zone")),
        }

    def get_subscriptions(self, request, query: str) -> dict:
        """The addresses at which the list, as it is filtered, can be followed."""
        suffix = f"?{query}" if query else ""
        calendar = request.build_absolute_uri(self.get_resource_url("calendar", request) + suffix)
        return {
            "feeds": feed_links(self, request, query),
            "calendar_url": calendar,
            "webcal_url": "webcal:" + calendar.partition(":")[2],
        }

    def serve_atom(self, request):
        return self.serve_feed("atom", request)

    def serve_rss(self, request):
        return self.serve_feed("rss", request)

    def serve_feed(self, kind, request):
        """The events that were announced last, as a feed; the filter by topic holds for it too."""
        _when, topic = self.read_filters(request)
        events = EventPage.objects.live_in_any().about(topic.value)
        return event_feed(self, events, kind, request, [topic])

    def serve_calendar(self, request):
        """The events of the last year and all to come, to subscribe to."""
        _when, topic = self.read_filters(request)
        language = active_language()
        since = timezone.now() - timedelta(days=PAST_DAYS)
        events = EventPage.objects.live_in(language).live_in_any().about(topic.value)
        name = " – ".join(
            ["Luxembourg Institute of Health", self.shown.title]
            + ([topic.chosen] if topic.value else [])
        )
        chosen = events.filter(end__gt=since).order_by("start", "pk")
        return calendar_response(
            calendar_of(chosen, name, language, request), "lih-events", language
        )


class EventQuerySet(BasePageQuerySet):
    """Events by their state at a moment, now if none is given."""

    def about(self, topic_id):
        """Those about a topic; all of them if none is named."""
        if not topic_id:
            return self
        tagged = EventTopic.objects.filter(page=OuterRef("pk"), topic=topic_id)
        return self.filter(Exists(tagged))

    def upcoming(self, moment=None):
        moment = moment or timezone.now()
        return self.filter(in_state(EventState.UPCOMING, moment)).order_by("start", "pk")

    def now(self, moment=None):
        moment = moment or timezone.now()
        return self.filter(in_state(EventState.NOW, moment)).order_by("start", "pk")

    def coming(self, moment=None):
        """What is on now and what is upcoming, soonest first."""
        return self.filter(not_over(moment or timezone.now())).order_by("start", "pk")

    def past(self, moment=None):
        """What is over, the last to end first."""
        moment = moment or timezone.now()
        return self.filter(in_state(EventState.PAST, moment)).order_by("-end", "-pk")


def validate_spoken_languages(codes) -> None:
    if not isinstance(codes, list) or not set(codes) <= set(dict(settings.EVENT_LANGUAGES)):
        raise ValidationError(_("Choose languages of the list."))


class EventPage(AboutTopicsMixin, Timed, Registrable, ResourcesMixin, ReadingMixin, BasePage):
    """An event."""

    parent_page_types = ["events.EventIndexPage"]
    subpage_types = ["contact.FormPage"]
    page_description = _("A talk, a course, an open day: on site, online or both.")
    api_fields = ["start", "end", "time_zone", "all_day", "status", "attendance", "venue_name"]
    resources = {"calendar": "serve_calendar"}
    has_reading_time = False

    class Attendance(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        ONLINE = "online", _("Online")
        HYBRID = "hybrid", _("In person and online")

    class Status(models.TextChoices):
        SCHEDULED = "scheduled", _("Scheduled")
        CANCELLED = "cancelled", _("Cancelled")
        POSTPONED = "postponed", _("Postponed")

    status = models.CharField(
        verbose_name=_("status"),
        max_length=20,
        choices=Status.choices,
        default=Status.SCHEDULED,
        help_text=_("Cancelled and postponed events stay in the lists and say so."),
    )
    attendance = models.CharField(
        verbose_name=_("attendance"),
        max_length=20,
        choices=Attendance.choices,
        default=Attendance.IN_PERSON,
    )
    venue_name = models.CharField(verbose_name=_("venue"), max_length=255, blank=True)
    venue_address = models.TextField(
        verbose_name=_("address of the venue"),
        blank=True,
        help_text=_("One line for each line, in the country's own language."),
    )
    online_url = models.URLField(verbose_name=_("address online"), blank=True)
    languages_spoken = models.JSONField(
        verbose_name=_("languages spoken"),
        default=list,
        blank=True,
        validators=[validate_spoken_languages],
    )
    body = BodyField(BodyBlock, verbose_name=_("body"), blank=True)
    programme = BodyField(ProgrammeBlock, verbose_name=_("programme"), blank=True)

    objects = ListedPageManager.from_queryset(EventQuerySet)()

    search_fields = [
        *BasePage.search_fields,
        *translated_search_fields("body", "programme", "venue_name"),
        index.FilterField("start"),
        index.FilterField("end"),
    ]
    page_form_class = EventPageForm
    translated_panels = ["venue_name", "body", "programme"]
    shared_panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
                FieldRowPanel([FieldPanel("time_zone"), FieldPanel("all_day")]),
                FieldPanel("status"),
            ],
            heading=_("When"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("attendance"),
                FieldPanel("venue_address"),
                FieldPanel("online_url"),
                FieldPanel("languages_spoken"),
            ],
            heading=_("Where"),
        ),
        InlinePanel("speakers", heading=_("Speakers"), label=_("Speaker")),
        InlinePanel("topics", heading=_("Research topics"), label=_("Research topic")),
        MultiFieldPanel(
            [
                FieldPanel("registration_state"),
                FieldPanel("registration_form"),
                FieldPanel("registration_url"),
                FieldPanel("registration_deadline"),
            ],
            heading=_("Registration"),
        ),
    ]

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            models.Index(fields=["start"], name="event_by_start"),
            models.Index(fields=["end"], name="event_by_end"),
        ]

    def get_publishing_errors(self) -> dict[str, str]:
        """What must be put right before visitors get the event, by the name of the field.

        A draft may be incomplete; this holds the rules that look at more than one field.
        """
        errors = {}
        if self.start and self.end and self.end <= self.start:
            errors["end"] = gettext("The event must end after it starts.")
        if self.takes_place_on_site and not self.venue_name:
            errors[column("venue_name", self.source_language)] = gettext(
                "Name the venue of an event that people come to."
            )
        if self.takes_place_online and not self.online_url:
            errors["online_url"] = gettext("Give the address of an event that is online.")
        if self.lacks_registration_form:
            errors["registration_url"] = gettext(
                "Choose the form or give the page with which people register."
            )
        if self.registration_deadline and self.end and self.registration_deadline > self.end:
            errors["registration_deadline"] = gettext(
                "Registration must close before the event ends."
            )
        return errors

    def save(self, clean=True, **kwargs):
        """Save the event. Raises ValidationError if it is live and may not be published so.

        What visitors have got already, such as a registration whose form was deleted, keeps no
        language from being published.
        """
        if clean and self.live and (errors := self.get_publishing_errors()):
            published = type(self).objects.filter(pk=self.pk, live=True).first()
            if not published or errors.keys() - published.get_publishing_errors().keys():
                raise ValidationError(errors)
        return super().save(clean=clean, **kwargs)

    @property
    def is_held_as_planned(self) -> bool:
        """Neither cancelled nor postponed."""
        return self.status == self.Status.SCHEDULED

    @property
    def takes_place_on_site(self) -> bool:
        return self.attendance in (self.Attendance.IN_PERSON, self.Attendance.HYBRID)

    @property
    def takes_place_online(self) -> bool:
        return self.attendance in (self.Attendance.ONLINE, self.Attendance.HYBRID)

    @property
    def spoken_languages(self) -> list[str]:
        """The names of the languages spoken, in the visitor's language, as within a sentence."""
        names = dict(settings.EVENT_LANGUAGES)
        return [str(names[code]) for code in self.languages_spoken if code in names]

    def serve_calendar(self, request):
        """The event as a file for a calendar."""
        language = active_language()
        calendar = calendar_of([self], self.shown.title, language, request)
        return calendar_response(calendar, self.shown.slug, self.shown.language)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        self.people = linked_objects(self.speakers, "person")
        context["speakers"] = self.people
        context["calendar_url"] = self.get_resource_url("calendar", request)
        context["calendar_links"] = calendar_links(self, self.shown, context["canonical_url"])
        topics = context["topics"] = self.get_topics()
        reading = Reading(
            page=self.pk or 0,
            topics=tuple(topic.pk for topic in topics),
            language=active_language(),
        )
        context.update(worth_reading_next.find_all(reading))
        context["registration_address"] = self.get_registration_address(request)
        return context

    def get_pictures(self):
        return [(person, "photo") for person in self.people]

    def get_content_node(self, request, context):
        return event_node(self, request, context["speakers"])

    def get_social_label(self):
        return written(self.first_day)

    def get_search_facts(self, language):
        names = [speaker.person.name for speaker in self.speakers.select_related("person")]
        return {
            "names": (*names, self.venue_address),
            "date": self.first_day,
            "ends_at": self.end,
            "topics": tuple(self.topics.values_list("topic", flat=True)),
        }


@prepared
def _coming_events(now: datetime, topic: int, *, is_about: bool) -> models.QuerySet:
    return EventPage.objects.listed().about(is_about and topic).coming(now)


@prepared
def _past_events(now: datetime, topic: int, *, is_about: bool) -> models.QuerySet:
    return EventPage.objects.listed().about(is_about and topic).past(now)


class EventSpeaker(PersonLink):
    page = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="speakers")

    class Meta(PersonLink.Meta):
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        indexes = [models.Index(fields=["page", "person"], name="event_speaker")]


class EventTopic(TopicLink):
    page = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="topics")

    class Meta(TopicLink.Meta):
        indexes = [models.Index(fields=["page", "topic"], name="event_topic")]
