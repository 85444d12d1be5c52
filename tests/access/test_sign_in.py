import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from unittest.mock import patch

import pytest

from qa_service.access import sign_in as signing
from qa_service.access.addresses import address_pseudonym
from qa_service.access.gate import Gate, open_gate
from qa_service.access.passwords import Passwords
from qa_service.access.sign_in import From
from qa_service.access.staff import Role
from qa_service.errors import AccessError, SignInError, ThrottledError
from qa_service.journal.audit import AuditTrail
from qa_service.journal.database import Journal
from qa_service.secret_key import SecretKey

Noted = Callable[[], list[tuple[str, str, str]]]
PASSWORD = "一句好记的话，我记得住"
HOME = From("a" * 32, "Firefox")


@pytest.fixture(autouse=True)
def account(gate: Gate) -> None:
    gate.accounts.add("王", Role.EDITOR, "x", password=PASSWORD)


def fail(gate: Gate, name: str = "王", where: From = HOME) -> str:
    """Try a wrong password; returns what is said."""
    with pytest.raises((SignInError, ThrottledError)) as caught:
        gate.sign_in.sign_in(name, "wrong password", where)
    return str(caught.value)


def strangers(number: int) -> From:
    return From(f"{number:032x}", "bot")


def test_the_unknown_the_wrong_and_the_disabled_are_told_the_same_and_cost_the_same(gate: Gate) -> None:
    gate.accounts.add("李", Role.READER, "x", password=PASSWORD)
    gate.accounts.disable("李", "x")
    passwords = gate.sign_in._passwords
    with patch.object(passwords, "_hasher", wraps=passwords._hasher) as hasher:
        said = {fail(gate, name) for name in ("王", "李", "无此人", "不 能 是 名 字")}
    assert len(said) == 1
    assert hasher.verify.call_count == 4


def test_the_disabled_are_not_let_in_with_the_right_password(gate: Gate) -> None:
    gate.accounts.disable("王", "x")
    with pytest.raises(SignInError):
        gate.sign_in.sign_in("王", PASSWORD, HOME)


@pytest.mark.parametrize("name", ["王", "无此人"])
def test_after_five_failures_an_account_is_locked_where_they_came_from(gate: Gate, hands: Any, name: str) -> None:
    for _ in range(5):
        assert "不对" in fail(gate, name)
    with pytest.raises(ThrottledError) as caught:
        gate.sign_in.sign_in(name, PASSWORD, HOME)
    assert caught.value.wait_s == 15 * 60
    assert "15 分钟" in str(caught.value)
    hands.move(minutes=14, seconds=59)
    assert "过多" in fail(gate, name)
    hands.move(seconds=2)
    assert "不对" in fail(gate, name)
    with pytest.raises(ThrottledError) as caught:
        gate.sign_in.sign_in(name, PASSWORD, HOME)
    assert caught.value.wait_s == 30 * 60


def test_who_is_locked_out_may_sign_in_from_elsewhere_and_later_here(gate: Gate, hands: Any) -> None:
    for _ in range(5):
        fail(gate)
    assert gate.sign_in.sign_in("王", PASSWORD, From("c" * 32))
    hands.move(minutes=16)
    assert gate.sign_in.sign_in("王", PASSWORD, HOME)


def test_a_new_password_opens_what_was_locked_for_this_account_alone(gate: Gate) -> None:
    gate.accounts.add("李", Role.READER, "x", password=PASSWORD)
    for _ in range(5):
        fail(gate)
        fail(gate, "李")
    new = gate.accounts.reset_password("王", "x")
    assert gate.sign_in.sign_in("王", new, HOME)
    assert "过多" in fail(gate, "李")


def test_a_right_password_makes_four_wrong_ones_forgotten(gate: Gate) -> None:
    for _ in range(3):
        for _ in range(4):
            assert "不对" in fail(gate)
        assert gate.sign_in.sign_in("王", PASSWORD, HOME)


def test_old_failures_are_forgotten(gate: Gate, hands: Any) -> None:
    for _ in range(3):
        for _ in range(4):
            assert "不对" in fail(gate)
        hands.move(minutes=16)


def test_strangers_slow_an_account_down_but_do_not_lock_its_owner_out(gate: Gate, hands: Any) -> None:
    gate.sign_in.sign_in("王", PASSWORD, HOME)
    waits = []
    for number in range(40):
        try:
            gate.sign_in.sign_in("王", "wrong password", strangers(number))
        except ThrottledError as error:
            waits.append(error.wait_s)
            hands.move(seconds=error.wait_s)
        except SignInError:
            pass
    assert waits[:3] == [2, 4, 8]
    assert max(waits) == 60
    # From where the owner has signed in of late there is no waiting.
    assert gate.sign_in.sign_in("王", PASSWORD, HOME)


def test_one_address_does_not_try_one_password_on_all_accounts(gate: Gate) -> None:
    for number in range(30):
        assert "不对" in fail(gate, f"n{number}")
    assert "过多" in fail(gate, "n30")
    # One's own account is no means to go on.
    with pytest.raises(ThrottledError):
        gate.sign_in.sign_in("王", PASSWORD, HOME)


def test_ones_own_account_does_not_make_failures_on_others_forgotten(gate: Gate) -> None:
    for number in range(29):
        fail(gate, f"n{number}")
    gate.sign_in.sign_in("王", PASSWORD, HOME)
    assert "不对" in fail(gate, "n29")
    assert "过多" in fail(gate, "n30")


def test_of_many_attempts_at_once_five_are_looked_at(gate: Gate) -> None:
    passwords = gate.sign_in._passwords
    with (
        patch.object(passwords, "matches", wraps=passwords.matches) as matches,
        ThreadPoolExecutor(12) as pool,
    ):
        said = list(pool.map(lambda _: fail(gate), range(24)))
    assert matches.call_count == 5
    assert sum("过多" in text for text in said) == 19


