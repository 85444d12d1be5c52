"""``qa-service journal``: how it is, who may see and erase what, keeping and putting back."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa_service.clock import china_clock, today
from qa_service.commands.gaps import gaps
from qa_service.commands.options import AsJson, CorpusDir, DataDir
from qa_service.settings import Settings, load_settings

if TYPE_CHECKING:
    from qa_service.journal.exchange_store import ExchangeStore
    from qa_service.journal.retention import Purged

journal_app = typer.Typer(
    help="记录库：没答上来的问题、统计、检查、备份、恢复、到期清除、导出和删除一个人的记录。", no_args_is_help=True
)
journal_app.command("gaps")(gaps)

SessionId = Annotated[str, typer.Option("--session", help="当事人提供的会话编号（session_id）")]
Backup = Annotated[Path, typer.Argument(help="备份文件", show_default=False)]


@journal_app.command("check")
def check(data_dir: DataDir = None) -> None:
    """检查记录库是否完好、有多大、有多少该清除的。"""
    from qa_service.journal.backup import examine
    from qa_service.keeping import open_journal, open_purge

    settings = load_settings({"data_dir": data_dir})
    journal = open_journal(settings)
    if not journal.exists():
        typer.echo(f"记录库 {journal.name} 还没有。")
        return
    due = open_purge(settings, china_clock).due()
    if journal.file:
        found = examine(journal.file)
        typer.echo(f"✓ {found.path} 完好，{found.size / 1024 / 1024:.1f} MB，版本 {found.revision}")
    else:
        typer.echo(f"✓ {journal.name} 连得上")
    typer.echo(f"已到期、待清除：{_counts(due)}")


@journal_app.command("backup")
def backup(to: Backup, data_dir: DataDir = None) -> None:
    """备份记录库；服务不必停。"""
    from qa_service.journal.backup import back_up
    from qa_service.keeping import open_journal

    made = back_up(open_journal(load_settings({"data_dir": data_dir})), to)
    typer.echo(f"已备份到 {made.path}（{made.size / 1024 / 1024:.1f} MB，已核对完好）。")
    typer.echo("要能按会话编号查找、删除其中的记录，另存好运行数据目录下的 secret.key。")


@journal_app.command("restore")
def restore(
    source: Backup,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="不再询问")] = False,
    data_dir: DataDir = None,
) -> None:
    """用备份恢复记录库；服务不必停，现有的先另存一份。"""
    from qa_service.journal.audit import AuditTrail, command_line_actor
    from qa_service.journal.backup import put_back
    from qa_service.keeping import open_journal

    journal = open_journal(load_settings({"data_dir": data_dir}))
    if not yes:
        typer.confirm(
            f"记录库 {journal.name} 将恢复成 {source} 里的样子，此后的记录只留在另存的文件里。继续？", abort=True
        )
    aside = put_back(source, journal, china_clock())
    AuditTrail(journal, china_clock).note(command_line_actor(), "journal.restore", source.name)
    typer.echo(f"已用 {source} 恢复。" + (f"原来的另存为 {aside}。" if aside else ""))


@journal_app.command("purge")
def purge(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只数一数，不删")] = False, data_dir: DataDir = None
) -> None:
    """清除到期的记录；服务运行时每天自动做一次。"""
    from qa_service.keeping import open_purge

    work = open_purge(load_settings({"data_dir": data_dir}), china_clock)
    typer.echo(f"待清除：{_counts(work.due())}" if dry_run else f"已清除：{_counts(work.run())}")


@journal_app.command("export")
def export(session: SessionId, data_dir: DataDir = None) -> None:
    """以 JSON 给出一个会话的全部记录。"""
    from qa_service.journal.exchange_store import as_json

    found = _exchanges(load_settings({"data_dir": data_dir})).of_session(session)
    typer.echo(json.dumps([as_json(kept) for kept in found], ensure_ascii=False, indent=1))


@journal_app.command("erase")
def erase(session: SessionId, data_dir: DataDir = None) -> None:
    """删去一个会话的全部记录，并记入操作记录。"""
    from qa_service.journal.audit import command_line_actor

    erased = _exchanges(load_settings({"data_dir": data_dir})).erase_session(session, command_line_actor())
    typer.echo(f"已删去 {erased} 条问答记录。" if erased else "没有这个会话的记录（可能已到期清除，或编号有误）。")


@journal_app.command("numbers")
def numbers(
    period: Annotated[
        str | None, typer.Option(help="today、7d、30d、month、last_month 或 year；不写时近 30 天")
    ] = None,
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="自选：从哪一天")] = None,
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="自选：到哪一天（含）")] = None,
    to: Annotated[Path | None, typer.Option("--csv", help="把全部表格存成这个 zip 文件")] = None,
    as_json: AsJson = False,
    corpus_dir: CorpusDir = None,
    data_dir: DataDir = None,
) -> None:
    """一段日子的统计：提问、结果、渠道、主题、引用、评价、用时，与上期比。"""
    from qa_service.desk.numbers.desk import open_numbers
    from qa_service.desk.numbers.file import zip_of
    from qa_service.desk.numbers.tables import tables_of
    from qa_service.desk.numbers.text import text_of
    from qa_service.journal.period import chosen_period
    from qa_service.server.staff.numbers.schemas import numbers_out

    settings = load_settings({"data_dir": data_dir, "corpus_dir": corpus_dir})
    compared = chosen_period(
        today(china_clock), period, since.date() if since else None, until.date() if until else None
    )
    report = open_numbers(settings).report(compared)
    if to is not None:
        to.write_bytes(zip_of(tables_of(report).values(), compared.period, china_clock()))
        typer.echo(f"已存为 {to}。")
    elif as_json:
        typer.echo(numbers_out(report).model_dump_json(indent=1))
    else:
        typer.echo(text_of(report))


def _exchanges(settings: Settings) -> ExchangeStore:
    from qa_service.keeping import open_exchanges

    return open_exchanges(settings, china_clock)


def _counts(purged: Purged) -> str:
    return f"问答 {purged.exchanges} 条，人工审核答案的使用记录 {purged.hits} 条，操作记录 {purged.audit} 条"
