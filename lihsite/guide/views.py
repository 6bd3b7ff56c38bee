"""The guide in the admin: in the reader's language, or in the one that the address names."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from lihsite.guide.texts import guide_in, guide_languages, language_for
from lihsite.multilingual.languages import language_name_local


class GuideView(WagtailAdminTemplateMixin, TemplateView):
    """For whoever may enter the admin."""

    template_name = "lihsite/admin/guide.html"
    page_title = gettext_lazy("Editors’ guide")
    header_icon = "help"

    def get_breadcrumbs_items(self):
        here = {"url": "", "label": self.get_page_title()}
        return [*super().get_breadcrumbs_items(), here]

    def get_context_data(self, language=None, **kwargs):
        language = language or language_for(get_language())
        if language not in guide_languages():
            raise Http404
        return super().get_context_data(
            guide=guide_in(language),
            languages=[
                {
                    "code": code,
                    "name": language_name_local(code),
                    "url": reverse("guide", args=[code]),
                    "is_current": code == language,
                }
                for code in guide_languages()
            ],
            **kwargs,
        )
