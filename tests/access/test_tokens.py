from typing import Any
from unittest.mock import patch

import pytest

from qa_service.access.gate import Gate
from qa_service.access.scope import Scope
from qa_service.access.staff import Role, Staff
from qa_service.errors import AccessError, NotFoundError

PASSWORD = "一句好记的话，我记得住"


def owner(gate: Gate, role: Role = Role.ADMIN) -> Staff:
    gate.accounts.add("王", role, "x", password=PASSWORD)
    return Staff("王", role)


def test_a_token_is_who_it_says_until_it_expires(gate: Gate, hands: Any) -> None:
    made = gate.tokens.add("统计", [Scope.JOURNAL_READ], "cli:root")
    assert made.text not in repr(made)
    holder = gate.tokens.holder(made.text)
    assert holder
    assert holder.scopes == {Scope.JOURNAL_READ}
    assert holder.may(Role.READER, Scope.JOURNAL_READ)
    assert not holder.may(Role.READER, Scope.CURATED_READ)
    assert not holder.may(Role.EDITOR, Scope.JOURNAL_READ)
    assert not holder.may(Role.READER, None)
    hands.move(days=89)
    assert gate.tokens.holder(made.text)
    hands.move(days=1)
    assert gate.tokens.holder(made.text) is None


@pytest.mark.parametrize("change", ["", "x", "qas_", lambda t: t[:-1], lambda t: t + "x", lambda t: t.upper()])
def test_what_is_not_just_the_token_opens_nothing(gate: Gate, change: Any) -> None:
    text = gate.tokens.add("统计", [Scope.JOURNAL_READ], "x").text
    assert gate.tokens.holder(change(text) if callable(change) else change) is None
    swapped = text[:17] + ("a" if text[17] != "a" else "b") + text[18:]
    assert gate.tokens.holder(swapped) is None


def test_a_revoked_token_opens_nothing(gate: Gate) -> None:
    made = gate.tokens.add("统计", [Scope.JOURNAL_READ], "x")
    gate.tokens.revoke(made.token.id, "王", "不用了")
    assert gate.tokens.holder(made.text) is None
    with pytest.raises(AccessError, match="已经吊销"):
        gate.tokens.revoke(made.token.id, "王")
    with pytest.raises(NotFoundError):
        gate.tokens.revoke("0" * 12, "王")


def test_a_token_never_may_more_than_its_owner(gate: Gate) -> None:
    admin = owner(gate)
    gate.accounts.add("李", Role.ADMIN, "x", password=PASSWORD)
    made = gate.tokens.add("导入", [Scope.DOCUMENTS_WRITE], "王", role=Role.EDITOR, owner=admin)
    gate.accounts.change_role("王", Role.READER, "x")
    holder = gate.tokens.holder(made.text)
    assert holder
    assert holder.role is Role.READER
    with pytest.raises(AccessError, match="不能发"):
        gate.tokens.add("导入", [Scope.DOCUMENTS_WRITE], "王", role=Role.EDITOR, owner=Staff("王", Role.READER))


def test_use_is_written_at_most_once_a_minute(gate: Gate, hands: Any) -> None:
    made = gate.tokens.add("统计", [Scope.JOURNAL_READ], "x")
    with patch.object(gate.tokens, "_note_used", wraps=gate.tokens._note_used) as note:
        for _ in range(10):
            gate.tokens.holder(made.text)
            hands.move(seconds=12)
    assert note.call_count == 2
    (listed,) = gate.tokens.list()
    assert listed.used_at


@pytest.mark.parametrize(
    "given", [{"name": " "}, {"name": "x" * 65}, {"scopes": []}, {"days": 0}, {"days": 366}, {"name": "a\nb"}]
)
def test_what_cannot_be_a_token_is_refused(gate: Gate, given: dict[str, Any]) -> None:
    wanted = {"name": "统计", "scopes": [Scope.JOURNAL_READ], "by": "x", **given}
    with pytest.raises(AccessError):
        gate.tokens.add(wanted.pop("name"), wanted.pop("scopes"), wanted.pop("by"), **wanted)
