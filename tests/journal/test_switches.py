import logging

import pytest

from qa_service.clock import Clock
from qa_service.errors import SwitchError
from qa_service.journal.audit import AuditTrail
from qa_service.journal.database import Journal
from qa_service.journal.exchange import Channel
from qa_service.journal.switches import ANSWERS, LLM, NAMES, Switches, SwitchStore
from tests.clocks import Seconds
from tests.databases import in_a_file


@pytest.fixture
def store(journal: Journal, fixed_clock: Clock) -> SwitchStore:
    return SwitchStore(journal, fixed_clock)


def test_what_is_switched_off_is_off_until_it_is_switched_on_and_both_are_noted(
    store: SwitchStore, journal: Journal, fixed_clock: Clock
) -> None:
    store.switch_off(LLM, "王", "费用超了", "")
    store.switch_off(ANSWERS, "王", "演练", "今天演练，明天恢复。")
    store.switch_off(ANSWERS, "李", "还在演练", "今天演练，后天恢复。")
    assert [(off.name, off.by, off.message) for off in store.off()] == [
        (ANSWERS, "李", "今天演练，后天恢复。"),
        (LLM, "王", ""),
    ]
    store.switch_on(ANSWERS, "李", "演练完了")
    store.switch_on(ANSWERS, "李", "演练完了")
    assert [off.name for off in store.off()] == [LLM]
    noted = [(e.actor, e.action, e.subject, e.comment) for e in AuditTrail(journal, fixed_clock).entries()]
    assert noted == [
        ("李", "switch.on", ANSWERS, "演练完了"),
        ("李", "switch.off", ANSWERS, "还在演练"),
        ("王", "switch.off", ANSWERS, "演练"),
        ("王", "switch.off", LLM, "费用超了"),
    ]


@pytest.mark.parametrize(("name", "comment", "said"), [("everything", "演练", "everything"), (LLM, "  ", "为什么")])
def test_a_switch_that_does_not_exist_or_no_reason_is_refused(
    store: SwitchStore, name: str, comment: str, said: str
) -> None:
    with pytest.raises(SwitchError, match=said):
        store.switch_off(name, "王", comment)
    with pytest.raises(SwitchError, match=said):
        store.switch_on(name, "王", comment)
    assert store.off() == ()


def test_every_channel_has_a_switch() -> None:
    assert {f"channel:{channel}" for channel in Channel} | {ANSWERS, LLM} == set(NAMES)
    assert max(map(len, NAMES)) <= 32


def test_another_process_knows_within_a_second(journal: Journal, fixed_clock: Clock) -> None:
    seconds = Seconds()
    here, there = Switches(SwitchStore(journal, fixed_clock), seconds), SwitchStore(journal, fixed_clock)
    assert here.closed(Channel.API) is None
    there.switch_off(ANSWERS, "王", "演练")
    assert here.closed(Channel.API) is None
    seconds.now += 1
    assert here.closed(Channel.API)
    assert here.closed(Channel.DESK) is None
    there.switch_on(ANSWERS, "王", "完了")
    there.switch_off("channel:mcp", "王", "滥用")
    seconds.now += 1
    assert here.closed(Channel.API) is None
    closed = here.closed(Channel.MCP)
    assert closed
    assert closed.comment == "滥用"


@in_a_file
def test_without_a_journal_all_is_on_and_none_is_made(journal: Journal, fixed_clock: Clock) -> None:
    assert Switches(SwitchStore(journal, fixed_clock)).off(ANSWERS) is None
    assert not journal.exists()


@in_a_file
def test_where_the_journal_goes_bad_what_was_known_last_holds_and_that_is_said_once(
    journal: Journal, store: SwitchStore, caplog: pytest.LogCaptureFixture
) -> None:
    seconds = Seconds()
    switches = Switches(store, seconds)
    store.switch_off(ANSWERS, "王", "演练")
    assert switches.off(ANSWERS)
    assert journal.file
    for path in journal.file.parent.glob("journal.db*"):
        path.write_bytes(b"damaged " * 2000)
    with caplog.at_level(logging.WARNING):
        for _ in range(4):
            seconds.now += 20
            assert switches.off(ANSWERS)
    assert len(caplog.records) == 1
