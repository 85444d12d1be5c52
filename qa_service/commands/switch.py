"""``qa-service switch``: what is on, what is off, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from qa_service.clock import CHINA, china_clock
from qa_service.commands.options import DataDir
from qa_service.settings import load_settings

if TYPE_CHECKING:
    from pathlib import Path

    from qa_service.journal.switches import SwitchStore

switch_app = typer.Typer(help="紧急开关：停用、恢复对公众的问答、大模型或某个渠道。", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="answers、llm 或 channel:渠道；list 列出全部", show_default=False)]
Comment = Annotated[str, typer.Option("--comment", help="为什么，记入操作记录", show_default=False)]


@switch_app.command("list")
def list_(data_dir: DataDir = None) -> None:
    """列出全部开关。"""
    from qa_service.journal.switches import NAMES

    off = {entry.name: entry for entry in _store(data_dir).off()}
    for name, label in NAMES.items():
        entry = off.get(name)
        state = f"停用（{entry.at.astimezone(CHINA):%Y-%m-%d %H:%M} {entry.by}：{entry.comment}）" if entry else "开"
        typer.echo(f"{name}  {label}：{state}")


@switch_app.command("off")
def off(
    name: Name,
    comment: Comment,
    message: Annotated[str, typer.Option("--message", help="对公众怎么说；留空用固定的话")] = "",
    data_dir: DataDir = None,
) -> None:
    """停用；各进程两秒内生效，重启后仍然停用。"""
    from qa_service.journal.audit import command_line_actor

    _store(data_dir).switch_off(name, command_line_actor(), comment, message)
    typer.echo(f"{name} 已停用。恢复：qa-service switch on {name} --comment …")


@switch_app.command("on")
def on(name: Name, comment: Comment, data_dir: DataDir = None) -> None:
    """恢复。"""
    from qa_service.journal.audit import command_line_actor

    _store(data_dir).switch_on(name, command_line_actor(), comment)
    typer.echo(f"{name} 已恢复。")


def _store(data_dir: Path | None) -> SwitchStore:
    from qa_service.journal.switches import SwitchStore
    from qa_service.keeping import open_journal

    return SwitchStore(open_journal(load_settings({"data_dir": data_dir})), china_clock)
