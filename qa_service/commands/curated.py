"""``qa-service curated``: staff approve, renew and withdraw answers, and see which are used and which need them."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa_service.errors import CuratedAnswerError, QaError
from qa_service.settings import load_settings

if TYPE_CHECKING:
    from qa_service.desk.curated import CuratedDesk, Standing

curated_app = typer.Typer(help="人工审核的答案：录入、查看、停用、重新审核、检查。", no_args_is_help=True)

_SOON = timedelta(days=30)
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="有效期，最后一天，如 2027-12-31")]
NewDay = Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="新的有效期，最后一天，如 2027-12-31")]
By = Annotated[str, typer.Option(help="审核人", prompt="审核人")]
AnswerId = Annotated[str, typer.Argument(help="编号，见 qa-service curated list")]
CorpusDir = Annotated[Path | None, typer.Option(help="语料目录（QA_CORPUS_DIR）")]
DataDir = Annotated[Path | None, typer.Option(help="运行数据目录（QA_DATA_DIR）")]
Force = Annotated[bool, typer.Option("--force", help="答案里的数字在所引条款里找不到也录入")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="不再询问，直接录入")]


@curated_app.command()
def add(
    question: Annotated[str | None, typer.Option(help="问题")] = None,
    wordings: Annotated[list[str] | None, typer.Option("--wording", help="同一问题的其他问法，可重复")] = None,
    answer: Annotated[str | None, typer.Option(help="答案；每句用 [1]、[2] 注明引用")] = None,
    cites: Annotated[
        list[str] | None, typer.Option("--cite", help="所引条款的编号，按 [1]、[2] 的次序，可重复")
    ] = None,
    expires: Day = None,
    by: Annotated[str | None, typer.Option(help="审核人")] = None,
    note: Annotated[str, typer.Option(help="内部备注，公众看不到")] = "",
    document_id: Annotated[str | None, typer.Option("--id", help="编号；默认自动生成")] = None,
    file: Annotated[Path | None, typer.Option("--file", help="从 YAML 或 JSON 文件录入，一条或多条")] = None,
    force: Force = False,
    yes: Yes = False,
    corpus_dir: CorpusDir = None,
    data_dir: DataDir = None,
) -> None:
    """录入一条或一批答案；先显示公众看到的样子，再确认。"""
    from qa_service.journal.curated_file import entries_from, read_curated_file

    if file:
        entries = read_curated_file(file)
    else:
        given = {"id": document_id, "question": question, "wordings": wordings or [], "answer": answer, "cites": cites}
        entries = entries_from([{**given, "expires": expires and expires.date(), "note": note}], "命令行")
    desk = _desk(corpus_dir, data_dir)
    approvers = [by or entry.by for entry in entries]
    if None in approvers:
        raise CuratedAnswerError("没有写审核人。请加 --by 姓名，或在文件里写 by。")
    # All of them are looked at before any is kept.
    proposed = [desk.propose(entry, who or "", force=force) for entry, who in zip(entries, approvers, strict=True)]
    kept = 0
    for approved in proposed:
        typer.echo("\n".join(desk.shown(approved)))
        typer.echo(f"（{approved.approved_by} 审核，有效至 {approved.expires}）")
        if not (yes or _confirmed()):
            typer.echo("没有录入。")
            continue
        desk.store.add(approved, approved.approved_by)
        kept += 1
        typer.secho(f"✓ 已录入，编号 {approved.id}", fg=typer.colors.GREEN)
    if kept < len(proposed):
        raise typer.Exit(1)


@curated_app.command("list")
def list_(corpus_dir: CorpusDir = None, data_dir: DataDir = None) -> None:
    """列出全部答案：状态、命中次数、有效期。"""
    standings = _desk(corpus_dir, data_dir).standings()
    for standing in standings:
        answer = standing.answer
        typer.echo(
            f"{answer.id}  {standing.condition.label}  命中 {standing.hits}  至 {answer.expires}  {answer.question}"
        )
    if not standings:
        typer.echo("还没有人工审核的答案。录入：qa-service curated add")


@curated_app.command()
def show(answer_id: AnswerId, corpus_dir: CorpusDir = None, data_dir: DataDir = None) -> None:
    """显示一条答案、它的状态、审核记录和逐日命中。"""
    from qa_service.clock import CHINA
    from qa_service.journal.curated_store import ACTIONS

    desk = _desk(corpus_dir, data_dir)
    standing = desk.standing(answer_id)
    answer = standing.answer
    typer.echo("\n".join(desk.shown(answer)))
    for wording in answer.wordings:
        typer.echo(f"其他问法：{wording}")
    if answer.note:
        typer.echo(f"备注：{answer.note}")
    typer.echo(
        f"状态：{standing.condition.label}；{answer.approved_by} 于 {answer.approved_on} 审核，有效至 {answer.expires}"
    )
    for change in standing.changes:
        typer.secho(f"✗ {change}", fg=typer.colors.RED)
    for made in desk.store.changes(answer_id):
        typer.echo(f"{made.at.astimezone(CHINA):%Y-%m-%d %H:%M}  {ACTIONS.get(made.action, made.action)}  {made.by}")
    typer.echo(f"命中 {standing.hits} 次")
    for day in desk.store.hits_by_day(answer_id):
        typer.echo(f"  {day.day}  {day.exact + day.by_meaning} 次（问法相同 {day.exact}，意思相同 {day.by_meaning}）")


@curated_app.command()
def withdraw(answer_id: AnswerId, by: By, corpus_dir: CorpusDir = None, data_dir: DataDir = None) -> None:
    """停用一条答案；几秒内各进程都不再使用。"""
    answer = _desk(corpus_dir, data_dir).store.withdraw(answer_id, by)
    typer.secho(f"✓ 已停用：{answer.id}  {answer.question}", fg=typer.colors.GREEN)


@curated_app.command()
def renew(
    answer_id: AnswerId,
    expires: NewDay,
    by: By,
    force: Force = False,
    yes: Yes = False,
    corpus_dir: CorpusDir = None,
    data_dir: DataDir = None,
) -> None:
    """按现在的条款重新审核一条答案，写明新的有效期；停用、过期、条款有变化的都可以。"""
    desk = _desk(corpus_dir, data_dir)
    standing = desk.standing(answer_id)
    typer.echo("\n".join(desk.shown(standing.answer)))
    for change in standing.changes:
        typer.secho(f"! {change}", fg=typer.colors.YELLOW)
    if not (yes or _confirmed()):
        typer.echo("没有改动。")
        raise typer.Exit(1)
    answer = desk.renew(answer_id, expires.date(), by, force=force)
    typer.secho(f"✓ 已重新审核：{answer.id}，有效至 {answer.expires}", fg=typer.colors.GREEN)


@curated_app.command()
def check(corpus_dir: CorpusDir = None, data_dir: DataDir = None) -> None:
    """检查所引条款有没有变化；有就列出，并以状态 1 退出。"""
    from qa_service.answer.curated.answers import Condition
    from qa_service.clock import china_clock, today

    standings = _desk(corpus_dir, data_dir).standings()
    for standing in standings:
        if standing.condition is Condition.CHANGED:
            _say_changed(standing)
        elif standing.condition is Condition.EXPIRED:
            typer.secho(
                f"! {standing.answer.id} 已过期（{standing.answer.expires}）：{standing.answer.question}",
                fg=typer.colors.YELLOW,
            )
        elif standing.condition is Condition.IN_USE and standing.answer.expires - today(china_clock) < _SOON:
            typer.secho(
                f"! {standing.answer.id} 将于 {standing.answer.expires} 到期：{standing.answer.question}",
                fg=typer.colors.YELLOW,
            )
    in_use = sum(standing.condition is Condition.IN_USE for standing in standings)
    changed = sum(standing.condition is Condition.CHANGED for standing in standings)
    typer.echo(f"共 {len(standings)} 条，在用 {in_use} 条，条款有变化 {changed} 条")
    if changed:
        raise typer.Exit(1)


@curated_app.command()
def export(
    out: Annotated[Path | None, typer.Option(help="写到哪个文件；默认打印出来")] = None,
    corpus_dir: CorpusDir = None,
    data_dir: DataDir = None,
) -> None:
    """把全部答案连同审核记录导出为 YAML。"""
    from qa_service.journal.curated_file import write_curated

    answers = _desk(corpus_dir, data_dir).store.answers()
    text = write_curated(answers)
    if out is None:
        typer.echo(text, nl=False)
        return
    try:
        out.write_text(text, "utf-8")
    except OSError as error:
        raise CuratedAnswerError(f"无法写入 {out}（{error}）。请检查目录和权限。") from error
    typer.echo(f"已导出 {len(answers)} 条：{out}")


@curated_app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="qa-service curated export 写出的文件")],
    by: By,
    corpus_dir: CorpusDir = None,
    data_dir: DataDir = None,
) -> None:
    """导入另一台机器导出的答案，审核记录照旧；已有的不动。"""
    from qa_service.answer.curated.answers import Condition
    from qa_service.journal.curated_file import read_curated_file

    desk = _desk(corpus_dir, data_dir)
    new = same = failed = 0
    for entry in read_curated_file(file):
        try:
            answer = desk.take_over(entry, by)
        except CuratedAnswerError as error:
            typer.secho(f"✗ {error}", fg=typer.colors.RED)
            failed += 1
            continue
        new, same = (new + 1, same) if answer else (new, same + 1)
        if answer and (standing := desk.standing(answer.id)).condition is Condition.CHANGED:
            _say_changed(standing)
    typer.echo(f"新增 {new} 条，已有 {same} 条，没有导入 {failed} 条")
    if failed:
        raise typer.Exit(1)


def _say_changed(standing: Standing) -> None:
    answer = standing.answer
    typer.secho(f"✗ {answer.id} 条款有变化，已停止使用：{answer.question}", fg=typer.colors.RED)
    for change in standing.changes:
        typer.echo(f"    {change}")
    typer.echo(f"    核对后：qa-service curated renew {answer.id} --expires 日期 --by 姓名，或 withdraw 停用后另写一条")


def _desk(corpus_dir: Path | None, data_dir: Path | None) -> CuratedDesk:
    from qa_service.desk.curated import open_desk
    from qa_service.keeping import open_journal

    settings = load_settings({"corpus_dir": corpus_dir, "data_dir": data_dir})
    return open_desk(settings, open_journal(settings))


def _confirmed() -> bool:
    if not sys.stdin.isatty():
        raise QaError("没有人可以确认。核对无误后加 --yes。")
    return typer.confirm("录入吗", default=False)
