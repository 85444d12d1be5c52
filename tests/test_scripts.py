"""The two commands fail in words where a fresh machine lacks something."""

import os
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
