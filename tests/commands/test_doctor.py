import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from qa_service.cli import app


@pytest.fixture
def flags(tiny_corpus: Path, tmp_path: Path) -> list[str]:
    folders = {"--corpus-dir": tiny_corpus, "--index-dir": tmp_path / "index", "--data-dir": tmp_path / "var"}
    return [word for name, folder in folders.items() for word in (name, str(folder))]


def test_warnings_are_marked_and_do_not_fail(flags: list[str]) -> None:
    done = CliRunner().invoke(app, ["doctor", *flags], env={"QA_HOST": "0.0.0.0"})
    assert done.exit_code == 0, done.output
    assert "\n网络\n" in done.output
    assert "  ! 监听 0.0.0.0" in done.output


def test_a_fault_fails(flags: list[str], tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["doctor", *flags, "--corpus-dir", str(tmp_path / "nowhere")])
    assert done.exit_code == 1
    assert "  ✗ " in done.output


def test_json_is_a_list_of_findings_for_programs(flags: list[str]) -> None:
    done = CliRunner().invoke(app, ["doctor", *flags, "--json"], env={"QA_LLM_API_KEY": "geheim"})
    found = json.loads(done.output)
    assert {"group", "level", "text"} == set(found[0])
    assert {one["level"] for one in found} <= {"ok", "warning", "fault"}
    assert "geheim" not in done.output
