"""wrk as a closed loop: so many connections, each asking again as soon as it is answered."""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from proof.asking import PATH
from proof.latencies import Latencies

_THREADS = 2
_MARK = "RESULT "
_SCRIPT = """-- Each thread asks every _THREADS_th question of a file; statuses are counted.
local threads = {}
function setup(thread)
  thread:set("number", #threads)
  table.insert(threads, thread)
end
function init(args)
  bodies, counts, at = {}, {}, 0
  local line_number = 0
  for line in io.lines(args[1]) do
    if line_number % tonumber(args[2]) == number then table.insert(bodies, line) end
    line_number = line_number + 1
  end
  headers = {["Content-Type"] = "application/json"}
end
function request()
  at = at % #bodies + 1
  return wrk.format("POST", nil, headers, bodies[at])
end
function response(status)
  counts[status] = (counts[status] or 0) + 1
end
function done(summary, latency, requests)
  local all = {}
  for _, thread in ipairs(threads) do
    for status, count in pairs(thread:get("counts")) do all[status] = (all[status] or 0) + count end
  end
  local parts = {}
  for status, count in pairs(all) do table.insert(parts, string.format('"%d": %d', status, count)) end
  local e = summary.errors
  io.write(string.format(
    'RESULT {"count": %d, "us": %d, "p50": %d, "p90": %d, "p99": %d, "max": %d, "statuses": {%s}, '
      .. '"closed": %d, "refused": %d, "timeout": %d}\\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(90), latency:percentile(99),
    latency.max, table.concat(parts, ", "), e.read + e.write, e.connect, e.timeout))
end
"""


@dataclass(frozen=True, slots=True)
class Closed:
    """What a closed loop measured."""

    connections: int
    latencies: Latencies
    cpu_s: float
    """CPU seconds of wrk itself."""


class WrkError(Exception):
    """wrk is not there, or failed."""


def run_wrk(address: str, bodies: Path, connections: int, seconds: float, folder: Path) -> Closed:
    """Ask the questions of a file over so many connections.

    Raises:
        WrkError: wrk is not there, or failed.
    """
    program = shutil.which("wrk")
    if not program:
        raise WrkError("没有找到 wrk。Debian/Ubuntu 上请先运行：apt-get install wrk")
    script = folder / "ask.lua"
    script.write_text(_SCRIPT, "utf-8")
    threads = min(_THREADS, connections)
    command = [program, f"-t{threads}", f"-c{connections}", f"-d{max(1, round(seconds))}s", "--timeout", "10s"]
    command += ["-s", str(script), f"{address}{PATH}", "--", str(bodies), str(threads)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 60, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise WrkError(f"wrk 以状态 {done.returncode} 退出：{(done.stderr or done.stdout)[-500:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Closed(connections, read_result(done.stdout), cpu)


def read_result(said: str) -> Latencies:
    """Read what the script printed at the end.

    Raises:
        WrkError: it is not there.
    """
    line = next((line for line in said.splitlines() if line.startswith(_MARK)), None)
    if line is None:
        raise WrkError(f"wrk 没有给出结果：{said[-500:]}")
    found = json.loads(line.removeprefix(_MARK))
    others = {name: found[name] for name in ("closed", "refused", "timeout") if found[name]}
    return Latencies(
        count=found["count"],
        per_second=found["statuses"].get("200", 0) / (found["us"] / 1e6),
        p50_ms=found["p50"] / 1000,
        p90_ms=found["p90"] / 1000,
        p99_ms=found["p99"] / 1000,
        max_ms=found["max"] / 1000,
        statuses={**found["statuses"], **others},
    )
