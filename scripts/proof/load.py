"""The measurements of ``scripts/load``, one after another."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from proof.asking import distinct, everyday_questions, natural, request_of, write_bodies
from proof.latencies import Latencies, Outcome, summary
from proof.pacing import Pace, send_paced
from proof.processes import Watch, cpu_seconds, own_cpu
from proof.server import Server, serving
from proof.wrk import run_wrk
from qa_service.benchmark.machine import Machine, this_machine
from qa_service.settings import load_settings

WELL_MS = 100.0
"""A p99 that counts as well."""
_TRIED = (2, 4, 8, 16, 32, 64)
"""Numbers of connections among which the best is looked for."""
_WARM_UP_S = 5.0
_MOST_OVERLOAD_S = 30.0
_OVERLOAD_CONNECTIONS = 800
_PACED_CONNECTIONS = 256
_PROBE_PER_SECOND = 50.0
_PROBE_S = 60.0
REFUSALS = {"200", "429", "503"}
"""How a request may end under overload."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be measured."""

    seconds: float
    workers: int
    rate: float
    overload: float
    connections: int | None


@dataclass(frozen=True, slots=True)
class Run:
    """One measurement."""

    name: str
    loop: str
    """``closed``: the next request waits for the answer; ``open``: it does not, and is timed from when it was due."""
    connections: int
    latencies: Latencies
    server_cpu: float
    """Cores that the server used, all its processes together."""
    client_cpu: float
    """Cores that the generator used."""


@dataclass(frozen=True, slots=True)
class Overload:
    """What happened under far too many requests, and after."""

    run: Run
    answered: Latencies
    refused: Latencies
    recovery_s: float | None
    """Seconds from its end until a p99 under ``WELL_MS`` came, and stayed for three seconds; None: not while it was probed."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that was measured."""

    machine: Machine
    plan: Plan
    questions: int
    started_s: float
    search: tuple[Run, ...]
    """The closed loop with different numbers of connections, for a short time each."""
    closed: tuple[Run, ...]
    paced: Run
    overload: Overload
    workers_rss_mb: dict[int, tuple[float, ...]]
    """Of every process of the server, ten times over the whole run."""
    tracebacks: int


def load(plan: Plan, folder: Path, say: Say) -> Figures:
    """Start a server and measure it.

    Raises:
        ServerError: it does not start.
        WrkError: there is no wrk.
    """
    machine = this_machine()
    if machine.is_busy:
        say(f"注意：这台机器正忙（负载 {machine.load:.1f}，{machine.cores} 核），数字会偏差。")
    questions = everyday_questions(load_settings().corpus_dir)
    say("启动服务……")
    with serving(plan.workers, folder) as server, Watch(server.process.pid, 1.0) as watch:
        bench = _Bench(server, questions, folder, say)
        bench.closed("预热", distinct(questions), 8, _WARM_UP_S)
        search = tuple(bench.trials(plan))
        connections = plan.connections or best(search)
        closed = (
            bench.closed("各不相同", bench.fresh(), connections, plan.seconds),
            bench.closed("自然重复", natural(questions), connections, plan.seconds),
        )
        pace = Pace(plan.rate, plan.seconds, _PACED_CONNECTIONS)
        paced, _ = bench.paced(f"定速 {plan.rate:.0f}/秒", bench.fresh(), pace)
        overload = bench.overload(plan)
        workers = server.workers()
        tracebacks = server.tracebacks()
    rss = {pid: _ten_of([round(s.rss / 1e6, 1) for s in watch.of(pid)]) for pid in workers}
    return Figures(machine, plan, len(questions), server.started_s, search, closed, paced, overload, rss, tracebacks)


def best(runs: Sequence[Run]) -> int:
    """Return the number of connections with the best rate among those that stay well, else the quickest to answer."""

    def p99(run: Run) -> float:
        return float("inf") if run.latencies.p99_ms is None else run.latencies.p99_ms

    well = [run for run in runs if p99(run) < WELL_MS]
    return max(well, key=lambda run: run.latencies.per_second).connections if well else min(runs, key=p99).connections


def judge(figures: Figures) -> list[str]:
    """Return what must not be, in Chinese; nothing where all is well."""
    faults = []
    others = {name: n for name, n in figures.overload.run.latencies.statuses.items() if name not in REFUSALS}
    if others:
        faults.append(f"过载时有 200、429、503 以外的结果：{others}")
    if figures.overload.recovery_s is None:
        faults.append(f"过载结束后一直没有恢复到 p99 < {WELL_MS:.0f} 毫秒")
    for run in (*figures.closed, figures.paced):
        if bad := {name: n for name, n in run.latencies.statuses.items() if name != "200"}:
            faults.append(f"“{run.name}”有不是 200 的结果：{bad}")
    if figures.tracebacks:
        faults.append(f"服务日志里有 {figures.tracebacks} 处未处理的异常")
    return faults


