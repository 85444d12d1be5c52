"""``qa-service journal gaps``: what the public asked most and did not get."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa_service.commands.options import CorpusDir, DataDir, IndexDir
from qa_service.settings import load_settings

if TYPE_CHECKING:
    from qa_service.desk.gaps import Gap


def gaps(
    days: Annotated[int, typer.Option(min=1, max=400, help="最近多少天，含今天")] = 7,
    most: Annotated[int, typer.Option("-n", min=1, max=1000, help="最多几个")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 给出")] = False,
    corpus_dir: CorpusDir = None,
    index_dir: IndexDir = None,
    data_dir: DataDir = None,
) -> None:
    """列出没有答上来、待处理的问题，问的是同一件事的归在一起，问得多的在前。"""
    from qa_service.desk.gaps import last_days, open_gap_desk
    from qa_service.progress import ProgressLine
    from qa_service.service import open_service

    settings = load_settings({"corpus_dir": corpus_dir, "index_dir": index_dir, "data_dir": data_dir})
    with ProgressLine() as progress:
        service = open_service(settings, progress=progress)
    period = last_days(days, service.clock)
    found = open_gap_desk(service).gaps(period)
    waiting = found.waiting[:most]
    if as_json:
        shown = {
            "since": period.since.isoformat(),
            "until": period.until.isoformat(),
            "waiting": len(found.waiting),
            "gaps": [_plain(gap) for gap in waiting],
        }
        typer.echo(json.dumps(shown, ensure_ascii=False, indent=1))
        return
    typer.echo(f"{period.since} 至 {period.until}，待处理 {len(found.waiting)} 个" + ("：" if waiting else "。"))
    for gap in waiting:
        disliked = f"，{gap.disliked} 次评为没用" if gap.disliked else ""
        again = f"（{gap.state.label}）" if gap.again else ""
        typer.echo(f"{gap.count:>5} 次  {gap.question}{again}（{_said(gap)}{disliked}）")


def _said(gap: Gap) -> str:
    from qa_service.desk.words import REASONS

    return "、".join(REASONS.get(reason, reason) for reason in gap.counted("reason"))


def _plain(gap: Gap) -> dict[str, Any]:
    return {
        "id": gap.id,
        "question": gap.question,
        "state": gap.state.value,
        "count": gap.count,
        "disliked": gap.disliked,
        "again": gap.again,
        "first": gap.first.isoformat() if gap.first else None,
        "last": gap.last.isoformat() if gap.last else None,
        "wordings": {wording.text: wording.count for wording in gap.wordings},
        **{f"{name}s": dict(gap.counted(name)) for name in ("reason", "channel", "complaint")},
    }
