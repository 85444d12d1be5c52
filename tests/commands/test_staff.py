import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from qa_service.access.sign_in import From
from qa_service.cli import app
from qa_service.errors import AccessError, NotFoundError
from qa_service.settings import load_settings
from qa_service.staff_gate import open_staff_gate

Run = Callable[..., Result]
PASSWORD = "一句好记的话，我记得住"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("QA_DATA_DIR", str(tmp_path / "var"))
    return lambda *args, given=None: CliRunner().invoke(app, ["staff", *args], input=given)


def sign_in(name: str, password: str) -> str:
    return open_staff_gate(load_settings()).sign_in.sign_in(name, password, From("a" * 32, "Firefox"))


def test_an_account_is_made_with_a_password_that_is_shown_once(run: Run) -> None:
    assert "还没有账号" in run("list").stdout
    made = run("add", "王", "--role", "admin")
    assert made.exit_code == 0, made.output
    shown = re.search(r"初始密码.*：(\S+)", made.stdout)
    assert shown
    assert sign_in("王", shown[1])
    listed = run("list").stdout
    assert "王  管理  待改初始密码" in listed
    assert shown[1] not in listed


def test_a_password_comes_from_standard_input_and_is_not_shown(run: Run) -> None:
    made = run("add", "王", "--password-stdin", given=f"{PASSWORD}\n")
    assert made.exit_code == 0, made.output
    assert PASSWORD not in made.stdout
    assert sign_in("王", PASSWORD)
    assert "王  查阅  在用" in run("list").stdout
    assert isinstance(run("add", "李", "--password-stdin", given="").exception, AccessError)
    assert isinstance(run("add", "李", "--password-stdin", given="short\n").exception, AccessError)


def test_an_account_is_changed_disabled_enabled_and_reset(run: Run) -> None:
    run("add", "甲", "--role", "admin", "--password-stdin", given=f"{PASSWORD}\n")
    run("add", "乙", "--password-stdin", given=f"{PASSWORD}\n")
    assert "最后一个管理员" in str(run("disable", "甲").exception)
    assert "“管理”" in run("role", "乙", "admin").stdout
    sign_in("甲", PASSWORD)
    assert "Firefox" in run("sessions", "甲").stdout
    assert run("disable", "甲", "--comment", "调离").exit_code == 0
    assert "没有在任何地方登录" in run("sessions", "甲").stdout
    assert "甲  管理  停用" in run("list").stdout
    assert run("enable", "甲").exit_code == 0
    assert "初始密码" in run("reset", "甲").stdout
    assert isinstance(run("disable", "丙").exception, NotFoundError)
    sign_in("乙", PASSWORD)
    assert "1 处" in run("revoke", "乙").stdout


def test_a_token_is_made_listed_and_revoked(run: Run) -> None:
    assert "还没有令牌" in run("token", "list").stdout
    made = run("token", "add", "统计", "--scope", "journal:read", "--scope", "curated:read", "--days", "30")
    shown = re.search(r"(qas_([0-9a-f]{12})_\S+)", made.stdout)
    assert shown, made.output
    assert open_staff_gate(load_settings()).tokens.holder(shown[1])
    listed = run("token", "list").stdout
    assert f"{shown[2]}  在用  统计  查阅  curated:read journal:read" in listed
    assert shown[1] not in listed
    assert run("token", "revoke", shown[2]).exit_code == 0
    assert f"{shown[2]}  已吊销" in run("token", "list").stdout
    assert open_staff_gate(load_settings()).tokens.holder(shown[1]) is None
    assert run("token", "add", "x").exit_code == 2
    assert run("token", "add", "x", "--scope", "everything").exit_code == 2
