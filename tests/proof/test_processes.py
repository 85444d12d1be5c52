import os
import subprocess
import sys
import time

import pytest

from proof.processes import Growth, Sample, Watch, growth, sample, tree

pytestmark = pytest.mark.skipif(not os.path.isdir("/proc/self/task"), reason="only Linux tells in /proc")


def test_a_process_is_looked_at_and_one_that_has_gone_is_none() -> None:
    found = sample(os.getpid())
    assert found
    assert found.rss > 1_000_000
    assert found.fds >= 3
    assert found.threads >= 1
    assert sample(2**22 + 1) is None


def test_children_belong_to_the_tree() -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        assert tree(os.getpid())[0] == os.getpid()
        assert child.pid in tree(os.getpid())
    finally:
        child.communicate(b"\n")


def test_a_watch_looks_at_the_beginning_and_at_the_end() -> None:
    with Watch(os.getpid(), 60) as watch:
        time.sleep(0.1)
    assert len(watch.of(os.getpid())) == 2


def of(*rss: int) -> Growth:
    return growth([Sample(1, 10.0 * n, held, 0, 10 + n, 5) for n, held in enumerate(rss)], 30, 10)


def test_growth_is_counted_from_when_a_process_is_warm() -> None:
    found = of(100, 500, 900, 1000, 1000, 1010, 1100, 1100)
    assert found.share == pytest.approx(0.1)
    assert found.highest == 1100
    assert found.fds == (13, 16)


def test_a_process_that_does_not_grow_has_a_share_of_nought() -> None:
    assert of(100, 200, 300, 400, 400, 400).share == 0
