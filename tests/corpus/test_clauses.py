from qa_service.corpus.clauses import clauses_of, lines_of
from qa_service.corpus.models import Document, Form
from qa_service.corpus.passages import passages_of


def test_the_parts_of_a_clause_are_whole_again_and_its_lines_run_on_over_them() -> None:
    body = (
        "第一条 "
        + "".join(f"第{n}项的规定适用于各类申请。" for n in range(40))
        + "\n第二款另有规定的除外。\n第二条 完。"
    )
    document = Document("甲", "甲办法", Form.FULL_TEXT, body)
    passages = passages_of(document, len)
    first, second = clauses_of(passages, body)
    assert len(first.parts) > 1
    assert (first.key, first.location, second.key) == ("第一条", "第一条", "第二条")
    assert body.startswith(first.text)
    lines = lines_of(first, body)
    assert ["".join(run.text for run in line.runs) for line in lines] == first.text.split("\n")
    opened = [run.passage.id for line in lines for run in line.runs if run.opens]
    assert opened == [part.id for part in first.parts]


def test_points_of_a_list_lose_their_mark() -> None:
    body = "# 指南\n\n## 材料\n- 申请表。\n- 身份证明。\n\n## 费用\n- 免费。\n"
    document = Document("指", "指南", Form.GUIDE, body, "markdown")
    clauses = clauses_of(passages_of(document, len), body)
    assert [clause.title for clause in clauses] == ["材料", "费用"]
    lines = lines_of(clauses[0], body)
    assert [(line.runs[0].text, line.is_point) for line in lines] == [("申请表。", True), ("身份证明。", True)]
    assert clauses[0].words == "申请表。\n身份证明。"


def test_a_clause_has_its_own_number_left_out_of_its_words_and_no_other() -> None:
    body = "第一条 总则。\n第二条 依照第一条办理。\n（一）甲；\n（二）乙。"
    document = Document("甲", "甲办法", Form.FULL_TEXT, body)
    _, clause = clauses_of(passages_of(document, len), body)
    assert clause.words == "依照第一条办理。\n（一）甲；\n（二）乙。"
