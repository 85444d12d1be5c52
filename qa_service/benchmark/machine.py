"""What a figure was measured on."""

from __future__ import annotations

import os
import platform
import sys
from dataclasses import dataclass
from pathlib import Path

_CPU_INFO = Path("/proc/cpuinfo")
_OWN_MEMORY = Path("/proc/self/statm")
_BUSY_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Machine:
    """The machine and the interpreter."""

    cores: int
    """Those this process may use."""
    cpu: str
    python: str
    system: str
    load: float | None
    """Processes that ran or waited on average over the last minute, before measuring; None where nobody counts them."""

    @property
    def is_busy(self) -> bool:
        """Whether other work would make the figures worse than the machine's own."""
        return self.load is not None and self.load > _BUSY_SHARE * self.cores


def this_machine() -> Machine:
    """Look at the machine this runs on."""
    return Machine(
        cores=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        cpu=_cpu_model(),
        python=platform.python_version(),
        system=f"{platform.system()} {platform.release()} {platform.machine()}",
        load=os.getloadavg()[0] if hasattr(os, "getloadavg") else None,
    )


def resident_bytes() -> int | None:
    """Return the memory this process holds: now where Linux tells, its highest elsewhere, None where nobody does."""
    if _OWN_MEMORY.is_file():
        return int(_OWN_MEMORY.read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    if sys.platform == "win32":
        return None
    import resource

    highest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return highest if sys.platform == "darwin" else highest * 1024


def _cpu_model() -> str:
    lines = _CPU_INFO.read_text("utf-8", errors="replace").split("\n") if _CPU_INFO.is_file() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())
