from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from qa_service import shipped
from qa_service.answer.answerer import Answerer
from qa_service.answer.calibration import read_calibration
from qa_service.answer.curated.answers import ApprovedClause, Condition, CuratedAnswer, CuratedHit, Ground, digest_of
from qa_service.answer.curated.reply import CuratedReply
from qa_service.answer.models import Answer, Origin, Reason, Status
from qa_service.answer.verdict import read_verdicts
from qa_service.clock import Clock
from qa_service.corpus.library import read_library
from qa_service.corpus.models import Passage, ValidityState
from qa_service.index.build import write_build
from qa_service.index.embedder import Embedder
from qa_service.index.engine import EmbeddedEngine
from qa_service.index.store import BuildStore
from qa_service.search.searcher import Filters, Searcher
from qa_service.service import Service
from qa_service.text.segmenter import Segmenter

FEES = "专利收费标准#实用新型和外观设计年费"
PLAN = "haimen-ip-plan#三-二-2"
DAY = date(2026, 7, 1)


class Shelf:
    """Curated answers in memory."""

    def __init__(self, *answers: CuratedAnswer) -> None:
        self.answers: tuple[CuratedAnswer, ...] = answers
        self.hits: list[CuratedHit] = []

    def active(self) -> Sequence[CuratedAnswer]:
        return self.answers

    def count(self, hit: CuratedHit) -> None:
        self.hits.append(hit)


def approve(passage: Passage, state: ValidityState = ValidityState.IN_FORCE) -> ApprovedClause:
    return ApprovedClause(passage.id, digest_of(passage.text), state)


def curated(*clauses: ApprovedClause, **fields: object) -> CuratedAnswer:
    made: dict[str, object] = {
        "id": "c-1",
        "question": "实用新型专利的年费每年多少钱",
        "wordings": ("实用新型年费怎么收",),
        "text": "第1–3年每年600元[1]。",
        "clauses": clauses,
        "approved_by": "张三",
        "approved_on": date(2026, 6, 1),
        "expires": date(2026, 12, 31),
    }
    return CuratedAnswer(**{**made, **fields})  # type: ignore[arg-type]


@pytest.fixture
def fees(service: Service) -> CuratedAnswer:
    return curated(approve(service.engine.passage(FEES)))


@pytest.fixture
def ask(service: Service, fixed_clock: Clock) -> Callable[..., Answer]:
    """Ask the shipped corpus with a shelf of curated answers."""

    def ask(shelf: Shelf, text: str, **given: object) -> Answer:
        calibration = read_calibration(shipped.calibration_file())
        reply = CuratedReply(shelf, service.searcher, calibration.same_question)
        answerer = Answerer(
            service.searcher,
            calibration.confidence,
            calibration.sentences,
            read_verdicts(shipped.verdicts_file()),
            fixed_clock,
            reply,
        )
        return answerer.ask(text, **given)  # type: ignore[arg-type]

    return ask


Ask = Callable[..., Answer]


def test_a_curated_answer_wins_word_for_word_with_its_citations(ask: Ask, fees: CuratedAnswer) -> None:
    shelf = Shelf(fees)
    answer = ask(shelf, "请问：实用新型专利的年费，每年多少钱？")
    assert (answer.status, answer.reason, answer.origin) == (Status.ANSWERED, Reason.COMPLETE, Origin.CURATED)
    assert answer.text == fees.text
    (citation,) = answer.citations
    assert (citation.n, citation.passage.id, citation.highlights, citation.score) == (1, FEES, (), 1.0)
    assert citation.validity.state is ValidityState.IN_FORCE
    assert any("由本服务整理" in notice for notice in answer.notices)
    assert shelf.hits == [CuratedHit("c-1", 1.0, exact=True)]


@pytest.mark.parametrize(
    "asked", ["实用新型年费怎么收？", "實用新型專利的年費每年多少錢", "实用新型专利的年费每年多少钱啊"]
)
def test_further_wordings_and_other_ways_to_type_it_match_exactly(ask: Ask, fees: CuratedAnswer, asked: str) -> None:
    shelf = Shelf(fees)
    assert ask(shelf, asked).origin is Origin.CURATED
    assert shelf.hits[0].exact


