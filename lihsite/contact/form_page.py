"""A page with a form that editors build, its questions and answers translated like any text."""

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.http import HttpResponseRedirect
from django.utils.cache import add_never_cache_headers
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.forms.models import EmailFormMixin, FormMixin
from wagtail.fields import RichTextField

from lihsite.background.queues import enqueue_with_commit
from lihsite.blocks.body import BodyBlock
from lihsite.blocks.fields import BodyField
from lihsite.clients import client_of, is_from_this_site
from lihsite.contact.blocks import QuestionsBlock
from lihsite.contact.closing import why_closed
from lihsite.contact.guards import OPENED
from lihsite.contact.notification import notify
from lihsite.contact.questions import QuestionFormBuilder, as_in_source, questions_of
from lihsite.contact.submissions import Submission, digest_of
from lihsite.multilingual.languages import active_language, language_codes
from lihsite.multilingual.languages import language_name as name_of
from lihsite.pages.base_page import BasePage, translated_search_fields
from lihsite.pages.resources import ResourcesMixin
from lihsite.rates import seconds_of, take

SEND, SENT = "send", "sent"
"""Below the page's address: where its form is sent to, and where the thanks for it stand."""
CONSENT = "consent"
PLAIN_FEATURES = ["bold", "italic", "link", "document-link"]
AFTER = ".sent"
"""What is added to a language's name for the preview of what is shown after sending."""


