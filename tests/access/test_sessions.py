from typing import Any
from unittest.mock import patch

import pytest

from qa_service.access.gate import Gate
from qa_service.access.seal import Seal, digest
from qa_service.access.sessions import Visit
from qa_service.access.sign_in import From
from qa_service.access.staff import Role
from qa_service.errors import JournalError, NotFoundError
from qa_service.secret_key import SecretKey

PASSWORD = "一句好记的话，我记得住"
HOME, OFFICE = From("a" * 32, "Firefox"), From("b" * 32, "Edge" * 100)


@pytest.fixture
def token(gate: Gate) -> str:
    gate.accounts.add("王", Role.EDITOR, "x", password=PASSWORD)
    return gate.sign_in.sign_in("王", PASSWORD, HOME)


def visit_of(gate: Gate, token: str) -> Visit:
    visit = gate.sessions.visit(token)
    assert visit
    return visit


def test_a_session_says_whose_it_is_and_does_not_show_its_token(gate: Gate, token: str) -> None:
    visit = visit_of(gate, token)
    assert (visit.staff.name, visit.staff.role, visit.staff.scopes) == ("王", Role.EDITOR, None)
    assert token not in repr(visit)
    assert gate.sessions.visit(token + "x") is None
    assert gate.sessions.visit(digest(token)) is None


def test_a_session_ends_when_nothing_is_done(gate: Gate, token: str, hands: Any) -> None:
    hands.move(minutes=59)
    assert gate.sessions.visit(token)
    hands.move(minutes=59)
    assert gate.sessions.visit(token)
    hands.move(minutes=61)
    assert gate.sessions.visit(token) is None


def test_a_session_ends_however_busy(gate: Gate, token: str, hands: Any) -> None:
    for _ in range(23):
        hands.move(minutes=30)
        assert gate.sessions.visit(token)
    hands.move(minutes=30)
    assert gate.sessions.visit(token) is None


def test_use_is_written_at_most_once_a_minute(gate: Gate, token: str, hands: Any) -> None:
    with patch.object(gate.sessions, "_note_seen", wraps=gate.sessions._note_seen) as note:
        for _ in range(10):
            gate.sessions.visit(token)
            hands.move(seconds=12)
    assert note.call_count == 1


def test_who_can_be_read_of_is_let_in_though_use_cannot_be_written(
    gate: Gate, token: str, hands: Any, caplog: pytest.LogCaptureFixture
) -> None:
    hands.move(minutes=2)
    with patch.object(gate.sessions._journal, "writing", side_effect=JournalError("满了")):
        assert gate.sessions.visit(token)
    assert "满了" in caplog.text


def test_signing_in_makes_another_session_and_ends_the_one_the_browser_had(gate: Gate, token: str) -> None:
    again = gate.sign_in.sign_in("王", PASSWORD, HOME, instead_of=token)
    assert again != token
    assert gate.sessions.visit(token) is None
    assert gate.sessions.visit(again)


def test_ones_sessions_are_listed_and_ended_one_by_one_or_all_others(gate: Gate, token: str, hands: Any) -> None:
    hands.move(minutes=1)
    second, third = gate.sign_in.sign_in("王", PASSWORD, OFFICE), gate.sign_in.sign_in("王", PASSWORD, OFFICE)
    listed = gate.accounts.sessions("王")
    assert len(listed) == 3
    assert {session.address for session in listed} == {"a" * 8, "b" * 8}
    assert max(len(session.agent) for session in listed) == 200
    gate.accounts.revoke("王", "王", only=visit_of(gate, second).session_id)
    assert gate.sessions.visit(second) is None
    assert gate.accounts.revoke("王", "王", besides=visit_of(gate, third).session_id) == 1
    assert gate.sessions.visit(token) is None
    assert gate.sessions.visit(third)


def test_nobody_ends_the_session_of_another_by_its_id(gate: Gate, token: str) -> None:
    gate.accounts.add("李", Role.READER, "x", password=PASSWORD)
    with pytest.raises(NotFoundError):
        gate.accounts.revoke("李", "李", only=visit_of(gate, token).session_id)
    with pytest.raises(NotFoundError):
        gate.accounts.revoke("王", "王", only="%")
    assert gate.sessions.visit(token)


def test_signing_out_ends_the_session(gate: Gate, token: str) -> None:
    gate.sign_in.sign_out("王", token)
    assert gate.sessions.visit(token) is None


def test_what_another_installation_sealed_opens_nothing() -> None:
    mine, other = Seal(SecretKey(b"m" * 32)), Seal(SecretKey(b"o" * 32))
    assert mine.opened(mine.sealed("abc")) == "abc"
    assert mine.opened(other.sealed("abc")) is None
    assert mine.opened(mine.sealed("abc")[:-1]) is None
    assert mine.opened(mine.form()) is None  # sealed for something else
    assert mine.is_form(form := mine.form(), form)
    assert not mine.is_form(mine.form(), mine.form())
    assert not mine.is_form("", "")
    assert not mine.is_form(form := other.form(), form)
    assert mine.is_csrf(mine.csrf("abc"), "abc")
    assert not mine.is_csrf(mine.csrf("abd"), "abc")
    assert not mine.is_csrf("汉字\udcff", "abc")
