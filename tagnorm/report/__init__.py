"""A report of a column: how clean it is, what stands in it, and which strings need a person.

>>> from tagnorm.report import report_column
>>> report = report_column(["PREL, PGVO", "PELOSI", None])
>>> report.figures["rows"]
{'all': 3, 'resolved': 1, 'doubtful': 0, 'unresolved': 1, 'empty': 1}
>>> report.page.startswith("<!DOCTYPE html>")
True
"""

from tagnorm.report.reports import ColumnReport, report_column, report_counts, report_read

__all__ = ["ColumnReport", "report_column", "report_counts", "report_read"]
