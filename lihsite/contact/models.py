"""The models of the room, gathered for Django's app registry."""

from lihsite.contact.form_page import FormPage
from lihsite.contact.newsletter.subscriptions import Subscription
from lihsite.contact.rates import Rate
from lihsite.contact.submissions import Submission

__all__ = ["FormPage", "Rate", "Submission", "Subscription"]
