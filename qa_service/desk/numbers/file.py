"""The tables of a period as files."""

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime

from qa_service.clock import CHINA
from qa_service.desk.numbers.tables import NumbersTable
from qa_service.desk.spreadsheet import csv_bytes
from qa_service.journal.period import Period


def csv_of(table: NumbersTable) -> bytes:
    """Return a table as CSV: UTF-8 with a byte order mark, nothing in it a formula."""
    return csv_bytes(table.head, table.rows)


def zip_of(tables: Iterable[NumbersTable], period: Period, at: datetime) -> bytes:
    """Return tables as one archive of CSV files, numbered in the order in which they are read.

    Args:
        tables: what is in it.
        period: what it is of, for the files' names.
        at: when the files were made.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, table in enumerate(tables, 1):
            entry = zipfile.ZipInfo(
                f"{number:02d}{file_name(table.title, period)}", at.astimezone(CHINA).timetuple()[:6]
            )
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, csv_of(table))
    return made.getvalue()


def file_name(title: str, period: Period, ending: str = "csv") -> str:
    """Return what a file is called: 每日提问_20261101-20261130.csv."""
    return f"{title}_{period.first:%Y%m%d}-{period.last:%Y%m%d}.{ending}"
