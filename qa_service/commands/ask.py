"""``qa-service ask``, ``chat`` and ``search``: the service at the command line."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa_service.answer.models import Origin
from qa_service.commands.options import AsJson, AsOf, CorpusDir, IndexDir
from qa_service.errors import QuestionError
from qa_service.progress import ProgressLine
from qa_service.settings import load_settings

if TYPE_CHECKING:
    from qa_service.server.schemas import AnswerOut
    from qa_service.service import Service

_CHAT = "chat"
_QUITS = frozenset({"退出", "结束", "quit", "exit", "q"})


def ask(
    question: Annotated[str, typer.Argument(help="问题")],
    as_json: AsJson = False,
    as_of: AsOf = None,
    corpus_dir: CorpusDir = None,
    index_dir: IndexDir = None,
) -> None:
    """回答一个问题，附引用。"""
    from qa_service.answer.speech import whole
    from qa_service.server.presenting import answer_out

    _check(question)
    service = _open({"corpus_dir": corpus_dir, "index_dir": index_dir})
    extracted = service.ask(question, as_of=as_of.date() if as_of else None)
    answer = asyncio.run(whole(extracted, service.generator))
    shown = answer_out(answer, ask_id="", session_id="", elapsed_ms=0)
    if as_json:
        typer.echo(shown.model_dump_json(indent=2))
        return
    _show(shown)


def chat(
    as_of: AsOf = None,
    corpus_dir: CorpusDir = None,
    index_dir: IndexDir = None,
) -> None:
    """连续提问：记得上文，可以追问；输入“退出”或按 Ctrl-D 结束。"""
    from qa_service.answer.speech import whole
    from qa_service.server.presenting import answer_out

    service = _open({"corpus_dir": corpus_dir, "index_dir": index_dir})
    typer.echo("请提问。可以接着上一句追问；输入“退出”或按 Ctrl-D 结束。")
    while (question := _next_question()) is not None:
        try:
            _check(question)
        except QuestionError as error:
            typer.secho(str(error), fg=typer.colors.RED)
            continue
        extracted = service.ask(question, session_id=_CHAT, as_of=as_of.date() if as_of else None)
        answer = asyncio.run(whole(extracted, service.generator))
        _show(answer_out(answer, ask_id="", session_id=_CHAT, elapsed_ms=0))
    typer.echo("再见。")


def search(
    query: Annotated[str, typer.Argument(help="要找的内容")],
    k: Annotated[int, typer.Option("-k", min=1, max=50, help="最多几条")] = 5,
    explain: Annotated[bool, typer.Option("--explain", help="说明每条为何排在这里")] = False,
    as_json: AsJson = False,
    corpus_dir: CorpusDir = None,
    index_dir: IndexDir = None,
) -> None:
    """按相关程度列出条款。"""
    from qa_service.server.presenting import hit_out, reason_label

    _check(query)
    service = _open({"corpus_dir": corpus_dir, "index_dir": index_dir})
    day = service.answerer.today()
    question = service.searcher.understand(query, day)
    hits = service.searcher.search(question, day, k)
    shown = [hit_out(service, hit, rank, question, day, explain=True) for rank, hit in enumerate(hits, 1)]
    if as_json:
        typer.echo(json.dumps([hit.model_dump(mode="json") for hit in shown], ensure_ascii=False, indent=2))
        return
    _say_understood(question.understood)
    for hit in shown:
        typer.secho(f"{hit.rank}. 《{hit.document}》{hit.location}  {hit.score:.2f}", bold=True)
        typer.echo(f"   {hit.text}")
        if explain and hit.explain:
            reasons = "，".join(f"{reason_label(name)} {value:+.2f}" for name, value in hit.explain.items() if value)
            near = f"；相近的问法：{hit.asked}" if hit.asked else ""
            typer.secho(f"   〔{reasons}{near}〕", fg=typer.colors.BRIGHT_BLACK)
    if not shown:
        typer.echo("没有找到。")


def _open(flags: dict[str, Any]) -> Service:
    from qa_service.service import open_service

    with ProgressLine() as progress:
        return open_service(load_settings(flags), progress=progress)


def _next_question() -> str | None:
    """Read the next question; None where there is none any more."""
    while True:
        try:
            line = input("\n> ").strip()
        except (EOFError, KeyboardInterrupt):
            typer.echo()
            return None
        if line.lower() in _QUITS:
            return None
        if line:
            return line


def _show(shown: AnswerOut) -> None:
    """Show an answer with its citations and notices."""
    _say_understood(shown.interpreted or shown.understood)
    if shown.origin is Origin.CURATED:
        typer.secho("人工审核", fg=typer.colors.GREEN)
    typer.echo(shown.answer)
    for number, choice in enumerate(shown.choices, 1):
        typer.echo(f"  {number}. {choice}")
    said = [citation for citation in shown.citations if f"[{citation.n}]" in shown.answer]
    for citation in said:
        typer.secho(f"\n[{citation.n}] 《{citation.document}》{citation.location}", bold=True)
        typer.echo(f"    {citation.text}")
    if related := [citation.location for citation in shown.citations if citation not in said]:
        typer.echo(f"\n相关条款：{'；'.join(related)}")
    for notice in shown.notices:
        typer.secho(f"\n注意：{notice}", fg=typer.colors.YELLOW)


def _say_understood(question: str | None) -> None:
    """Say how a question with slips, or a follow-up, was read."""
    if question:
        typer.secho(f"按“{question}”理解。", fg=typer.colors.YELLOW)


def _check(question: str) -> None:
    """Hold the command line to the limits of the API."""
    from pydantic import ValidationError

    from qa_service.server.schemas import LONGEST_QUESTION, AskIn

    try:
        AskIn(question=question)
    except ValidationError as error:
        raise QuestionError(
            f"问题应为 1—{LONGEST_QUESTION} 个字，且不含控制字符；收到 {len(question)} 个字。"
        ) from error
