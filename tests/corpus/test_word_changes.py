import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.corpus.word_changes import PieceKind, after_of, before_of, word_changes
from qa_service.text.segmenter import Segmenter

TEXTS = st.text(alphabet="专利商标一二三的，。；\n a1", max_size=60)


def shown(before: str, after: str, segmenter: Segmenter | None = None) -> str:
    frames = {PieceKind.SAME: "{}", PieceKind.DELETED: "[-{}]", PieceKind.INSERTED: "[+{}]"}
    pieces = word_changes(before, after, segmenter.cut) if segmenter else word_changes(before, after)
    return "".join(frames[piece.kind].format(piece.text) for piece in pieces)


@given(TEXTS, TEXTS)
def test_the_changes_applied_to_either_wording_give_the_other(before: str, after: str) -> None:
    pieces = word_changes(before, after)
    assert (before_of(pieces), after_of(pieces)) == (before, after)


@given(TEXTS, TEXTS)
def test_no_piece_is_empty_and_no_two_neighbours_are_of_one_kind(before: str, after: str) -> None:
    pieces = word_changes(before, after)
    assert all(piece.text for piece in pieces)
    kinds = [piece.kind for piece in pieces]
    assert all(a != b for a, b in pairwise(kinds))
    assert all((a, b) != (PieceKind.INSERTED, PieceKind.DELETED) for a, b in pairwise(kinds))


@given(TEXTS)
def test_what_did_not_change_has_no_changes(text: str) -> None:
    assert all(piece.kind is PieceKind.SAME for piece in word_changes(text, text))


@given(st.text(max_size=80))
def test_a_text_cut_into_words_is_whole(segmenter: Segmenter, text: str) -> None:
    assert "".join(segmenter.cut(text)) == text


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("自公告之日起三个月内", "自公告之日起二个月内", "自公告之日起[-三个月][+二个月]内"),
        ("申请注册商标", "申请注册商标的，应当", "申请注册商标[+的，应当]"),
        ("每件资助一万元。每年一次。", "每件资助一万元。", "每件资助一万元。[-每年一次。]"),
    ],
)
def test_changes_are_told_in_words(segmenter: Segmenter, before: str, after: str, expected: str) -> None:
    assert shown(before, after, segmenter) == expected


def test_a_single_character_between_two_changes_is_read_with_them() -> None:
    assert shown("甲乙的丙丁戊己", "子丑的寅卯戊己") == "[-甲乙的丙丁][+子丑的寅卯]戊己"


def test_a_very_long_clause_is_compared_sentence_by_sentence_and_soon() -> None:
    sentences = [f"第{n}项规定的情形，应当在{n}日内提交材料，费用为{n}元。" for n in range(1500)]
    changed = [*sentences[:700], sentences[700].replace("提交", "补交"), *sentences[702:]]
    before, after = "".join(sentences), "".join(changed)
    began = time.perf_counter()
    pieces = word_changes(before, after)
    assert time.perf_counter() - began < 5
    assert (before_of(pieces), after_of(pieces)) == (before, after)
    assert sum(len(piece.text) for piece in pieces if piece.kind is not PieceKind.SAME) < 60
