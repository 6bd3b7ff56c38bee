"""Which fields of research exist in each language."""

from lihsite.multilingual.registration import register
from research.models import PeopleIndexPage, Person, ResearchIndexPage, ResearchTopicPage

register(ResearchIndexPage, "introduction")
register(ResearchTopicPage, "plain_summary", "body", "key_questions", "projects")
register(PeopleIndexPage, "introduction")
register(Person, "role", "biography")