def test_a_question_that_means_the_same_matches_and_the_hit_says_how_near(ask: Ask, fees: CuratedAnswer) -> None:
    shelf = Shelf(fees)
    assert ask(shelf, "实用新型专利年费一年多少").origin is Origin.CURATED
    (hit,) = shelf.hits
    assert not hit.exact
    assert 0.71 <= hit.similarity < 1


@pytest.mark.parametrize(
    "asked",
    [
        "外观设计专利的年费每年多少钱",
        "实用新型专利的申请费多少钱",
        "实用新型专利的年费什么时候交",
        "实用新型专利的年费能不能减",
    ],
)
def test_a_near_question_is_answered_from_the_corpus(ask: Ask, fees: CuratedAnswer, asked: str) -> None:
    shelf = Shelf(fees)
    assert ask(shelf, asked).origin is not Origin.CURATED
    assert shelf.hits == []


def test_without_a_measured_threshold_only_the_same_words_match(service: Service, fees: CuratedAnswer) -> None:
    reply = CuratedReply(Shelf(fees), service.searcher, None)
    understand = service.searcher.understand
    assert reply.to(understand("实用新型专利的年费每年多少钱？", DAY), DAY, None)
    assert reply.to(understand("实用新型专利年费一年多少", DAY), DAY, None) is None


def test_a_slip_is_put_right_and_said(ask: Ask, service: Service) -> None:
    answer = curated(approve(service.engine.passage(FEES)), question="专利质押融资能贴息吗")
    given = ask(Shelf(answer), "专利质压融资能贴息吗")
    assert given.origin is Origin.CURATED
    assert given.understood == "专利质押融资能贴息吗"


def test_a_greeting_stays_a_greeting(ask: Ask, fees: CuratedAnswer) -> None:
    assert ask(Shelf(replace(fees, question="你好")), "你好").status is Status.SMALLTALK


@pytest.mark.parametrize(
    ("as_of", "origin"),
    [
        (date(2026, 5, 31), Origin.EXTRACTED),
        (date(2026, 6, 1), Origin.CURATED),
        (date(2026, 12, 31), Origin.CURATED),
        (date(2027, 1, 1), Origin.EXTRACTED),
        (None, Origin.CURATED),
    ],
)
def test_it_is_given_from_its_approval_to_its_last_day(
    ask: Ask, fees: CuratedAnswer, as_of: date | None, origin: Origin
) -> None:
    assert ask(Shelf(fees), fees.question, as_of=as_of).origin is origin


def test_it_expires_by_the_clock(ask: Ask, fees: CuratedAnswer) -> None:
    # The clock stands at 2026-07-01.
    assert ask(Shelf(replace(fees, expires=date(2026, 7, 1))), fees.question).origin is Origin.CURATED
    assert ask(Shelf(replace(fees, expires=date(2026, 6, 30))), fees.question).origin is Origin.EXTRACTED


@pytest.mark.parametrize(
    ("filters", "origin"),
    [
        (Filters(), Origin.CURATED),
        (Filters(document_ids=("专利收费标准",)), Origin.CURATED),
        (Filters(document_ids=("专利收费标准", "haimen-ip-plan")), Origin.CURATED),
        (Filters(document_ids=("haimen-ip-plan",)), None),
        (Filters(levels=("海门区",)), None),
        (Filters(in_force=True), Origin.CURATED),
    ],
)
def test_it_is_given_only_where_all_it_cites_is_looked_in(
    ask: Ask, fees: CuratedAnswer, filters: Filters, origin: Origin | None
) -> None:
    given = ask(Shelf(fees), fees.question, filters=filters).origin
    assert (given is Origin.CURATED) is (origin is Origin.CURATED)


def test_a_plan_whose_period_was_over_when_it_was_approved_still_answers_with_its_notice(
    ask: Ask, service: Service
) -> None:
    clause = approve(service.engine.passage(PLAN), ValidityState.PERIOD_OVER)
    answer = ask(Shelf(curated(clause, question="质押金额目标", text="累计15亿元[1]。")), "质押金额目标？")
    assert answer.origin is Origin.CURATED
    assert any("已于2025年12月31日届满" in notice for notice in answer.notices)
    # Approved while the plan ran, it has to be looked at again.
    running = curated(approve(service.engine.passage(PLAN)), question="质押金额目标", text="累计15亿元[1]。")
    assert ask(Shelf(running), "质押金额目标？").origin is Origin.EXTRACTED


