import threading
from collections.abc import Callable

import pytest

from qa_service.access.accounts import account_name
from qa_service.access.gate import Gate
from qa_service.access.scope import Scope
from qa_service.access.sign_in import From
from qa_service.access.staff import Role
from qa_service.errors import AccessError, NotFoundError, SignInError

Noted = Callable[[], list[tuple[str, str, str]]]
PASSWORD = "一句好记的话，我记得住"
HOME = From("a" * 32, "Firefox")


def test_an_account_is_made_with_a_password_that_must_be_changed(gate: Gate, noted: Noted) -> None:
    password = gate.accounts.add("Wang", Role.EDITOR, "cli:root")
    (account,) = gate.accounts.list()
    assert (account.name, account.role, account.must_change_password) == ("wang", Role.EDITOR, True)
    visit = gate.sessions.visit(gate.sign_in.sign_in("WANG", password, HOME))
    assert visit
    assert visit.must_change_password
    assert noted()[0] == ("cli:root", "account.add", "wang")


def test_an_account_with_a_password_given_need_not_change_it(gate: Gate) -> None:
    gate.accounts.add("王", Role.ADMIN, "cli:root", password=PASSWORD)
    visit = gate.sessions.visit(gate.sign_in.sign_in("王", PASSWORD, HOME))
    assert visit
    assert not visit.must_change_password


def test_a_name_is_the_same_however_it_is_typed(gate: Gate) -> None:
    assert account_name(" Ｗang ") == "wang"
    gate.accounts.add("wang", Role.READER, "x")
    with pytest.raises(AccessError, match="已有"):
        gate.accounts.add("WANG", Role.READER, "x")


@pytest.mark.parametrize("name", ["", "有 空格", "a" * 33, "-a", "a/b", "<b>", "a\n", "../x"])
def test_a_name_that_cannot_be_is_refused(gate: Gate, name: str) -> None:
    if name == "a\n":
        name = "a\nb"
    with pytest.raises(AccessError, match="账号名"):
        gate.accounts.add(name, Role.READER, "x")


def test_disabling_ends_sessions_and_tokens_and_is_noted_with_them(gate: Gate, noted: Noted) -> None:
    gate.accounts.add("李", Role.ADMIN, "x", password=PASSWORD)
    gate.accounts.add("王", Role.EDITOR, "x", password=PASSWORD)
    token = gate.sign_in.sign_in("王", PASSWORD, HOME)
    visit = gate.sessions.visit(token)
    assert visit
    program = gate.tokens.add("脚本", [Scope.CURATED_READ], "王", owner=visit.staff)
    assert gate.tokens.holder(program.text)
    gate.accounts.disable("王", "李", "离职")
    assert gate.sessions.visit(token) is None
    assert gate.tokens.holder(program.text) is None
    with pytest.raises(SignInError):
        gate.sign_in.sign_in("王", PASSWORD, HOME)
    assert ("李", "account.disable", "王") in noted()
    gate.accounts.enable("王", "李")
    assert gate.sessions.visit(token) is None
    assert gate.tokens.holder(program.text) is None
    assert gate.sessions.visit(gate.sign_in.sign_in("王", PASSWORD, HOME))


def test_a_new_password_ends_the_sessions(gate: Gate) -> None:
    gate.accounts.add("王", Role.EDITOR, "x", password=PASSWORD)
    token = gate.sign_in.sign_in("王", PASSWORD, HOME)
    new = gate.accounts.reset_password("王", "cli:root")
    assert gate.sessions.visit(token) is None
    with pytest.raises(SignInError):
        gate.sign_in.sign_in("王", PASSWORD, HOME)
    visit = gate.sessions.visit(gate.sign_in.sign_in("王", new, HOME))
    assert visit
    assert visit.must_change_password


def test_a_role_is_another_at_once(gate: Gate) -> None:
    gate.accounts.add("王", Role.READER, "x", password=PASSWORD)
    token = gate.sign_in.sign_in("王", PASSWORD, HOME)
    gate.accounts.change_role("王", Role.EDITOR, "x")
    visit = gate.sessions.visit(token)
    assert visit
    assert visit.staff.role is Role.EDITOR


def test_the_last_administrator_stays(gate: Gate, noted: Noted) -> None:
    gate.accounts.add("甲", Role.ADMIN, "x", password=PASSWORD)
    gate.accounts.add("乙", Role.ADMIN, "x", password=PASSWORD)
    gate.accounts.disable("乙", "甲")
    before = noted()
    with pytest.raises(AccessError, match="最后一个管理员"):
        gate.accounts.disable("甲", "甲")
    with pytest.raises(AccessError, match="最后一个管理员"):
        gate.accounts.change_role("甲", Role.EDITOR, "甲")
    assert noted() == before
    gate.accounts.enable("乙", "甲")
    gate.accounts.change_role("甲", Role.EDITOR, "甲")


def test_of_two_administrators_who_disable_each_other_one_stays(gate: Gate) -> None:
    gate.accounts.add("甲", Role.ADMIN, "x", password=PASSWORD)
    gate.accounts.add("乙", Role.ADMIN, "x", password=PASSWORD)
    start, faults = threading.Barrier(2), []

    def disable(name: str) -> None:
        start.wait()
        try:
            gate.accounts.disable(name, "x")
        except AccessError as error:
            faults.append(error)

    threads = [threading.Thread(target=disable, args=(name,)) for name in "甲乙"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(not account.disabled for account in gate.accounts.list()) == 1
    assert len(faults) == 1


def test_what_is_not_there_is_not_found(gate: Gate) -> None:
    for change in (
        lambda: gate.accounts.disable("无", "x"),
        lambda: gate.accounts.enable("无", "x"),
        lambda: gate.accounts.change_role("无", Role.ADMIN, "x"),
        lambda: gate.accounts.reset_password("无", "x"),
        lambda: gate.accounts.sessions("无 无"),
        lambda: gate.accounts.revoke("无", "x"),
        lambda: gate.accounts.find(""),
    ):
        with pytest.raises(NotFoundError):
            change()
