"""What editors say once for the whole site: the footer's text and how to reach the institute."""

from django.db import models
from django.utils.functional import classproperty
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, ObjectList, TabbedInterface
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from lihsite.blocks.addresses import HttpsURLBlock
from lihsite.blocks.fields import BodyField
from lihsite.multilingual.forms import TranslatedModelForm
from lihsite.multilingual.languages import language_codes
from lihsite.multilingual.querysets import SourceLanguageQuerySet
from lihsite.multilingual.shown import Shown, shown_text
from lihsite.multilingual.tracking import TrackedTexts
from lihsite.pages.panels import LanguageTexts, translated_panel
from lihsite.prepared import prepared


class SocialLinkBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Name of the network"), max_length=50)
    url = HttpsURLBlock(label=_("Address of our profile"))

    class Meta:
        icon = "link"
        label = _("Profile")


class SocialLinksBlock(blocks.StreamBlock):
    link = SocialLinkBlock()


@register_setting(icon="site")
class InstituteSettings(TrackedTexts, BaseSiteSetting):
    """The footer and the contact of a site."""

    footer_text = models.TextField(
        verbose_name=_("footer text"),
        blank=True,
        help_text=_("One or two sentences that say what the institute is."),
    )
    address = models.TextField(
        verbose_name=_("postal address"), blank=True, help_text=_("One line for each line.")
    )
    contact_email = models.EmailField(verbose_name=_("e-mail"), blank=True)
    contact_phone = models.CharField(
        verbose_name=_("telephone"),
        max_length=40,
        blank=True,
        help_text=_("With the country's code, for example +352 00 00 00 00."),
    )
    social_links = BodyField(SocialLinksBlock, verbose_name=_("social networks"), blank=True)

    objects = models.Manager.from_queryset(SourceLanguageQuerySet)()

    class Meta:
        verbose_name = _("institute")

    @classproperty
    def edit_handler(cls):
        texts = [
            LanguageTexts(
                [translated_panel(cls, name, language) for name in ("footer_text", "address")],
                language=language,
            )
            for language in language_codes()
        ]
        contact = ObjectList(
            [FieldPanel(name) for name in ("contact_email", "contact_phone", "social_links")],
            heading=_("All languages"),
        )
        return TabbedInterface([*texts, contact], base_form_class=TranslatedModelForm)

    @property
    def name_in_lists(self) -> str:
        """Unlike Wagtail's name it is the same in every language."""
        return self.site.site_name or self.site.hostname

    @classmethod
    def shown_on(cls, site) -> Shown:
        """The site's settings in the visitor's language; empty ones where none were saved.

        Unlike `for_site` this never writes, since any visitor's request calls it.
        """
        stored = _settings_of(site=site.pk) if site else None
        return shown_text(stored[0] if stored else cls(site=site), "footer_text")


@prepared
def _settings_of(site: int) -> models.QuerySet:
    return InstituteSettings.objects.filter(site=site)
