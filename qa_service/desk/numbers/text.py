"""A report as a terminal shows it."""

from unicodedata import east_asian_width

from qa_service.desk.numbers.desk import NumbersReport
from qa_service.desk.numbers.findings import findings_of
from qa_service.desk.numbers.tables import NumbersTable, TableKey, tables_of
from qa_service.desk.numbers.words import counted

_SHOWN = (
    TableKey.OUTCOMES,
    TableKey.TOPICS,
    TableKey.DOCUMENTS,
    TableKey.PASSAGES,
    TableKey.QUESTIONS,
    TableKey.COMPLAINTS,
    TableKey.CURATED,
    TableKey.LATENCY,
)
_MOST_ROWS = 10
_WIDEST = 60


def text_of(report: NumbersReport) -> str:
    """Return what a report says, in lines; the tables that are long are cut."""
    compared, tables, findings = report.compared, tables_of(report), findings_of(report)
    label = compared.period.label
    lines = [
        label if compared.name == label else f"{compared.name}：{label}",
        *(f"注意：{caution}" for caution in report.cautions),
    ]
    if not report.figures.totals.asked:
        return "\n".join([*lines, "没有提问。"])
    lines += ["", *_lines(tables[TableKey.SUMMARY], len(tables[TableKey.SUMMARY].rows))]
    lines += ["", *(findings[key] for key in (TableKey.DAYS, TableKey.CHANNELS, TableKey.HOURS))]
    for key in _SHOWN:
        if tables[key].rows and key in findings:
            lines += ["", f"{tables[key].title}：{findings[key]}", *_lines(tables[key], _MOST_ROWS)]
    return "\n".join(lines)


def _lines(table: NumbersTable, most: int) -> list[str]:
    rows = [[counted(cell) if isinstance(cell, int) else cell for cell in row] for row in table.rows[:most]]
    shown = [list(table.head), *[[_cut(cell) for cell in row] for row in rows]]
    widths = [max(map(_width, column)) for column in zip(*shown, strict=True)]
    return [
        "  " + "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in shown
    ]


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in text)


def _cut(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _WIDEST else f"{plain[: _WIDEST - 1]}…"
