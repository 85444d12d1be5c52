"""The measurement of ``scripts/soak``: a server in mixed use for a while, and what it then holds."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from proof.asking import SEED, everyday_questions
from proof.latencies import Latencies, Outcome, summary
from proof.processes import Growth, Watch, growth
from proof.server import Server, serving
from proof.visitors import Visitors
from qa_service.benchmark.machine import Machine, this_machine
from qa_service.settings import load_settings

MOST_GROWTH = 0.05
"""From warm to the end; more is a leak, or a cache without a bound."""
_SETTLED_S = 300.0
_WINDOW_S = 60.0
_EVERY_S = 10.0
_MOST_AT_ONCE = 500
_IN_A_REPORT = 30.0
"""Seconds between two lines of progress."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be measured."""

    minutes: float
    rate: float
    workers: int

    @property
    def settled_s(self) -> float:
        """When a process counts as warm: after five minutes, in a short run after a quarter of it."""
        return min(_SETTLED_S, self.minutes * 60 / 4)

    @property
    def window_s(self) -> float:
        """How much of the samples is taken together at either end."""
        return min(_WINDOW_S, self.minutes * 60 / 8)


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that was measured."""

    machine: Machine
    plan: Plan
    visits: Latencies
    by_kind: dict[str, dict[str, int]]
    """How many visits of each kind ended in what way."""
    skipped: int
    """Visits that were not made, because too many were under way."""
    growth: tuple[Growth, ...]
    rss_mb: dict[int, tuple[float, ...]]
    """Of every process, every ten seconds."""
    replaced: int
    """Processes that were there at the beginning and not at the end."""
    tracebacks: int


def soak(plan: Plan, folder: Path, say: Say) -> Figures:
    """Start a server and use it.

    Raises:
        ServerError: it does not start.
    """
    machine = this_machine()
    say("启动服务……")
    with serving(plan.workers, folder) as server:
        first = server.workers()
        with Watch(server.process.pid, _EVERY_S) as watch:
            use = _Use(plan, server, _visitors(server), say)
            asyncio.run(use.go())
        last = server.workers()
        tracebacks = server.tracebacks()
    kept = [pid for pid in first if pid in last]
    return Figures(
        machine=machine,
        plan=plan,
        visits=summary(use.outcomes, plan.minutes * 60),
        by_kind={kind: dict(ends) for kind, ends in sorted(use.by_kind.items())},
        skipped=use.skipped,
        growth=tuple(growth(watch.of(pid), plan.settled_s, plan.window_s) for pid in kept),
        rss_mb={pid: tuple(round(s.rss / 1e6, 1) for s in watch.of(pid)) for pid in kept},
        replaced=len(set(first) - set(last)),
        tracebacks=tracebacks,
    )


def judge(figures: Figures) -> list[str]:
    """Return what must not be, in Chinese; nothing where all is well."""
    faults = []
    for found in figures.growth:
        if found.share >= MOST_GROWTH:
            faults.append(f"进程 {found.pid} 的内存增长 {found.share:.1%}，应小于 {MOST_GROWTH:.0%}")
    if failed := {end: n for end, n in figures.visits.statuses.items() if end.startswith("5")}:
        faults.append(f"有 5xx：{failed}")
    if lost := {end: n for end, n in figures.visits.statuses.items() if end in {"timeout", "refused"}}:
        faults.append(f"有没有答完的：{lost}")
    if figures.replaced:
        faults.append(f"有 {figures.replaced} 个进程中途没了")
    if figures.tracebacks:
        faults.append(f"服务日志里有 {figures.tracebacks} 处未处理的异常")
    return faults


def _visitors(server: Server) -> Visitors:
    listed = json.loads(server.get("/api/v1/documents"))["documents"]
    paths = json.loads(server.get("/api/v1/openapi.json"))["paths"]
    questions = everyday_questions(load_settings().corpus_dir)
    documents = [document["id"] for document in listed]
    return Visitors(server.host, server.port, questions, documents, "/api/v1/feedback" in paths, random.Random(SEED))


@dataclass
class _Use:
    plan: Plan
    server: Server
    visitors: Visitors
    say: Say
    outcomes: list[Outcome] = field(default_factory=list)
    by_kind: dict[str, Counter[str]] = field(default_factory=dict)
    skipped: int = 0

    async def go(self) -> None:
        """Let visitors come at random moments, so many a second on average (a Poisson process)."""
        began, due, next_line = time.monotonic(), 0.0, _IN_A_REPORT
        under_way: set[asyncio.Task[None]] = set()
        while due < self.plan.minutes * 60:
            await asyncio.sleep(max(0.0, due - (time.monotonic() - began)))
            if len(under_way) < _MOST_AT_ONCE:
                task = asyncio.create_task(self._visit(due, began))
                under_way.add(task)
                task.add_done_callback(under_way.discard)
            else:
                self.skipped += 1
            if due >= next_line:
                self.say(f"{due / 60:.1f} 分钟，{len(self.outcomes)} 次")
                next_line += _IN_A_REPORT
            due += self.visitors.chance.expovariate(self.plan.rate)
        await asyncio.gather(*under_way)

    async def _visit(self, due: float, began: float) -> None:
        kind, visit = self.visitors.next()
        try:
            status = (await visit()).status
            ended = "no_status" if status is None else str(status)
        except TimeoutError:
            ended = "timeout"
        except OSError:
            ended = "refused"
        self.by_kind.setdefault(kind, Counter())[ended] += 1
        self.outcomes.append(Outcome(due, time.monotonic() - began - due, ended))


def table(figures: Figures) -> str:
    """Return the figures as a Markdown page."""
    machine, plan, visits = figures.machine, figures.plan, figures.visits
    ends = "，".join(f"{name}×{count}" for name, count in visits.statuses.items())
    lines = [
        f"{machine.cpu}，{machine.cores} 核；{plan.workers} 个进程；{plan.minutes:g} 分钟，每秒 {plan.rate:g} 次；"
        f"开始前负载 {machine.load}",
        "",
        f"共 {visits.count} 次：{ends}；p50 {visits.p50_ms or 0:.1f} 毫秒，p99 {visits.p99_ms or 0:.1f} 毫秒"
        "（含有意放慢的客户端）",
        "",
        f"| 进程 | 第 {plan.settled_s / 60:.1f} 分钟 MB | 结束 MB | 增长 | 最高 MB | 文件描述符 | 线程 |",
        "|---|---:|---:|---:|---:|---|---|",
        *(
            f"| {g.pid} | {g.early / 1e6:.1f} | {g.late / 1e6:.1f} | {g.share:+.2%} | {g.highest / 1e6:.1f} "
            f"| {g.fds[0]} → {g.fds[1]} | {g.threads[0]} → {g.threads[1]} |"
            for g in figures.growth
        ),
        "",
        "| 谁来 | 结果 |",
        "|---|---|",
        *(
            f"| {kind} | {'，'.join(f'{end}×{n}' for end, n in ends.items())} |"
            for kind, ends in figures.by_kind.items()
        ),
        "",
        f"中途没了的进程 {figures.replaced}，未处理的异常 {figures.tracebacks}，没有发出的 {figures.skipped}",
    ]
    return "\n".join(lines)
