"""Gaps as a table for spreadsheets."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from qa_service.clock import CHINA
from qa_service.desk.gaps import Gap
from qa_service.desk.spreadsheet import csv_bytes
from qa_service.desk.words import WORDS

_HEAD = (
    "问题", "状态", "次数", "问法", "评为没用", "首次", "最近", "怎样结束", "原因", "渠道", "没用在哪里", "其他问法", "处理",
    "说明", "人工审核的答案", "处理人", "处理时间", "处理后又问", "编号",
)  # fmt: skip


def written(gaps: Sequence[Gap]) -> bytes:
    """Return gaps as a file for spreadsheets."""
    return csv_bytes(_HEAD, map(_row, gaps))


def _row(gap: Gap) -> list[str]:
    decision = gap.decision
    return [
        gap.question,
        gap.state.label,
        str(gap.count),
        str(len(gap.wordings)),
        str(gap.disliked),
        _moment(gap.first),
        _moment(gap.last),
        *(_counted(WORDS[name], gap.counted(name)) for name in ("status", "reason", "channel", "complaint")),
        "\n".join(f"{w.text}（{w.count}）" for w in gap.wordings if w.text != gap.question),
        decision.outcome.label if decision else "",
        decision.comment if decision else "",
        (decision.curated_id or "") if decision else "",
        decision.by if decision else "",
        _moment(decision.at if decision else None),
        str(gap.again) if decision else "",
        gap.id,
    ]


def _moment(moment: datetime | None) -> str:
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}" if moment else ""


def _counted(labels: Mapping[str, str], counts: Mapping[str, int]) -> str:
    return "、".join(f"{labels.get(value, value)} {count}" for value, count in counts.items())
