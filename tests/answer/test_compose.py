from dataclasses import replace

from qa_service.answer.compose import choose_sentences, spoken
from qa_service.answer.extract import Sentence, SentenceSignals
from qa_service.corpus.models import Passage
from qa_service.search.expected import Expected
from qa_service.search.question import Question
from qa_service.search.ranking import NOTHING, Features
from qa_service.search.searcher import Hit
from qa_service.text.sentences import sentence_spans


def sentences(text: str, *scores: float, passage: str = "d#a", heading: str = "标题") -> list[Sentence]:
    """The sentences of one passage, with their scores; each tells of its own words."""
    found = Passage(passage, "d", "一", (heading,), heading, text, 0, len(text))
    hit = Hit(found, 1.0, NOTHING, Features(*[0.0] * len(Features._fields)), {}, ())
    spans = sentence_spans(text)
    kinds = SentenceSignals(0, 0, 0, 0, 1)
    return [
        Sentence(hit, span, kinds, score, {span.of(text)[:2]: 1.0}) for span, score in zip(spans, scores, strict=True)
    ]


def asking(*kinds: Expected, normal: str = "问") -> Question:
    """A question of which nothing is known but what it asks for."""
    return Question(normal, (), normal, (), (), normal, (), kinds, frozenset(), (), frozenset(), frozenset(), None)


A_SUM = asking(Expected.AMOUNT)
SUMS = asking(Expected.AMOUNT, normal="各多少钱")
A_BODY = asking(Expected.CONTACT)


def texts(ranked: list[Sentence], question: Question = A_BODY, fits: str = "") -> list[str]:
    choice = choose_sentences(ranked, lambda s: fits in s.text, question)
    return [s.text for s in choice.sentences] if choice else []


def test_the_likeliest_sentence_is_said_alone_when_the_others_are_far_behind() -> None:
    assert texts(sentences("甲甲甲甲。甲甲乙乙。", 9.0, 1.0)) == ["甲甲甲甲。"]


def test_sentences_of_a_passage_are_said_as_they_stand() -> None:
    assert texts(sentences("甲甲甲甲。乙乙乙乙。", 2.0, 2.5)) == ["甲甲甲甲。", "乙乙乙乙。"]


def test_a_heading_is_never_said_as_an_answer() -> None:
    assert texts(sentences("——标题。甲甲甲甲。", 9.0, 1.0)) == ["甲甲甲甲。"]


def test_a_sentence_that_gives_what_is_asked_comes_first_if_it_is_not_unlikely() -> None:
    assert texts(sentences("甲甲甲甲。乙乙5元。", 3.0, 2.0), A_SUM, fits="5元") == ["乙乙5元。"]


def test_a_figure_from_an_unlikely_sentence_is_not_promoted() -> None:
    assert texts(sentences("甲甲甲甲。乙乙5元。", 9.0, 1.0), A_SUM, fits="5元")[0] == "甲甲甲甲。"


def test_of_several_figures_two_passages_give_one_each() -> None:
    both = [*sentences("甲甲25件。", 5.0), *sentences("甲甲40件。", 3.0, passage="d#b")]
    assert texts(both, SUMS, fits="件") == ["甲甲25件。", "甲甲40件。"]
    assert texts(both, A_SUM, fits="件") == ["甲甲25件。"]


def test_the_second_of_several_figures_is_one_not_said_yet() -> None:
    both = [
        *sentences("甲甲25件。", 5.0),
        *sentences("乙乙也是25件。", 4.0, passage="d#b"),
        *sentences("丙丙40件。", 3.0, passage="d#c"),
    ]
    assert texts(both, SUMS, fits="件")[:2] == ["甲甲25件。", "丙丙40件。"]


def test_a_clause_beside_on_the_same_matter_gives_what_the_best_does_not() -> None:
    found = [*sentences("甲甲甲甲。", 9.0), *sentences("乙乙5元。", 1.0, passage="d#b")]
    told = [replace(s, signals=s.signals._replace(overlap=share)) for s, share in zip(found, (0.6, 0.5), strict=True)]
    assert texts(told, A_SUM, fits="5元") == ["乙乙5元。"]
    far = [told[0], replace(told[1], signals=told[1].signals._replace(overlap=0.1))]
    assert texts(far, A_SUM, fits="5元")[0] == "甲甲甲甲。"


def test_a_notice_of_issue_is_no_answer() -> None:
    assert texts(sentences("办公室关于印发\n《某规划》的通知\n甲甲甲甲。", 9.0, 8.0, 1.0)) == ["甲甲甲甲。"]


def test_a_sentence_of_another_passage_that_only_repeats_the_figures_is_not_said() -> None:
    again = [*sentences("甲甲25年。", 3.0), *sentences("乙乙25年。", 2.9, passage="d#b")]
    assert texts(again) == ["甲甲25年。"]
    other = [*sentences("甲甲25年。", 3.0), *sentences("乙乙20年。", 2.9, passage="d#b")]
    assert texts(other) == ["甲甲25年。", "乙乙20年。"]


