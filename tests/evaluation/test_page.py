from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from qa_service.clock import CHINA
from qa_service.evaluation.comparison import compare
from qa_service.evaluation.page import comparison_page, figures_page, wrong_page
from qa_service.evaluation.report import Run
from qa_service.evaluation.verdict import Verdict
from qa_service.text.width import display_width

MakeVerdict = Callable[..., Verdict]


def run_of(*verdicts: Verdict) -> Run:
    return Run(datetime(2026, 7, 1, tzinfo=CHINA), ("set",), date(2026, 7, 1), 136, verdicts)


def test_the_figures_are_a_table_with_chinese_labels(make_verdict: MakeVerdict, refusal_due: MakeVerdict) -> None:
    page = figures_page(run_of(make_verdict(), make_verdict(kind="fact", facts=(False,)), refusal_due()))
    assert page.startswith("评测 3 题（set 3）；语料 136 份文件；未写日期的题按 2026-07-01 判断效力")
    assert "答案正确率" in page
    assert "50.0%" in page
    for label in ("题型", "数字", "事实", "没有写明", "提问人", "微信用户"):
        assert label in page


def test_columns_line_up_whatever_the_script(make_verdict: MakeVerdict) -> None:
    page = figures_page(run_of(make_verdict(), make_verdict(kind="own-kind"), make_verdict(kind="clause-lookup")))
    rows = page[page.index("题型") : page.index("提问人")].strip().splitlines()
    assert len({display_width(row) for row in rows}) == 1


def test_what_distorts_the_figures_is_said(make_verdict: MakeVerdict) -> None:
    run = run_of(make_verdict(evidence_absent=True, ranks=()), make_verdict(status="failed", answer=""))
    assert "1 题的依据原文不在语料里" in figures_page(run)
    assert "1 题在作答时程序出错" in figures_page(run)
    assert "不在语料里" not in figures_page(run_of(make_verdict()))


def test_each_wrong_question_says_why(make_verdict: MakeVerdict, refusal_due: MakeVerdict) -> None:
    page = wrong_page(
        run_of(
            make_verdict(id="right"),
            make_verdict(id="incomplete", facts=(False,), missing=("一万元或1万元",), ranks=(2,)),
            make_verdict(id="refused", refused=True, status="related", reason="amount_not_stated"),
            make_verdict(id="broken", status="failed", reason="ValueError: 算错了", facts=(False,)),
            refusal_due(id="answered", refused=False, answer="长" * 100),
        ).verdicts
    )
    assert page.startswith("没有答对的 4 题")
    assert "right" not in page
    assert "缺“一万元或1万元”，依据在第 2 条：每件资助一万元" in page
    assert "误拒（related/amount_not_stated）" in page
    assert "程序出错：ValueError: 算错了" in page
    assert f"不该答而答了：{'长' * 60}……" in page


def test_a_comparison_names_figures_and_questions_that_moved(make_verdict: MakeVerdict) -> None:
    before = [make_verdict(id="a", refused=True), make_verdict(id="b"), make_verdict(id="old")]
    after = [make_verdict(id="a"), make_verdict(id="b", facts=(False,), refused=True), make_verdict(id="new")]
    page = comparison_page(compare(before, after[:1] + after[2:]), Path("var/eval/1"))
    assert "与 var/eval/1 相比，相同的 1 题（新增 1 题、去掉 2 题不计）" in page
    assert "↑ 答案正确率 0.0% → 100.0%（+100.0 个百分点）" in page
    assert "↑ 可答的被误拒 100.0% → 0.0%（-100.0 个百分点）" in page
    assert "变好：答对了（1 题）\n    set a 发明授权给多少钱？" in page
    assert "变差" not in page
    worse = comparison_page(compare(before[:2], after[:2]), Path("x"))
    assert "变差：答错了（1 题）\n    set b" in worse


def test_a_comparison_without_change_says_so(make_verdict: MakeVerdict) -> None:
    page = comparison_page(compare([make_verdict()], [make_verdict()]), Path("x"))
    assert page == "与 x 相比，相同的 1 题：\n各项指标没有变化"
