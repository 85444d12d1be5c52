from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from qa_service.answer.models import Answer
from qa_service.answer.notices import validity_in_words
from qa_service.service import Service, open_service
from qa_service.settings import Settings

OLD = """---
id: old
title: 某市商标办法
form: full_text
kind: 办法
effective: 2019-11-01
---
第一条 为了管理商标，制定本办法。

第二条 商标异议期为三个月。
"""
NEW = """---
id: new
title: 某市商标办法（2026修订）
aliases: [新商标办法]
form: notes
kind: 办法
effective: 2027-01-01
supersedes: [old]
---
## 第一条 目的
- 管理商标。

## 第二条 异议期
- 商标异议期为两个月。
"""


@pytest.fixture
def versions(tmp_path: Path) -> Service:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "old.md").write_text(OLD, "utf-8")
    (tmp_path / "corpus" / "new.md").write_text(NEW, "utf-8")
    return open_service(Settings(corpus_dir=tmp_path / "corpus", index_dir=tmp_path / "index"))


def ask(service: Service, text: str, day: date) -> Answer:
    return service.answerer.ask(text, as_of=day)


def test_before_the_change_the_old_text_answers_and_the_change_is_announced(versions: Service) -> None:
    answer = ask(versions, "商标异议期为多久", date(2026, 12, 31))
    assert "三个月" in answer.text
    assert {c.document.id for c in answer.citations} == {"old"}
    assert any("自2027年1月1日起由《某市商标办法（2026修订）》取代" in notice for notice in answer.notices)


def test_from_the_day_of_the_change_the_new_text_answers(versions: Service) -> None:
    answer = ask(versions, "商标异议期为多久", date(2027, 1, 1))
    assert "两个月" in answer.text
    assert {c.document.id for c in answer.citations} == {"new"}
    assert not any("取代" in notice for notice in answer.notices)


def test_who_names_the_coming_version_gets_it_with_a_warning(versions: Service) -> None:
    answer = ask(versions, "新商标办法的异议期为多久", date(2026, 12, 31))
    assert "new" in {c.document.id for c in answer.citations}
    assert any("尚未施行" in notice for notice in answer.notices)


def test_notes_are_never_passed_off_as_the_wording_of_the_law(versions: Service) -> None:
    answer = ask(versions, "商标异议期为多久", date(2027, 1, 1))
    assert any("要点整理，非法条原文" in notice for notice in answer.notices)


def closing(service: Service, text: str, day: date) -> str:
    """What is said of validity behind the sentences of an answer."""
    answer = ask(service, text, day)
    return validity_in_words([c for c in answer.citations if f"[{c.n}]" in answer.text])


def test_a_change_to_come_is_said_in_words_behind_the_answer(versions: Service) -> None:
    said = closing(versions, "商标异议期为多久", date(2026, 12, 31))
    assert said == "（《某市商标办法》将自2027年1月1日起由《某市商标办法（2026修订）》取代。）[1]"
    assert ask(versions, "商标异议期为多久", date(2026, 12, 31)).text.endswith(said)


def test_of_a_text_in_force_nothing_is_said(versions: Service) -> None:
    assert closing(versions, "商标异议期为多久", date(2027, 1, 1)) == ""
    assert validity_in_words([]) == ""


def test_of_a_text_not_yet_in_force_that_is_said_first_of_all(versions: Service) -> None:
    said = closing(versions, "新商标办法的异议期为多久", date(2026, 12, 31))
    assert said.startswith("（注意：《某市商标办法（2026修订）》尚未施行")


def test_a_document_is_spoken_of_once_with_its_first_number(versions: Service) -> None:
    (first, *_) = ask(versions, "商标异议期为多久", date(2026, 12, 31)).citations
    again = replace(first, n=2)
    assert validity_in_words([first, again]) == validity_in_words([first])


def test_a_plan_whose_period_is_over_is_said_to_be_over(service: Service) -> None:
    assert closing(service, "知识产权质押金额目标是多少", date(2026, 7, 1)) == "（规划期为2021—2025年，已届满。）[1]"
    assert closing(service, "知识产权质押金额目标是多少", date(2024, 7, 1)) == ""
