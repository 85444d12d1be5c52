import pytest

from qa_service.clock import Clock
from qa_service.journal.audit import AuditTrail, command_line_actor
from qa_service.journal.database import Journal


def test_what_was_noted_is_read_page_by_page_the_latest_first(journal: Journal, fixed_clock: Clock) -> None:
    trail = AuditTrail(journal, fixed_clock)
    for number in range(5):
        trail.note("王", "switch.off", f"s{number}", "演练")
    first = trail.entries(most=3)
    assert [entry.subject for entry in first] == ["s4", "s3", "s2"]
    assert [entry.subject for entry in trail.entries(most=3, before=first[-1].id)] == ["s1", "s0"]
    assert first[0].at == fixed_clock()
    assert (first[0].actor, first[0].action, first[0].comment) == ("王", "switch.off", "演练")


def test_a_change_that_fails_is_not_noted(journal: Journal, fixed_clock: Clock) -> None:
    trail = AuditTrail(journal, fixed_clock)

    def change() -> None:
        with journal.writing() as session:
            trail.note_in(session, "王", "switch.off", "answers")
            raise KeyError

    with pytest.raises(KeyError):
        change()
    assert trail.entries() == ()


def test_a_name_longer_than_its_column_is_cut(journal: Journal, fixed_clock: Clock) -> None:
    trail = AuditTrail(journal, fixed_clock)
    trail.note("王" * 300, "a.b", "文" * 900)
    (entry,) = trail.entries()
    assert (len(entry.actor), len(entry.subject)) == (100, 200)


def test_who_uses_the_command_line_has_a_name() -> None:
    assert command_line_actor().startswith("cli:")
    assert len(command_line_actor()) > 4
