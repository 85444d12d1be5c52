from datetime import date
from pathlib import Path

import pytest

from qa_service.corpus.library import read_library
from qa_service.corpus.models import ValidityState
from qa_service.desk.imports.rehearsal import effects_of, read_corpus, rehearsed
from qa_service.errors import CorpusError

TODAY = date(2026, 7, 1)
NEWER = """---
id: new-law
title: 示例市专利促进条例
form: full_text
effective: 2027-01-01
---
# 示例市专利促进条例

第一条 对授权的发明专利，每件资助两万元。
"""


def test_a_corpus_is_seen_as_it_would_be_and_stays_as_it_is(tiny_corpus: Path) -> None:
    before = read_library(tiny_corpus).fingerprint
    after = rehearsed(tiny_corpus, {"new-law.md": NEWER})
    assert set(after.documents) == {"test-law", "new-law"}
    assert read_library(tiny_corpus).fingerprint == before
    assert not (tiny_corpus / "imported").exists()


def test_what_changes_later_is_said_with_its_day(tiny_corpus: Path) -> None:
    effects = effects_of(read_corpus(tiny_corpus), rehearsed(tiny_corpus, {"new-law.md": NEWER}), TODAY)
    assert [d.id for d in effects.added] == ["new-law"]
    (change,) = effects.validity
    assert (change.document.id, change.since) == ("test-law", date(2027, 1, 1))
    assert (change.before.state, change.after.state) == (ValidityState.IN_FORCE, ValidityState.AMENDED)


def test_what_goes_is_seen_to_be_gone(tiny_corpus: Path) -> None:
    (tiny_corpus / "imported").mkdir()
    (tiny_corpus / "imported" / "new-law.md").write_text(NEWER, "utf-8")
    effects = effects_of(read_corpus(tiny_corpus), rehearsed(tiny_corpus, {"new-law.md": None}), TODAY)
    assert [d.id for d in effects.removed] == ["new-law"]
    assert [c.after.state for c in effects.validity] == [ValidityState.IN_FORCE]


def test_a_corpus_that_could_not_be_read_is_refused_under_its_own_name(tiny_corpus: Path) -> None:
    with pytest.raises(CorpusError, match="已被另一份文件使用") as refused:
        rehearsed(tiny_corpus, {"other.md": NEWER.replace("new-law", "test-law")})
    assert str(tiny_corpus) in str(refused.value)
    (tiny_corpus / "laws" / "test-law.md").unlink()
    with pytest.raises(CorpusError, match="没有文件"):
        rehearsed(tiny_corpus, {})
