from qa_service.clock import Clock
from qa_service.journal.audit import AuditTrail
from qa_service.journal.database import Journal
from qa_service.journal.import_log import ImportLog


def test_batches_are_noted_when_they_come_and_when_they_go(journal: Journal, fixed_clock: Clock) -> None:
    log = ImportLog(journal, fixed_clock)
    log.imported("b-1", "王", ["a-law", "b-law"], ["a.docx", "https://example.org/b"])
    log.imported("b-2", "王", ["c-law"], ["c.pdf"])
    log.undone("b-1", "李")
    log.undone("b-0", "李")
    found = {batch.id: batch for batch in log.batches()}
    assert found.keys() == {"b-1", "b-2"}
    assert found["b-1"].documents == ("a-law", "b-law")
    assert found["b-1"].sources == ("a.docx", "https://example.org/b")
    assert found["b-1"].undone_at == fixed_clock()
    assert found["b-2"].undone_at is None
    noted = [(entry.actor, entry.action, entry.subject) for entry in AuditTrail(journal, fixed_clock).entries()]
    assert noted == [
        ("李", "import.undo", "b-0"),
        ("李", "import.undo", "b-1"),
        ("王", "import.add", "b-2"),
        ("王", "import.add", "b-1"),
    ]