def test_another_process_and_a_restart_count_on(journal: Journal, gate: Gate, hands: Any, cheap: Passwords) -> None:
    for _ in range(3):
        fail(gate)
    again = open_gate(journal, SecretKey(b"k" * 32), hands, passwords=cheap)
    for _ in range(2):
        assert "不对" in fail(again)
    assert "过多" in fail(gate)
    assert "过多" in fail(again)


_TRY = """
import sys
from datetime import datetime
from pathlib import Path
from qa_service.access.gate import open_gate
from qa_service.access.passwords import Passwords
from qa_service.access.sign_in import From
from qa_service.clock import CHINA
from qa_service.errors import SignInError, ThrottledError
from qa_service.journal.database import Journal
from qa_service.secret_key import SecretKey

journal = Journal(sys.argv[1] or None, Path(sys.argv[2]), patience_s=30)
moment = datetime(2026, 7, 1, 12, tzinfo=CHINA)
gate = open_gate(journal, SecretKey(b"k" * 32), lambda: moment, passwords=Passwords(memory_kib=8, passes=1))
looked_at = 0
for _ in range(10):
    try:
        gate.sign_in.sign_in("王", "wrong password", From("a" * 32))
    except ThrottledError:
        continue
    except SignInError:
        looked_at += 1
print(looked_at)
"""


def test_two_processes_count_together(journal: Journal) -> None:
    url = "" if journal._file else journal._url.render_as_string(hide_password=False)
    started = [
        subprocess.Popen(
            [sys.executable, "-c", _TRY, url, str(journal._folder)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(2)
    ]
    outcomes = [process.communicate(timeout=120) for process in started]
    assert [process.returncode for process in started] == [0, 0], outcomes
    assert sum(int(out) for out, _ in outcomes) == 5


def test_a_password_kept_at_another_cost_is_kept_anew(gate: Gate, journal: Journal, hands: Any) -> None:
    dearer = Passwords(memory_kib=16, passes=1)
    later = open_gate(journal, SecretKey(b"k" * 32), hands, passwords=dearer)
    assert later.sign_in.sign_in("王", PASSWORD, HOME)
    assert not dearer.outdated(later.sign_in._kept("王") or "")
    assert later.sign_in.sign_in("王", PASSWORD, HOME)


def test_who_signs_in_and_who_fails_is_noted_but_no_name_that_none_has(gate: Gate, noted: Noted) -> None:
    gate.sign_in.sign_in("王", PASSWORD, HOME)
    fail(gate)
    fail(gate, "mysecretpassword")
    assert noted()[1:] == [
        ("王", "session.open", "王"),
        ("-", "session.refused", "王"),
        ("-", "session.refused", "（没有这个账号）"),
    ]


def test_failures_do_not_fill_the_audit_trail(
    gate: Gate, noted: Noted, hands: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing, "MOST_FAILURES_NOTED", 10)
    for number in range(25):
        fail(gate, f"n{number}", strangers(number))
    refused = [entry for entry in noted() if entry[1] == "session.refused"]
    assert len(refused) == 11
    assert refused[-1][2] == "-"
    hands.move(hours=2)
    fail(gate, "later", strangers(99))
    assert len([entry for entry in noted() if entry[1] == "session.refused"]) == 12


def test_nothing_kept_shows_an_address(gate: Gate, journal: Journal, hands: Any) -> None:
    fail(gate, where=gate.origin("203.0.113.7", "x"))
    assert all("203.0.113" not in entry.comment for entry in AuditTrail(journal, hands).entries())


def test_an_ipv6_household_is_one_address() -> None:
    key = SecretKey(b"k" * 32)
    assert address_pseudonym(key, "2001:db8:1:2::1") == address_pseudonym(key, "2001:db8:1:2:ffff::9")
    assert address_pseudonym(key, "2001:db8:1:3::1") != address_pseudonym(key, "2001:db8:1:2::1")
    assert address_pseudonym(key, "::ffff:203.0.113.7") == address_pseudonym(key, "203.0.113.7")
    assert address_pseudonym(key, "203.0.113.8") != address_pseudonym(key, "203.0.113.7")
    assert address_pseudonym(key, "testclient")
    assert address_pseudonym(key, None) is None


def test_ones_password_is_changed_with_the_old_one_and_every_session_ends(gate: Gate, noted: Noted) -> None:
    token = gate.sign_in.sign_in("王", PASSWORD, HOME)
    other = gate.sign_in.sign_in("王", PASSWORD, From("b" * 32))
    new = gate.sign_in.change_password("王", PASSWORD, "另一句好记的话，也记得住", HOME)
    assert gate.sessions.visit(token) is None
    assert gate.sessions.visit(other) is None
    assert gate.sessions.visit(new)
    assert noted()[-1] == ("王", "account.password", "王")
    assert "不对" in fail(gate)


def test_a_stolen_session_does_not_guess_the_password(gate: Gate) -> None:
    gate.sign_in.sign_in("王", PASSWORD, HOME)
    for _ in range(5):
        with pytest.raises(SignInError):
            gate.sign_in.change_password("王", "wrong password", "另一句好记的话，也记得住", HOME)
    with pytest.raises(ThrottledError):
        gate.sign_in.change_password("王", PASSWORD, "另一句好记的话，也记得住", HOME)


def test_the_new_password_is_another_and_not_weak(gate: Gate) -> None:
    for new in (PASSWORD, "short", "1234567890"):
        with pytest.raises(AccessError):
            gate.sign_in.change_password("王", PASSWORD, new, HOME)
