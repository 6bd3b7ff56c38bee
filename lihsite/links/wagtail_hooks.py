"""The report of broken links in the admin."""

from lihsite.reports import register_report

from .report import BrokenLinksReport

register_report(BrokenLinksReport, "broken-links", order=15)