@dataclass
class _Bench:
    server: Server
    questions: Sequence[str]
    folder: Path
    say: Say
    asked: int = 0
    """How many of the questions have had their turn."""

    def fresh(self) -> Iterator[str]:
        """Yield questions from the first that has not been asked."""
        return distinct(self.questions, self.asked)

    def trials(self, plan: Plan) -> Iterator[Run]:
        for connections in () if plan.connections else _TRIED:
            yield self.closed(f"{connections} 个连接", self.fresh(), connections, max(2.0, plan.seconds / 10))

    def closed(self, name: str, questions: Iterator[str], connections: int, seconds: float) -> Run:
        self.say(f"{name}：wrk，{connections} 个连接，{seconds:.0f} 秒……")
        bodies = self.folder / "bodies.jsonl"
        write_bodies(bodies, questions, len(self.questions))
        before, began = cpu_seconds(self.server.process.pid), time.monotonic()
        found = run_wrk(self.server.address, bodies, connections, seconds, self.folder)
        took = time.monotonic() - began
        self.asked += found.latencies.count
        used = cpu_seconds(self.server.process.pid) - before
        return Run(name, "closed", connections, found.latencies, used / took, found.cpu_s / took)

    def paced(self, name: str, questions: Iterator[str], pace: Pace) -> tuple[Run, list[Outcome]]:
        self.say(f"{name}：开环，{pace.seconds:.0f} 秒……")
        before, began = cpu_seconds(self.server.process.pid), time.monotonic()
        with own_cpu() as own:
            outcomes = _send(self.server, pace, questions)
        took = time.monotonic() - began
        self.asked += len(outcomes)
        used = cpu_seconds(self.server.process.pid) - before
        latencies = summary(outcomes, pace.seconds)
        return Run(name, "open", pace.connections, latencies, used / took, own[0] / took), outcomes

    def overload(self, plan: Plan) -> Overload:
        seconds = min(plan.seconds, _MOST_OVERLOAD_S)
        pace = Pace(plan.overload, seconds, _OVERLOAD_CONNECTIONS)
        run, outcomes = self.paced(f"过载 {plan.overload:.0f}/秒", self.fresh(), pace)
        answered = [outcome for outcome in outcomes if outcome.ended == "200"]
        refused = [outcome for outcome in outcomes if outcome.ended in REFUSALS - {"200"}]
        self.say("恢复：每秒 50 问……")
        probes = _send(self.server, Pace(_PROBE_PER_SECOND, min(_PROBE_S, 6 * seconds), 64), self.fresh())
        return Overload(run, summary(answered, seconds), summary(refused, seconds), recovery(probes))


def _send(server: Server, pace: Pace, questions: Iterator[str]) -> list[Outcome]:
    return asyncio.run(send_paced(server.host, server.port, pace, map(request_of, questions)))


def recovery(probes: Sequence[Outcome]) -> float | None:
    """Return from which second on three seconds in a row were well: all answered, with a p99 under ``WELL_MS``."""
    by_second: dict[int, list[Outcome]] = {}
    for outcome in probes:
        by_second.setdefault(int(outcome.planned), []).append(outcome)
    well = {second: _is_well(outcomes) for second, outcomes in by_second.items()}
    return next((float(s) for s in sorted(well) if all(well.get(s + n, False) for n in range(3))), None)


def _is_well(outcomes: Sequence[Outcome]) -> bool:
    found = summary(outcomes, 1)
    return set(found.statuses) == {"200"} and found.p99_ms is not None and found.p99_ms < WELL_MS


def _ten_of(values: Sequence[float]) -> tuple[float, ...]:
    step = max(1, len(values) // 10)
    return tuple(values[::step])


def table(figures: Figures) -> str:
    """Return the figures as a Markdown page."""
    machine, over = figures.machine, figures.overload
    runs = [*figures.search, *figures.closed, figures.paced, over.run]
    lines = [
        f"{machine.cpu}，{machine.cores} 核；{machine.system}；Python {machine.python}；"
        f"{figures.plan.workers} 个进程；日常问法 {figures.questions} 条；开始前负载 {machine.load}；"
        f"启动到就绪 {figures.started_s:.1f} 秒",
        "",
        "| 测什么 | 环 | 连接 | 每秒答 | p50 毫秒 | p90 | p99 | 最长 | 结果 | 服务用核 | 发生器用核 |",
        "|---|---|---:|---:|---:|---:|---:|---:|---|---:|---:|",
        *(_row(run) for run in runs),
        "",
        "闭环（closed）：答完才问下一句，服务慢时问得少，p99 偏乐观；开环（open）：按时刻表问，从该问的时刻算起。",
        f"过载时：答了的 {_brief(over.answered)}；拒绝的 {_brief(over.refused)}。",
        "恢复："
        + ("测到最后也没有恢复" if over.recovery_s is None else f"{over.recovery_s:.0f} 秒后 p99 回到 100 毫秒内"),
        *(f"进程 {pid} 内存（MB）：{'、'.join(map(str, rss))}" for pid, rss in figures.workers_rss_mb.items()),
        f"日志里未处理的异常：{figures.tracebacks}",
    ]
    return "\n".join(lines)


def _row(run: Run) -> str:
    found = run.latencies
    times = " | ".join(_ms(t) for t in (found.p50_ms, found.p90_ms, found.p99_ms, found.max_ms))
    ends = "，".join(f"{name}×{count}" for name, count in found.statuses.items())
    return (
        f"| {run.name} | {run.loop} | {run.connections} | {found.per_second:.0f} | {times} | {ends} "
        f"| {run.server_cpu:.2f} | {run.client_cpu:.2f} |"
    )


def _ms(value: float | None) -> str:
    return "—" if value is None else f"{value:.1f}"


def _brief(found: Latencies) -> str:
    return f"{found.count} 次，p50 {_ms(found.p50_ms)} 毫秒，p99 {_ms(found.p99_ms)} 毫秒"