def test_of_two_answers_the_first_that_may_be_given_is(ask: Ask, fees: CuratedAnswer) -> None:
    over = replace(fees, id="c-0", text="旧的[1]。", expires=date(2026, 6, 30))
    assert ask(Shelf(over, fees), fees.question).text == fees.text


def test_answers_that_change_are_seen(ask: Ask, service: Service, fees: CuratedAnswer) -> None:
    shelf = Shelf(fees)
    reply = CuratedReply(shelf, service.searcher, 0.7)
    question = service.searcher.understand(fees.question, DAY)
    assert reply.to(question, DAY, None) is not None
    shelf.answers = ()
    assert reply.to(question, DAY, None) is None
    shelf.answers = (replace(fees, text="新的[1]。"),)
    assert (given := reply.to(question, DAY, None))
    assert given.text == "新的[1]。"


# What happens to the clauses.


@pytest.fixture
def ground(tiny_corpus: Path, tmp_path: Path, segmenter: Segmenter, hash_embedder: Embedder) -> Callable[[], Ground]:
    """Build the tiny corpus as it now is, and return it as ground for curated answers."""
    numbers = iter(range(10))

    def build() -> Ground:
        library = read_library(tiny_corpus)
        store = BuildStore(tmp_path / f"index{next(numbers)}")
        engine = EmbeddedEngine(write_build(library, segmenter, hash_embedder, store))
        weights = read_calibration(shipped.calibration_file()).ranking
        return CuratedReply(Shelf(), Searcher(library, engine, hash_embedder, segmenter, weights), None).ground

    return build


def third(ground: Ground) -> CuratedAnswer:
    passage = ground.passage("test-law#第三条")
    assert passage
    return curated(ground.clause(passage, DAY), question="发明专利资助多少", text="每件一万元[1]。")


def rewrite(corpus: Path, old: str, new: str) -> None:
    path = corpus / "laws" / "test-law.md"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_an_unchanged_clause_keeps_an_answer_in_use(ground: Callable[[], Ground], tiny_corpus: Path) -> None:
    answer = third(ground())
    rewrite(tiny_corpus, "费用为二百元", "费用为三百元")  # another article
    assert ground().condition(answer, DAY) is Condition.IN_USE


def test_a_clause_with_another_text_stops_the_answer(ground: Callable[[], Ground], tiny_corpus: Path) -> None:
    answer = third(ground())
    rewrite(tiny_corpus, "每件资助一万元", "每件资助五千元")
    after = ground()
    assert after.condition(answer, DAY) is Condition.CHANGED
    assert after.changes(answer, DAY) == ("[1] 《示例市专利促进条例》第三条的文字有变化",)


def test_a_clause_that_is_gone_stops_the_answer(ground: Callable[[], Ground], tiny_corpus: Path) -> None:
    answer = third(ground())
    rewrite(tiny_corpus, "第三条 对授权的发明专利，每件资助一万元。", "第四条 对授权的发明专利，每件资助一万元。")
    after = ground()
    assert after.condition(answer, DAY) is Condition.CHANGED
    assert "test-law#第三条 已不在语料里" in after.changes(answer, DAY)[0]


def test_a_new_version_stops_the_answer_from_its_first_day_on(ground: Callable[[], Ground], tiny_corpus: Path) -> None:
    answer = replace(third(ground()), expires=date(2030, 1, 1))
    law = (tiny_corpus / "laws" / "test-law.md").read_text("utf-8")
    newer = law.replace("id: test-law", "id: test-law-2026").replace("2020-05-01", "2026-09-01")
    (tiny_corpus / "laws" / "newer.md").write_text(newer, "utf-8")
    after = ground()
    assert after.condition(answer, date(2026, 8, 31)) is Condition.IN_USE
    assert after.condition(answer, date(2026, 9, 1)) is Condition.CHANGED
    assert "已修改" in after.changes(answer, date(2026, 9, 1))[0]


def test_withdrawn_and_expired_come_before_changed(ground: Callable[[], Ground], tiny_corpus: Path) -> None:
    answer = third(ground())
    rewrite(tiny_corpus, "一万元", "两万元")
    after = ground()
    assert after.condition(replace(answer, withdrawn=True), DAY) is Condition.WITHDRAWN
    assert after.condition(answer, date(2027, 1, 1)) is Condition.EXPIRED
