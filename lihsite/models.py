"""The kernel's models, gathered for Django's app registry."""

from lihsite.media.documents import Document
from lihsite.media.images import Image, Rendition
from lihsite.multilingual.assignments import Assignment
from lihsite.multilingual.exchange_records import Export, ImportedFile
from lihsite.multilingual.glossary import Term
from lihsite.multilingual.loaded_drafts import LoadedDraft
from lihsite.multilingual.progress_records import ProgressRecord
from lihsite.multilingual.reviews import LanguageReview
from lihsite.multilingual.schedules import LanguageSchedule
from lihsite.multilingual.source_texts import SourceText
from lihsite.multilingual.stored_states import TranslationState
from lihsite.multilingual.translation_memory import TranslationUnit
from lihsite.pages.base_page import BasePage
from lihsite.pages.reviewer_links import ReviewerLink
from lihsite.pages.site_settings import InstituteSettings

__all__ = [
    "Assignment",
    "BasePage",
    "Document",
    "Export",
    "Image",
    "ImportedFile",
    "InstituteSettings",
    "LanguageReview",
    "LanguageSchedule",
    "LoadedDraft",
    "ProgressRecord",
    "Rendition",
    "ReviewerLink",
    "SourceText",
    "Term",
    "TranslationState",
    "TranslationUnit",
]
