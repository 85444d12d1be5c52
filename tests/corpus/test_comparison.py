import random
import time
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from qa_service.corpus.clauses import Clause, clauses_of
from qa_service.corpus.comparison import Comparison, Fate, compare
from qa_service.corpus.models import Document, Form
from qa_service.corpus.passages import passages_of
from qa_service.corpus.word_changes import after_of, before_of
from qa_service.text.numerals import format_numeral

ARTICLES = [
    "为了鼓励发明创造，促进科学技术进步，制定本办法。",
    "对授权的发明专利，每件资助一万元。",
    "申请资助的，应当在授权后六个月内提交申请表和证书复印件。",
    "弄虚作假骗取资助的，追回已经发放的资金，三年内不再受理。",
    "本办法由区市场监督管理局负责解释。",
]


def clauses(texts: Sequence[str], numbers: Sequence[int] | None = None) -> tuple[Clause, ...]:
    numbers = numbers or range(1, len(texts) + 1)
    lines = [f"第{format_numeral(n)}条 {text}" for n, text in zip(numbers, texts, strict=True)]
    document = Document("甲", "甲办法", Form.FULL_TEXT, "\n".join(lines))
    return clauses_of(passages_of(document, len), document.body)


def fates(comparison: Comparison) -> list[tuple[str | None, str | None, Fate]]:
    return [
        (pair.before and pair.before.location, pair.after and pair.after.location, pair.fate)
        for pair in comparison.pairs
    ]


def test_two_equal_versions_have_no_change() -> None:
    comparison = compare(clauses(ARTICLES), clauses(ARTICLES))
    assert comparison.counts == {fate: 5 if fate is Fate.UNCHANGED else 0 for fate in Fate}


def test_a_new_article_in_the_middle_moves_those_behind_it_and_changes_none() -> None:
    later = [*ARTICLES[:2], "对驰名商标，每件奖励二十万元，由区财政安排。", *ARTICLES[2:]]
    assert fates(compare(clauses(ARTICLES), clauses(later))) == [
        ("第一条", "第一条", Fate.UNCHANGED),
        ("第二条", "第二条", Fate.UNCHANGED),
        (None, "第三条", Fate.ADDED),
        ("第三条", "第四条", Fate.MOVED),
        ("第四条", "第五条", Fate.MOVED),
        ("第五条", "第六条", Fate.MOVED),
    ]


def test_an_article_that_moved_and_was_changed_is_told_word_by_word() -> None:
    later = ["本办法所称专利，是指发明、实用新型和外观设计。", *ARTICLES]
    later[3] = later[3].replace("六个月", "十二个月")
    changed = compare(clauses(ARTICLES), clauses(later)).pairs[3]
    assert changed.before
    assert changed.after
    assert (changed.before.location, changed.after.location, changed.fate) == ("第三条", "第四条", Fate.CHANGED)
    assert [piece.text for piece in changed.pieces if piece.kind != "same"] == ["六", "十二"]


def test_what_was_removed_stands_behind_what_it_stood_behind() -> None:
    later = [ARTICLES[0], *ARTICLES[2:]]
    assert fates(compare(clauses(ARTICLES), clauses(later)))[:2] == [
        ("第一条", "第一条", Fate.UNCHANGED),
        ("第二条", None, Fate.REMOVED),
    ]


def test_the_first_article_may_be_the_one_that_was_removed() -> None:
    assert fates(compare(clauses(ARTICLES), clauses(ARTICLES[1:])))[0] == ("第一条", None, Fate.REMOVED)


def test_an_article_of_other_matter_under_the_same_number_is_not_a_change() -> None:
    before, after = clauses([*ARTICLES, "甲乙丙丁戊己庚辛。"]), clauses([*ARTICLES, "天地玄黄宇宙洪荒。"])
    assert [fate for *_, fate in fates(compare(before, after))][5:] == [Fate.REMOVED, Fate.ADDED]


def test_an_article_that_says_it_was_deleted_is_removed() -> None:
    later = [ARTICLES[0], "（已删去）", *ARTICLES[2:]]
    comparison = compare(clauses(ARTICLES), clauses(later))
    assert comparison.counts[Fate.REMOVED] == 1
    assert comparison.counts[Fate.UNCHANGED] == 4
    assert comparison.counts[Fate.ADDED] == 0


def test_what_a_consolidation_renumbered_is_found_though_little_is_alike() -> None:
    before = clauses([*ARTICLES, "附则另行规定。"])
    after = clauses([*ARTICLES, "甲乙丙丁戊己庚辛。", "本条内容全部重新制定过了。"])
    moved = compare(before, after, moved={"第六条": "第七条"}).pairs[-1]
    assert (moved.before and moved.before.location, moved.fate) == ("第六条", Fate.CHANGED)
    assert compare(before, after).counts[Fate.ADDED] == 2


def test_other_blanks_are_no_change() -> None:
    assert compare(clauses(["甲 乙　丙。"]), clauses(["甲乙丙。"])).counts[Fate.UNCHANGED] == 1


def test_a_heading_that_says_something_else_is_a_change() -> None:
    def plan(title: str) -> tuple[Clause, ...]:
        document = Document("规", "规划", Form.FULL_TEXT, f"# 规划\n\n## 一、{title}\n\n内容照旧。\n", "markdown")
        return clauses_of(passages_of(document, len), document.body)

    (pair,) = compare(plan("主要目标"), plan("发展目标")).pairs
    assert pair.fate is Fate.CHANGED
    assert before_of(pair.heading) == "主要目标"
    assert after_of(pair.heading) == "发展目标"


@given(st.lists(st.sampled_from(ARTICLES)), st.lists(st.sampled_from([*ARTICLES, "（已删去）", "另有规定的除外。"])))
def test_every_clause_is_told_once_and_the_later_ones_stay_in_order(before: list[str], after: list[str]) -> None:
    old, new = clauses(before), clauses(after)
    pairs = compare(old, new).pairs
    there = [clause for clause in new if clause.words != "（已删去）"]
    assert [pair.after for pair in pairs if pair.after] == there
    assert sorted(pair.before.key for pair in pairs if pair.before) == sorted(clause.key for clause in old)
    for pair in pairs:
        assert "".join(after_of(pair.pieces).split()) == ("".join(pair.after.words.split()) if pair.after else "")
        assert "".join(before_of(pair.pieces).split()) == ("".join(pair.before.words.split()) if pair.before else "")


def test_a_long_clause_that_is_cut_into_passages_is_compared_whole() -> None:
    sentences = [f"第{n}种情形下，申请人应当补充提交有关证明材料。" for n in range(40)]
    before = clauses(["".join(sentences)])
    after = clauses(["".join([*sentences[:20], "另有约定的，从其约定。", *sentences[20:]])])
    assert len(before[0].parts) > 1
    (pair,) = compare(before, after).pairs
    assert [piece.text for piece in pair.pieces if piece.kind != "same"] == ["另有约定的，从其约定。"]


def test_more_than_a_thousand_clauses_that_all_changed_are_compared_soon() -> None:
    words = random.Random(7)
    vocabulary = [chr(0x4E00 + words.randrange(3000)) for _ in range(1500)]
    old = ["".join(words.choices(vocabulary, k=120)) + "。" for _ in range(1200)]
    new = [text[:60] + "".join(words.choices(vocabulary, k=5)) + text[60:] for text in old[50:]]
    began = time.perf_counter()
    counts = compare(clauses(old), clauses(new)).counts
    assert time.perf_counter() - began < 20
    assert (counts[Fate.CHANGED], counts[Fate.REMOVED]) == (1150, 50)
