"""Files and texts as they come to harm: cut off, overwritten, shifted, blown up; and what must hold of whoever reads them.

How many are tried, FUZZ_EXAMPLES says; see scripts/fuzz.
"""

import os
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from qa_service.errors import QaError

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "0"))
PATIENCE_S = 20.0

Harm = Callable[[bytes], bytes]


def tried(few: int) -> settings:
    """Return settings to try ``few`` examples in CI, and as many as the fuzzer asks for."""
    return settings(
        max_examples=EXAMPLES or few,
        deadline=None,
        derandomize=not EXAMPLES,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
    )


@st.composite
def harms(draw: st.DrawFn) -> Harm:
    """Draw one to six ways to damage bytes."""
    steps = draw(
        st.lists(
            st.tuples(
                st.sampled_from(["cut", "drop", "flip", "put", "double", "swap", "digit"]),
                st.floats(0, 1),
                st.integers(1, 64),
                st.binary(min_size=1, max_size=8)
                | st.sampled_from(
                    [
                        b"\x00",
                        b"\xff\xff\xff\xff",
                        b"<",
                        b">",
                        b"(",
                        b"[" * 300,
                        b"9" * 30,
                        b"-1",
                        b"endobj",
                        b"]]>",
                        b"&x;",
                    ]
                ),
            ),
            min_size=1,
            max_size=6,
        )
    )

    def harm(data: bytes) -> bytes:
        for kind, where, size, bits in steps:
            at = int(where * len(data))
            if kind == "cut":
                data = data[: max(at, 1)] if size < 16 else data
            elif kind == "drop":
                data = data[:at] + data[at + size :]
            elif kind == "flip":
                data = data[:at] + bytes([data[at] ^ size]) + data[at + 1 :] if at < len(data) else data
            elif kind == "put":
                data = data[:at] + bits + data[at:]
            elif kind == "double":
                data = data[:at] + data[at : at + size * 8] * 2 + data[at + size * 8 :]
            elif kind == "swap":
                data = data[at:] + data[:at] if size == 1 else data[:at] + bits + data[at + len(bits) :]
            else:
                found = next((n for n in range(at, len(data)) if 0x30 <= data[n] <= 0x39), None)
                data = data if found is None else data[:found] + b"99999999"[: size % 9] + data[found + 1 :]
        return data or b"\x00"

    return harm


def harmed_part(source: Path, target: Path, part: str, harm: Harm) -> None:
    """Write a zip file again with one of its parts damaged."""
    with zipfile.ZipFile(source) as whole, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as broken:
        for held in whole.infolist():
            data = whole.read(held)
            broken.writestr(held.filename, harm(data) if held.filename == part else data)


def read_or_refused(read: Callable[[], object], folder: Path | None = None) -> None:
    """Hold a reader to its promise: it reads or refuses in words, in bounded time, and writes nothing."""
    before = sorted(folder.rglob("*")) if folder else []
    began = time.perf_counter()
    said = "read"
    try:
        read()
    except QaError as error:
        said = str(error)
    assert said
    assert time.perf_counter() - began < PATIENCE_S
    assert folder is None or sorted(folder.rglob("*")) == before