def test_the_clause_is_said_in_place_of_what_a_guide_says_the_same() -> None:
    found = [*sentences("指南说25年。", 3.0), *sentences("条文写25年。", 2.0, passage="d#b")]
    choice = choose_sentences(found, lambda s: True, A_SUM, is_clause=lambda s: s.hit.passage.id == "d#b")
    assert choice
    assert [s.text for s in choice.sentences] == ["条文写25年。"]


def test_another_figure_is_no_ground_for_the_one_that_answers() -> None:
    found = [*sentences("指南说25年。", 3.0), *sentences("条文写5元。", 2.0, passage="d#b")]
    choice = choose_sentences(found, lambda s: True, A_SUM, is_clause=lambda s: s.hit.passage.id == "d#b")
    assert choice
    assert [s.text for s in choice.sentences] == ["指南说25年。"]


def test_of_a_figure_the_other_cases_of_its_passage_are_said_as_they_stand() -> None:
    found = sorted(sentences("第1年600元。第2年900元。其他900元。", 1.0, 9.0, 0.5), key=lambda s: -s.score)
    alike = [replace(s, tells={"年费": 1.0} if "第" in s.text else {}) for s in found]
    choice = choose_sentences(alike, lambda s: True, A_SUM)
    assert choice
    assert [s.text for s in choice.sentences] == ["第1年600元。", "第2年900元。"]
    assert [s.text for s in choice.beside] == ["第1年600元。"]


def test_a_case_that_gives_the_same_figure_or_not_what_is_asked_is_no_other_case() -> None:
    found = [replace(s, tells={}) for s in sentences("甲600元。乙600元。丙900件。", 9.0, 1.0, 0.5)]
    choice = choose_sentences(found, lambda s: "元" in s.text, A_SUM)
    assert choice
    assert choice.beside == ()


def test_without_sentences_nothing_is_said() -> None:
    assert texts([]) == []


def test_the_mark_that_numbers_a_sentence_is_not_said() -> None:
    assert [spoken(t) for t in ("2.质押15亿元。", "——坚持改革。", "- 罚款。", "20.33件")] == [
        "质押15亿元。",
        "坚持改革。",
        "罚款。",
        "20.33件",
    ]


def entry(text: str, *scores: float, kind: Expected = Expected.LIST) -> list[str]:
    ranked = sorted(sentences(text, *scores), key=lambda s: -s.score)
    choice = choose_sentences(ranked, lambda s: True, asking(kind))
    return [s.text.strip() for s in choice.sentences] if choice else []


def test_of_a_list_that_answers_the_other_lines_are_said_too() -> None:
    assert entry("- 甲甲甲甲。- 乙乙乙乙。- 丙丙丙丙。", 9.0, 1.0, 0.0) == [
        "- 甲甲甲甲。",
        "- 乙乙乙乙。",
        "- 丙丙丙丙。",
    ]


def test_who_asks_yes_or_no_gets_no_line_that_hardly_answers() -> None:
    assert entry("- 甲甲甲甲。- 乙乙乙乙。- 丙丙丙丙。", 9.0, 8.5, 0.0, kind=Expected.YES_NO) == [
        "- 甲甲甲甲。",
        "- 乙乙乙乙。",
    ]


def test_a_long_list_is_cut_to_the_lines_that_fit() -> None:
    lines = entry("".join(f"- {c * 120}。" for c in "甲乙丙丁"), 9.0, 1.0, 3.0, 2.0)
    assert [line[2] for line in lines] == ["甲", "丙"]


def test_the_line_that_answers_is_heard_first_but_steps_keep_their_order() -> None:
    assert entry("- 甲甲甲甲。- 乙乙乙乙。", 1.0, 9.0) == ["- 乙乙乙乙。", "- 甲甲甲甲。"]
    assert entry("- 第一步，甲。- 第二步，乙。", 1.0, 9.0) == ["- 第一步，甲。", "- 第二步，乙。"]


def test_a_sentence_that_announces_items_is_said_with_them() -> None:
    assert entry("有下列情形之一的：\n（一）甲甲；\n（二）乙乙。", 9.0, 1.0, 2.0) == [
        "有下列情形之一的：",
        "（一）甲甲；",
        "（二）乙乙。",
    ]


def test_what_is_no_clause_is_said_with_the_clause_it_rests_on() -> None:
    guide, law = sentences("甲甲甲甲。", 9.0, passage="guide#a"), sentences("乙乙乙乙。", 1.0, passage="law#a")
    choice = choose_sentences(
        [*guide, *law], lambda s: True, A_BODY, is_clause=lambda s: s.hit.passage.id.startswith("law")
    )
    assert choice is not None
    assert [s.text for s in choice.sentences] == ["甲甲甲甲。", "乙乙乙乙。"]
