"""A few of the kills that ``scripts/kills`` does by the hundred, in a process without threads to fork from."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 and fork are of POSIX")
def test_whatever_is_killed_nothing_is_lost_and_the_next_start_answers() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "kills"), "--kills", "10", "--seed", "7"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "| 导入 |" in done.stdout