class FormPage(ResourcesMixin, BasePage, EmailFormMixin, FormMixin):
    """A form. `FormMixin` comes last: routing, showing and previews are those of all our pages.

    Sent to an address of its own it needs no cookie (see `clients.is_from_this_site`), and what is
    shown after a redirect can be reloaded, and read in another language, without sending it again.
    """

    parent_page_types = ["home.HomePage", "home.ContentPage", "events.EventPage"]
    subpage_types = []
    page_description = _("A form to write to us, to register or to apply.")
    resources = {SEND: "serve_send", SENT: "serve_sent"}
    template = "contact/form_page.html"
    form_builder = QuestionFormBuilder

    body = BodyField(BodyBlock, verbose_name=_("body"), blank=True)
    form_fields = BodyField(QuestionsBlock, verbose_name=_("questions"), blank=True)
    consent_text = RichTextField(
        verbose_name=_("consent"),
        features=PLAIN_FEATURES,
        blank=True,
        help_text=_("What people agree to with a check box, to be able to send the form."),
    )
    button_text = models.CharField(
        verbose_name=_("text of the button"),
        max_length=60,
        blank=True,
        help_text=_("“Send” if it is left empty."),
    )
    thanks_text = RichTextField(
        verbose_name=_("thanks"),
        features=PLAIN_FEATURES,
        blank=True,
        help_text=_("Shown once the form was sent: what happens next, and when."),
    )
    days_kept = models.PositiveSmallIntegerField(
        verbose_name=_("days for which answers are kept"),
        default=settings.FORM_DAYS_KEPT,
        validators=[MinValueValidator(1), MaxValueValidator(3650)],
        help_text=_("Afterwards they are deleted; the form says so."),
    )

    search_fields = [*BasePage.search_fields, *translated_search_fields("body")]
    required_to_publish = [*BasePage.required_to_publish, "form_fields", "consent_text"]
    translated_panels = ["body", "form_fields", "consent_text", "button_text", "thanks_text"]
    shared_panels = [
        MultiFieldPanel(
            [
                # Whoever gets the e-mails reads the answers.
                FieldPanel("to_address", permission="contact.view_submission"),
                FieldRowPanel([FieldPanel("from_address"), FieldPanel("subject")]),
            ],
            heading=_("Notification by e-mail"),
            help_text=_(
                "The e-mails hold what was sent: whoever gets them has to delete them when the "
                "answers are deleted here."
            ),
        ),
        FieldPanel("days_kept"),
    ]

    place = ""
    """What follows the page's address in the one that is shown."""

    class Meta:
        verbose_name = _("form")
        verbose_name_plural = _("forms")

    # The form

    def get_form_fields(self):
        """The questions in the source language."""
        return questions_of(self.form_fields)

    def get_data_fields(self):
        """Pairs of a name and a heading: also of questions that are no longer asked."""
        asked = {question.clean_name: question.label for question in self.get_form_fields()}
        earlier = {}
        for labels in self.get_submissions().order_by().values_list("labels", flat=True).distinct():
            earlier.update(labels)
        return [
            ("submit_time", _("Submission date")),
            ("language", _("Language")),
            *(earlier | asked).items(),
        ]

    def get_submission_class(self):
        return Submission

    @cached_property
    def shown_questions(self):
        """The questions in the language in which the page is shown."""
        shown = questions_of(self.shown.form_fields)
        if self.shown.language == self.source_language:
            return shown
        return as_in_source(shown, self.get_form_fields())

    def get_form_class(self):
        form_class = self.form_builder(self.shown_questions).get_form_class()
        consent = forms.BooleanField(
            label=_("Consent"),
            error_messages={"required": _("Please agree, or write to us in another way.")},
        )
        return type(
            form_class.__name__, (form_class,), {CONSENT: consent, "purpose": f"form-{self.pk}"}
        )

    def get_answers(self, form) -> dict:
        """What was answered, by question; choices in the words of the source language."""
        in_source = {
            key: text for question in self.get_form_fields() for key, text in question.choices
        }
        answers = {}
        for question in self.shown_questions:
            value = form.cleaned_data[question.clean_name]
            words = dict(question.choices) | in_source
            if isinstance(value, list):
                value = [words[key] for key in value]
            elif question.choices:
                value = words.get(value, "")
            answers[question.clean_name] = value
        return answers

    @transaction.atomic
    def process_form_submission(self, form):
        """Keep what was sent, once, and have the institute told as soon as it is stored."""
        answers = self.get_answers(form)
        labels = {question.clean_name: question.label for question in self.shown_questions}
        labels |= {question.clean_name: question.label for question in self.get_form_fields()}
        submission, is_new = Submission.objects.get_or_create(
            page=self,
            digest=digest_of(form.cleaned_data[OPENED], answers),
            defaults={
                "form_data": answers,
                "labels": {name: labels[name] for name in answers},
                "language": active_language(),
            },
        )
        if is_new and self.to_address:
            enqueue_with_commit(notify, submission.pk)
        return submission

    # Showing

    def get_url_for_language(self, language, request=None):
        url = super().get_url_for_language(language, request)
        return url and url + self.place

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["form"] = kwargs.get("form") or self.get_form(page=self)
        context["send_url"] = self.get_resource_url(SEND, request)
        context["consent"] = context["form"][CONSENT]
        context["closed"] = self.get_closed()
        return context

    def get_closed(self) -> str:
        """Why nothing can be sent at the moment; a preview shows the form all the same."""
        return "" if self.previewed_language or not self.pk else why_closed(self.pk)

    def get_template(self, request, *args, **kwargs):
        if self.place:
            return "contact/form_page_sent.html"
        return super().get_template(request, *args, **kwargs)

    def serve(self, request, *args, resource=None, **kwargs):
        response = super().serve(request, *args, resource=resource, **kwargs)
        # It has a note of when it was opened, and perhaps what somebody typed.
        add_never_cache_headers(response)
        return response

    def serve_sent(self, request):
        self.place = f"{SENT}/"
        return self.serve(request)

    def serve_send(self, request):
        """Take what was sent: keep it and lead to the thanks, or show what is to be put right."""
        if request.method != "POST":
            return HttpResponseRedirect(self.get_url(request))
        if not is_from_this_site(request):
            raise PermissionDenied
        if self.get_closed():
            response = self.serve(request)
            response.status_code = 409
            return response
        is_in_time = take("posts", client_of(request))
        form = self.get_form(request.POST, page=self)
        if form.is_valid() and is_in_time:
            self.process_form_submission(form)
            return HttpResponseRedirect(self.get_resource_url(SENT, request))
        if not is_in_time:
            form.add_error(
                None, gettext("Too much was sent from your connection. Try again later.")
            )
        response = self.serve(request, form=form)
        response.status_code = 422 if is_in_time else 429
        if not is_in_time:
            response.headers["Retry-After"] = str(seconds_of("posts"))
        return response

    @property
    def preview_modes(self):
        """For each language, the form and what is shown after it was sent."""
        return [
            *super().preview_modes,
            *(
                (
                    code + AFTER,
                    gettext("%(language)s, after sending") % {"language": name_of(code)},
                )
                for code in language_codes()
            ),
        ]

    def serve_preview(self, request, mode_name):
        if mode_name.endswith(AFTER):
            self.place = f"{SENT}/"
        return super().serve_preview(request, mode_name.removesuffix(AFTER))
