"""``qa-service doctor``: everything an operator can get wrong, and how to mend it."""

import json

import typer

from qa_service.commands.options import AsJson, CorpusDir, DataDir, IndexDir
from qa_service.settings import load_settings

_MARKS = {"ok": ("✓", typer.colors.GREEN), "warning": ("!", typer.colors.YELLOW), "fault": ("✗", typer.colors.RED)}


def doctor(
    corpus_dir: CorpusDir = None, index_dir: IndexDir = None, data_dir: DataDir = None, as_json: AsJson = False
) -> None:
    """检查环境、设置、语料、模型和索引，说明问题和改法；有错（✗）才以状态 1 退出，提醒（!）不算。"""
    from qa_service.doctor.diagnosis import by_group

    flags = {"corpus_dir": corpus_dir, "index_dir": index_dir, "data_dir": data_dir}
    found, shown = [], ""
    for group, finding in by_group(load_settings(flags), flags):
        found.append({"group": group, "level": finding.level, "text": finding.text})
        if as_json:
            continue
        if group != shown:
            typer.echo(f"{group}")
            shown = group
        mark, colour = _MARKS[finding.level]
        typer.secho(f"  {mark} {finding.text}", fg=colour)
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
    if any(one["level"] == "fault" for one in found):
        raise typer.Exit(1)
