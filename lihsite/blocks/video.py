"""Films: on a known host, opened by a click, or as a file of the library."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from lihsite.media.pictures import plain_url
from lihsite.multilingual.languages import active_language, language_name_local

from .addresses import HttpsURLBlock
from .choosers import DocumentChooserBlock, ImageChooserBlock, LibraryPreviewMixin
from .completeness import CompleteStructBlock
from .groups import MEDIA
from .text import RichTextBlock

YOUTUBE_HOSTS = {"www.youtube.com", "youtube.com", "m.youtube.com", "www.youtube-nocookie.com"}
YOUTUBE_EMBED = "https://www.youtube-nocookie.com"
VIMEO_HOSTS = {"vimeo.com", "www.vimeo.com", "player.vimeo.com"}
VIMEO_EMBED = "https://player.vimeo.com"
FILE_EXTENSIONS = {"mp4": "video/mp4", "webm": "video/webm"}


@dataclass(frozen=True)
class HostedVideo:
    """A film on another host: its name, its page there, and the player to show after a click."""

    host: str
    page_url: str
    player_url: str


def hosted_video(url: str) -> HostedVideo | None:
    """The film at an address, or None if its host is not one that the site knows.

    Players are asked not to track: YouTube by its cookie-less domain, Vimeo by `dnt`. PeerTube
    runs on many hosts; those that may be used are named in `settings.PEERTUBE_HOSTS`. The content
    security policy allows the players' origins (`settings.VIDEO_HOSTS`).
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    host = parts.hostname or ""
    if parts.scheme != "https":
        return None
    if host in YOUTUBE_HOSTS or host == "youtu.be":
        key = _youtube_key(host, parts)
        return key and HostedVideo(
            "YouTube",
            f"https://www.youtube.com/watch?v={key}",
            f"{YOUTUBE_EMBED}/embed/{key}?autoplay=1",
        )
    if host in VIMEO_HOSTS:
        found = re.fullmatch(r"/(?:video/)?(\d+)/?", parts.path)
        return found and HostedVideo(
            "Vimeo",
            f"https://vimeo.com/{found[1]}",
            f"{VIMEO_EMBED}/video/{found[1]}?dnt=1&autoplay=1",
        )
    if host in settings.PEERTUBE_HOSTS:
        found = re.fullmatch(r"/(?:w|videos/watch|videos/embed)/([\w-]+)/?", parts.path, re.ASCII)
        return found and HostedVideo(
            "PeerTube",
            f"https://{host}/w/{found[1]}",
            f"https://{host}/videos/embed/{found[1]}?autoplay=1&p2p=0",
        )
    return None


def _youtube_key(host: str, parts) -> str | None:
    if host == "youtu.be":
        key = parts.path.strip("/")
    elif parts.path == "/watch":
        key = parse_qs(parts.query).get("v", [""])[0]
    else:
        found = re.fullmatch(r"/(?:embed|shorts|live)/([^/]+)/?", parts.path)
        key = found[1] if found else ""
    return key if re.fullmatch(r"[\w-]{11}", key, re.ASCII) else None


class CaptionsBlock(CompleteStructBlock):
    language = blocks.ChoiceBlock(label=_("Language"), choices=settings.LANGUAGES)
    document = DocumentChooserBlock(
        label=_("Captions"), help_text=_("A file in the WebVTT format (.vtt).")
    )

    def find_errors(self, value):
        if value["document"].file_extension.lower() != "vtt":
            return {"document": _("Captions must be a .vtt file.")}
        return {}

    class Meta:
        icon = "openquote"
        label = _("Captions")
        label_format = "{language}"


@dataclass(frozen=True)
class Track:
    """A file of captions as a `<track>` needs it."""

    language: str
    label: str
    url: str
    is_default: bool


class VideoValue(blocks.StructValue):
    """A film on another host or of the library."""

    @property
    def hosted(self) -> HostedVideo | None:
        return hosted_video(self["url"]) if self["url"] else None

    @property
    def poster_url(self) -> str:
        return plain_url(self["poster"], "poster")

    @property
    def tracks(self) -> list[Track]:
        """The captions; those in the language of the text are shown without being asked for."""
        return [
            Track(
                language=captions["language"],
                label=language_name_local(captions["language"]),
                url=captions["document"].url,
                is_default=captions["language"] == active_language(),
            )
            for captions in self["captions"]
            if captions["document"]
        ]

    @property
    def media_type(self) -> str:
        return FILE_EXTENSIONS.get(self["file"].file_extension.lower(), "")


class VideoBlock(LibraryPreviewMixin, CompleteStructBlock):
    """A film with captions and transcript (WCAG 2.2, 1.2.2 and 1.2.3).

    A film on another host is a link with a picture of our own. A script may replace it by the
    player once it was clicked (`data-player`); before that nothing is loaded from there.
    """

    title = blocks.CharBlock(label=_("Title"), max_length=255)
    url = HttpsURLBlock(
        label=_("Address of the film"),
        required=False,
        help_text=_("On YouTube, Vimeo or a PeerTube host that the site knows."),
    )
    file = DocumentChooserBlock(
        label=_("File"), required=False, help_text=_("An .mp4 or .webm file of the library.")
    )
    poster = ImageChooserBlock(
        role="poster",
        label=_("Poster"),
        required=False,
        help_text=_("The picture shown before the film."),
    )
    captions = blocks.ListBlock(CaptionsBlock(), label=_("Captions"), min_num=0, default=[])
    transcript = RichTextBlock(
        label=_("Transcript"),
        required=False,
        help_text=_("What is said and what is to be seen, in words."),
    )

    def find_errors(self, value):
        errors = {}
        if bool(value["url"]) == bool(value["file"]):
            message = _("Give the address of a film or choose a file, one of the two.")
            errors |= {"url": message, "file": message}
        elif value["url"] and not value.hosted:
            errors["url"] = _(
                "This is no address of a film on YouTube, Vimeo or a known PeerTube host."
            )
        elif value["file"]:
            if not value.media_type:
                errors["file"] = _("Choose an .mp4 or .webm file.")
            if not value["captions"]:
                errors["captions"] = _("A film needs captions.")
        languages = [track["language"] for track in value["captions"]]
        if len(languages) != len(set(languages)):
            errors["captions"] = _("There are two captions in one language.")
        return errors

    class Meta:
        icon = "media"
        label = _("Film")
        label_format = "{title}"
        group = MEDIA
        description = _("A film with captions and transcript; nothing loads before a click.")
        template = "blocks/video.html"
        value_class = VideoValue
        preview_value = {
            "title": _("Forty pictures, one tissue"),
            "url": "https://www.youtube.com/watch?v=aqz-KE-bpKQ",
            "captions": [],
            "transcript": _("<p>A section of tissue lies on glass.</p>"),
        }
