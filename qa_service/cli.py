"""The commands."""

from __future__ import annotations

import io
import logging
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from qa_service import __version__
from qa_service.commands.ask import ask, chat, search
from qa_service.commands.curated import curated_app
from qa_service.commands.doctor import doctor
from qa_service.commands.journal import journal_app
from qa_service.commands.options import CorpusDir, DataDir, Day, Host, IndexDir, Port, Workers
from qa_service.commands.staff import staff_app
from qa_service.commands.switch import switch_app
from qa_service.errors import ImportFileError, QaError
from qa_service.progress import ProgressFile, ProgressLine
from qa_service.settings import load_settings

app = typer.Typer(
    name="qa-service",
    help="海门知识产权政策问答：依据原文回答，逐条引用。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

corpus_app = typer.Typer(help="检查和统计语料。", no_args_is_help=True)
app.add_typer(corpus_app, name="corpus")
app.add_typer(curated_app, name="curated")
app.add_typer(journal_app, name="journal")
app.add_typer(staff_app, name="staff")
app.add_typer(switch_app, name="switch")

Share = float | None

app.command()(ask)
app.command()(chat)
app.command()(search)
app.command()(doctor)


def main() -> None:
    """Run the command line; an expected error becomes one sentence on stderr and exit status 1."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a Windows console may lack ✓
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        app()
    except QaError as error:
        typer.secho(f"错误：{error}", fg=typer.colors.RED, err=True)
        sys.exit(1)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"qa-service {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本")] = False,
) -> None:
    pass


@app.command()
def serve(
    host: Host = None,
    port: Port = None,
    workers: Workers = None,
    corpus_dir: CorpusDir = None,
    index_dir: IndexDir = None,
) -> None:
    """启动服务；索引缺失或过期时先重建。"""
    from qa_service.server.serving import serve as run

    flags = {
        "host": host,
        "port": port,
        "workers": workers,
        "corpus_dir": corpus_dir,
        "index_dir": index_dir,
    }
    with ProgressLine() as progress:
        run(load_settings(flags), flags, progress)


@app.command()
def build(
    corpus_dir: CorpusDir = None,
    index_dir: IndexDir = None,
    progress_file: Annotated[Path | None, typer.Option(help="另把进度写进这个文件", hidden=True)] = None,
) -> None:
    """重建索引，完成后切换为在用。"""
    from qa_service.service import build_index

    settings = load_settings({"corpus_dir": corpus_dir, "index_dir": index_dir})
    noted = ProgressFile(progress_file) if progress_file else None
    with ProgressLine() as line:

        def progress(stage: str, done: int, total: int) -> None:
            line(stage, done, total)
            if noted:
                noted(stage, done, total)

        folder = build_index(settings, progress=progress)
    typer.echo(f"索引已建好：{folder}。正在运行的服务会在几秒内自己换用它，不必重启。")


@app.command()
def mcp(
    http: Annotated[bool, typer.Option("--http", help="走网络（/mcp），而不是标准输入输出")] = False,
    host: Host = None,
    port: Port = None,
    corpus_dir: CorpusDir = None,
    index_dir: IndexDir = None,
) -> None:
    """供 AI 助手使用（MCP）：由助手启动，走标准输入输出；--http 走网络。"""
    from qa_service.server.assistants.door import require_installed

    require_installed()
    from qa_service.server.assistants.serving import serve_http, serve_stdio

    settings = load_settings({"host": host, "port": port, "corpus_dir": corpus_dir, "index_dir": index_dir})
    with ProgressLine() as progress:
        (serve_http if http else serve_stdio)(settings, progress)


@app.command("import")
def import_(
    sources: Annotated[list[str] | None, typer.Argument(help="文件、文件夹或网址：docx、pdf、html、md、txt")] = None,
    title: Annotated[str | None, typer.Option(help="文件标题")] = None,
    document_id: Annotated[str | None, typer.Option("--id", help="编号")] = None,
    issuer: Annotated[str | None, typer.Option(help="发布机关")] = None,
    number: Annotated[str | None, typer.Option(help="文号")] = None,
    issued: Day = None,
    effective: Day = None,
    expires: Day = None,
    level: Annotated[str | None, typer.Option(help="层级，如 海门区、南通市、江苏省、部门规章")] = None,
    topics: Annotated[list[str] | None, typer.Option("--topic", help="主题，可重复：资助 保护 申请 运用 服务")] = None,
    undo: Annotated[bool, typer.Option("--undo", help="撤销最近一次导入")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只显示读懂了什么，不写入")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="缺的信息不再询问")] = False,
    corpus_dir: CorpusDir = None,
) -> None:
    """导入官方文件；显示读懂的内容，缺什么问什么。"""
    from qa_service.clock import china_clock
    from qa_service.commands.importing import import_files, undo_import
    from qa_service.corpus.intake import settled
    from qa_service.corpus.library import read_library
    from qa_service.journal.import_log import ImportLog
    from qa_service.keeping import open_journal

    settings = load_settings({"corpus_dir": corpus_dir})

    def log() -> ImportLog:
        return ImportLog(open_journal(settings), china_clock)

    if undo:
        undo_import(settings.corpus_dir, say=typer.echo, log=log)
        return
    single = {"title": title, "id": document_id, "number": number}
    if not sources:
        raise ImportFileError("没有写要导入的文件。用法：qa-service import 文件或网址 …；撤销用 --undo。")
    if len(sources) > 1 and any(single.values()):
        raise ImportFileError("--title、--id、--number 一次只能用于一份文件。请分开导入。")
    given = {
        **single,
        "issuer": issuer,
        "level": level,
        "topics": tuple(topics or ()),
        **{k: v.date() for k, v in (("issued", issued), ("effective", effective), ("expires", expires)) if v},
    }
    asks = (
        None
        if yes or dry_run or not sys.stdin.isatty()
        else lambda text: typer.prompt(text, default="", show_default=False)
    )
    with settled(settings.corpus_dir):
        library = read_library(settings.corpus_dir, drafts=True)
    failed = import_files(
        sources,
        library,
        settings.corpus_dir,
        china_clock(),
        given=given,
        say=typer.echo,
        ask=asks,
        dry_run=dry_run,
        log=log,
    )
    if failed:
        typer.secho(f"错误：{failed} 份没有导入，原因见上。", fg=typer.colors.RED, err=True)
        raise typer.Exit(1)


@app.command("eval")
def eval_(
    files: Annotated[list[Path], typer.Argument(help="评测题：.jsonl 文件，或放有它们的文件夹", show_default=False)],
    out: Annotated[Path | None, typer.Option(help="报告文件夹；默认 QA_DATA_DIR/eval/<时间>")] = None,
    against: Annotated[Path | None, typer.Option(help="与哪份报告比；默认同一处、同样题目的最新一份")] = None,
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="题目没写日期时，按哪一天判断效力")
    ] = None,
    min_accuracy: Annotated[Share, typer.Option(min=0, max=1, help="答案正确率至少多少，如 0.8")] = None,
    min_evidence3: Annotated[Share, typer.Option(min=0, max=1, help="前 3 条引用含依据的至少占多少")] = None,
    min_abstention: Annotated[Share, typer.Option(min=0, max=1, help="不该答的题至少拒住多少")] = None,
    max_refused: Annotated[Share, typer.Option(min=0, max=1, help="可答的题至多误拒多少")] = None,
    corpus_dir: CorpusDir = None,
    index_dir: IndexDir = None,
    data_dir: DataDir = None,
) -> None:
    """用评测题检验回答：算指标，写报告，与上一次比；不达标就以状态 1 退出。"""
    from qa_service.clock import china_clock
    from qa_service.commands.evaluating import evaluate_files

    with ProgressLine() as progress:
        outcome = evaluate_files(
            files,
            load_settings({"corpus_dir": corpus_dir, "index_dir": index_dir, "data_dir": data_dir}),
            china_clock,
            out=out,
            against=against,
            as_of=as_of.date() if as_of else None,
            bounds={
                "--min-accuracy": min_accuracy,
                "--min-evidence3": min_evidence3,
                "--min-abstention": min_abstention,
                "--max-refused": max_refused,
            },
            progress=progress,
        )
    typer.echo(outcome.page)
    typer.echo(f"\n报告：{outcome.folder}（summary.txt 列出没有答对的题，questions.jsonl 逐题记录）")
    if outcome.shortfalls:
        typer.secho(f"错误：{'；'.join(outcome.shortfalls)}。", fg=typer.colors.RED, err=True)
        raise typer.Exit(1)


@app.command()
def bench(
    questions: Annotated[int, typer.Option(min=1, max=5000, help="每项用几个问题来测")] = 500,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
    out: Annotated[Path | None, typer.Option(help="另存 bench.json 和 bench.txt 的目录")] = None,
    corpus_dir: CorpusDir = None,
    index_dir: IndexDir = None,
) -> None:
    """测速：冷启动、内存、算向量、检索、回答，在这台机器上各用多少时间。"""
    from qa_service.benchmark.measure import benchmark
    from qa_service.benchmark.report import save

    settings = load_settings({"corpus_dir": corpus_dir, "index_dir": index_dir})
    with ProgressLine() as progress:
        report = benchmark(settings, questions, progress=progress)
    if out:
        save(report, out)
    typer.echo(report.as_json() if as_json else report.as_text())


@corpus_app.command("check")
def corpus_check(
    corpus_dir: CorpusDir = None,
    reference: Annotated[
        Path | None, typer.Option(help="对照资料目录：法条原文、已核对的事实、测试题；用来核对数字、用语和近似题")
    ] = None,
    drafts: Annotated[bool, typer.Option("--drafts", help="连同草稿一起检查；草稿可以还没有问法")] = False,
) -> None:
    """检查语料：元数据、问法、指南的依据、要点与法条是否一致。"""
    from qa_service.corpus.checks import check_library
    from qa_service.corpus.library import read_library
    from qa_service.text.segmenter import Segmenter

    library = read_library(load_settings({"corpus_dir": corpus_dir}).corpus_dir, drafts=drafts)
    faults = list(check_library(library, Segmenter(library.lexicon.terms).count, reference))
    for fault in faults:
        typer.secho(f"✗ {fault}", fg=typer.colors.RED)
    if faults:
        raise typer.Exit(1)
    typer.secho(f"✓ {len(library.documents)} 份文件没有问题", fg=typer.colors.GREEN)


@corpus_app.command("stats")
def corpus_stats(corpus_dir: CorpusDir = None) -> None:
    """按形式、层级和主题统计语料。"""
    from collections import Counter

    from qa_service.corpus.library import read_library
    from qa_service.corpus.passages import passages_of
    from qa_service.text.segmenter import Segmenter

    library = read_library(load_settings({"corpus_dir": corpus_dir}).corpus_dir)
    count = Segmenter(library.lexicon.terms).count
    documents, passages = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for document in library.documents.values():
        size = len(passages_of(document, count))
        for key in (
            ("形式", document.form),
            ("层级", document.level or "未注明"),
            *(("主题", t) for t in document.topics),
        ):
            documents[key] += 1
            passages[key] += size
    for key in sorted(documents):
        typer.echo(f"{key[0]}  {key[1]}：{documents[key]} 份，{passages[key]} 条")
    typer.echo(f"日常问法：{len(library.questions)} 条")
