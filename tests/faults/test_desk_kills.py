"""A few of the kills that ``python -m tests.faults.desk_kills 1`` makes, in a process without threads to fork from."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 and fork are of POSIX")
def test_whenever_the_desk_is_killed_a_batch_is_whole_and_it_goes_on() -> None:
    command = [sys.executable, "-m", "tests.faults.desk_kills", "41"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 failures" in done.stdout
    assert not done.stdout.startswith("0 kills"), done.stdout
