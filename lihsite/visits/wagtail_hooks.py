"""The report of visits in the admin."""

from lihsite.reports import register_report

from .report import VisitsReport

register_report(VisitsReport, "visits", order=10)
