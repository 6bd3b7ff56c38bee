"""The models of the room, gathered for Django's app registry."""

from lihsite.contact.form_page import FormPage
from lihsite.contact.newsletter.subscriptions import Subscription
from lihsite.contact.submissions import Submission
from lihsite.rates import Rate

__all__ = ["FormPage", "Rate", "Submission", "Subscription"]
