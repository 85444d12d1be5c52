"""The two commands fail in words where a fresh machine lacks something."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

INSTALL = Path(__file__).parents[1] / "scripts" / "install"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the scripts are for a POSIX shell")


def install(tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {"PATH": os.environ["PATH"], "QA_VENV": str(tmp_path / "venv"), **environment}
    return subprocess.run(["bash", str(INSTALL)], capture_output=True, text=True, env=kept, timeout=60)


def stub(folder: Path, name: str, script: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)
    return path


def test_without_python_it_says_which_to_install(tmp_path: Path) -> None:
    done = install(tmp_path, QA_PYTHON="python9")
    assert done.returncode == 1
    assert "没有找到 python9" in done.stderr


def test_an_old_python_is_named_with_its_version(tmp_path: Path) -> None:
    old = stub(tmp_path / "bin", "python3", 'case "$1" in --version) echo "Python 3.9.2";; *) exit 1;; esac')
    done = install(tmp_path, QA_PYTHON=str(old))
    assert done.returncode == 1
    assert "Python 3.9.2 太旧" in done.stderr


def test_a_full_disk_is_noticed_before_anything_is_installed(tmp_path: Path) -> None:
    stub(
        tmp_path / "bin",
        "df",
        'echo "Filesystem 1024-blocks Used Available Capacity Mounted"; echo "/dev/x 100 50 51200 99% /"',
    )
    done = install(tmp_path, QA_PYTHON=sys.executable, PATH=f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    assert done.returncode == 1
    assert "磁盘空间不足" in done.stderr
    assert not (tmp_path / "venv").exists()


SERVICES = Path(__file__).parents[1] / "scripts" / "services"


def services(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    given = {"PATH": os.environ["PATH"], **environment}
    return subprocess.run(["bash", str(SERVICES), *arguments], capture_output=True, text=True, env=given, timeout=120)


def test_services_that_are_named_already_are_used_and_the_command_decides_how_it_ends() -> None:
    show = 'echo "$TEST_POSTGRESQL_URL $TEST_REDIS_URL"; exit 7'
    done = services("run", "bash", "-c", show, TEST_POSTGRESQL_URL="postgresql://x", TEST_REDIS_URL="redis://y")
    assert done.stdout.strip() == "postgresql://x redis://y"
    assert done.returncode == 7


def test_without_the_programs_it_goes_on_and_says_so(tmp_path: Path) -> None:
    for name in ("bash", "mktemp", "chmod", "rm", "env"):
        found = shutil.which(name)
        assert found
        (tmp_path / name).symlink_to(found)
    stub(tmp_path, "find", "exit 0")
    done = services("run", "env", PATH=str(tmp_path))
    assert "没有 PostgreSQL" in done.stderr
    assert "没有 Redis" in done.stderr
    assert "TEST_" not in done.stdout
    assert done.returncode == 0


@pytest.mark.skipif(shutil.which("redis-server") is None, reason="there is no redis-server")
def test_a_redis_is_started_and_stopped() -> None:
    done = services(
        "run", "bash", "-c", 'echo "$TEST_REDIS_URL"', TEST_POSTGRESQL_URL="postgresql://x", QA_PYTHON=sys.executable
    )
    port = int(done.stdout.strip().rpartition(":")[2].partition("/")[0])
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", port), 2)


@pytest.mark.parametrize("script", [".ci/run", "scripts/services", "scripts/contract"])
def test_what_ci_runs_is_executable_and_parses(script: str) -> None:
    path = Path(__file__).parents[1] / script
    assert path.stat().st_mode & 0o111
    subprocess.run(["bash", "-n", str(path)], check=True)
