import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from qa_service.errors import EvaluationError
from qa_service.evaluation.golden import Evidence, golden_files, read_golden

WriteGolden = Callable[..., Path]
GOOD = {
    "id": "a",
    "question": "发明授权给多少钱？",
    "asker": "wechat",
    "kind": "number",
    "answerable": True,
    "must_contain": [["一万元", "1万元"]],
}


def line(**fields: object) -> str:
    return json.dumps({**GOOD, **fields}, ensure_ascii=False)


def without(field: str) -> str:
    return json.dumps({name: value for name, value in GOOD.items() if name != field}, ensure_ascii=False)


def test_a_line_is_read_as_a_question(write_golden: WriteGolden) -> None:
    gold = [
        {"doc": "条例", "where": "第三条", "quote": "每件资助一万元"},
        {"doc": "条例", "where": "第二条", "quote": "三个月"},
        {"doc": "条例", "where": "第三条", "quote": "发明专利"},
    ]
    (question,) = read_golden(write_golden(line(gold=gold, gold_mode="all", as_of="2027-01-01"), "", name="条例.jsonl"))
    assert (question.file, question.id, question.text) == ("条例", "a", "发明授权给多少钱？")
    assert question.evidence == (
        Evidence("条例", "第三条", ("每件资助一万元", "发明专利")),
        Evidence("条例", "第二条", ("三个月",)),
    )
    assert (question.needs_all, question.as_of) == (True, date(2027, 1, 1))
    assert question.facts == (("一万元", "1万元"),)
    assert not question.must_be_refused


def test_evidence_may_be_left_out(write_golden: WriteGolden) -> None:
    (question,) = read_golden(write_golden(line()))
    assert (question.evidence, question.as_of) == ((), None)


@pytest.mark.parametrize(("kind", "due"), [("unanswerable", True), ("adversarial", True), ("smalltalk", False)])
def test_what_has_no_answer_is_to_be_refused_but_small_talk_is_not(
    write_golden: WriteGolden, kind: str, due: bool
) -> None:
    (question,) = read_golden(write_golden(line(answerable=False, must_contain=[], kind=kind, question="")))
    assert question.must_be_refused is due


def test_the_turns_of_a_dialogue_are_questions_in_order(write_golden: WriteGolden) -> None:
    turns = [{**json.loads(without("id")), "question": text} for text in ("发明给多少？", "那外观呢？")]
    path = write_golden(json.dumps({"id": "d", "topic": "资助", "turns": turns}), line(id="b"))
    assert [(q.id, q.text) for q in read_golden(path)] == [
        ("d#1", "发明给多少？"),
        ("d#2", "那外观呢？"),
        ("b", "发明授权给多少钱？"),
    ]


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("{", "不是 JSON"),
        ("[" * 100_000, "不是 JSON"),
        ("[]", "应是一个 JSON 对象，收到 []"),
        (without("question"), "缺少 question"),
        (without("must_contain"), "没有 must_contain"),
        (line(must_contain=[]), "没有 must_contain"),
        (line(must_contain=[[]]), "must_contain.1 不能为空"),
        (line(must_contain=[["一万元"], ["（未完"]]), "must_contain.2.1 的值"),
        (line(must_contain="一万元"), 'must_contain 应是列表，收到 "一万元"'),
        (line(answerable="yes"), 'answerable 应是 true 或 false，收到 "yes"'),
        (line(gold_mode="both"), 'gold_mode 应是 any 或 all，收到 "both"'),
        (line(gold=[{"doc": "条例", "where": "第三条"}]), "缺少 gold.1.quote"),
        (line(gold=[{"doc": "条例", "where": "第三条", "quote": ""}]), "gold.1.quote 不能为空"),
        (line(as_of="明年"), 'as_of 的值 "明年" 不可用'),
        (line(as_off="2027-01-01"), "as_off 不是可用的字段"),
        (line(question=3), "question 应是文字，收到 3"),
        (line(id=""), "id 不能为空"),
        ('{"id": "d", "turns": []}', "turns 不能为空"),
        ('{"id": "a", "question": "\\ud83d"}', "含有半个字符"),
    ],
)
def test_a_bad_line_is_named_with_its_file_number_and_fault(write_golden: WriteGolden, bad: str, said: str) -> None:
    path = write_golden(line(id="first"), "", bad)
    with pytest.raises(EvaluationError) as caught:
        read_golden(path)
    assert str(caught.value).startswith(f"{path} 第 3 行：")
    assert said in str(caught.value)
    assert "请" in str(caught.value)


def test_one_id_for_two_questions_is_refused(write_golden: WriteGolden) -> None:
    with pytest.raises(EvaluationError, match=r"第 2 行：编号 'a' 前面用过"):
        read_golden(write_golden(line(), line()))


def test_a_file_without_questions_or_text_is_refused(write_golden: WriteGolden, tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="没有题"):
        read_golden(write_golden("", ""))
    (tmp_path / "bytes.jsonl").write_bytes(b"\x00\x01\x02")
    with pytest.raises(EvaluationError, match=r"bytes\.jsonl"):
        read_golden(tmp_path / "bytes.jsonl")


def test_a_folder_stands_for_its_files(write_golden: WriteGolden, tmp_path: Path) -> None:
    first, second = write_golden(name="b.jsonl"), write_golden(name="a.jsonl")
    (tmp_path / "README.md").write_text("说明", "utf-8")
    assert golden_files([tmp_path]) == (second, first)
    assert golden_files([first, first]) == (first,)


def test_paths_that_hold_no_golden_questions_are_named(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"没有 \.jsonl 文件"):
        golden_files([tmp_path])
    with pytest.raises(EvaluationError, match=r"nowhere\.jsonl 不存在"):
        golden_files([tmp_path / "nowhere.jsonl"])


def test_two_files_of_one_name_cannot_be_told_apart(write_golden: WriteGolden, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    with pytest.raises(EvaluationError, match="同名"):
        golden_files([write_golden(), write_golden(name="other/set.jsonl")])
