"""A run as a page of plain text: what the terminal shows."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from qa_service.evaluation.comparison import Comparison
from qa_service.evaluation.figures import Figure, estimates, median_answer_length, value_of
from qa_service.evaluation.report import Run
from qa_service.evaluation.verdict import Verdict
from qa_service.text.width import aligned

_KINDS = {
    "fact": "事实",
    "number": "数字",
    "list": "列举",
    "procedure": "办事",
    "definition": "定义",
    "scope": "适用范围",
    "why": "原因",
    "compare": "比较",
    "multi": "一问几事",
    "clause-lookup": "查条款",
    "colloquial": "口语",
    "typo": "错别字",
    "english": "英文",
    "traditional": "繁体",
    "time-validity": "时效",
    "smalltalk": "寒暄",
    "unanswerable": "没有写明",
    "out-of-scope": "范围之外",
    "adversarial": "攻击诱导",
}
_ASKERS = {"enterprise": "企业", "staff": "服务站人员", "wechat": "微信用户"}
_BY_GROUP = (
    ("首条", Figure.EVIDENCE_1),
    ("前3", Figure.EVIDENCE_3),
    ("前5", Figure.EVIDENCE_5),
    ("正确", Figure.ACCURACY),
    ("误拒", Figure.REFUSED_ANSWERABLE),
    ("拒住", Figure.ABSTENTION_RECALL),
)
_LONGEST_ANSWER = 60


def figures_page(run: Run) -> str:
    """Return the figures of a run, in all, by kind of question and by asker."""
    return "\n".join(_figures(run))


def wrong_page(verdicts: Sequence[Verdict]) -> str:
    """Return the questions that went wrong, each with why."""
    return "\n".join(_wrong(verdicts))


def comparison_page(comparison: Comparison, folder: Path) -> str:
    """Return what changed since the report in ``folder``."""
    return "\n".join(_changes(comparison, folder))


def _figures(run: Run) -> Iterator[str]:
    per_file = Counter(verdict.file for verdict in run.verdicts)
    named = "、".join(f"{name} {per_file[name]}" for name in run.files)
    yield f"评测 {len(run.verdicts)} 题（{named}）；语料 {run.documents} 份文件；未写日期的题按 {run.day} 判断效力"
    yield ""
    rows = [("指标", "数值", "95% 区间", "题数")]
    for figure, estimate in estimates(run.verdicts).items():
        interval = f"{_percent(estimate.low)}–{_percent(estimate.high)}"
        rows.append((figure.label, _percent(estimate.value), interval, str(estimate.questions)))
    yield from aligned(rows)
    if (length := median_answer_length(run.verdicts)) is not None:
        yield f"答案字数中位数 {length:g}"
    if absent := sum(verdict.evidence_absent for verdict in run.verdicts):
        yield f"其中 {absent} 题的依据原文不在语料里（如只收了要点、没有导入全文），引用指标上必然算未找到"
    if broke := sum(verdict.status == "failed" for verdict in run.verdicts):
        yield f"{broke} 题在作答时程序出错，按答错计，原因见 questions.jsonl 的 reason"
    yield from _groups("题型", run.verdicts, lambda verdict: _KINDS.get(verdict.kind, verdict.kind))
    yield from _groups("提问人", run.verdicts, lambda verdict: _ASKERS.get(verdict.asker, verdict.asker))


def _groups(title: str, verdicts: Sequence[Verdict], group_of: Callable[[Verdict], str]) -> Iterator[str]:
    groups: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        groups.setdefault(group_of(verdict), []).append(verdict)
    rows = [(title, "题数", *(label for label, _ in _BY_GROUP))]
    for name, members in sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])):
        rows.append((name, str(len(members)), *(_percent(value_of(figure, members)) for _, figure in _BY_GROUP)))
    yield ""
    yield from aligned(rows)


def _wrong(verdicts: Sequence[Verdict]) -> Iterator[str]:
    wrong = [verdict for verdict in verdicts if not verdict.right]
    yield f"没有答对的 {len(wrong)} 题"
    for verdict in wrong:
        yield f"✗ {_named(verdict)}"
        yield f"    {_why(verdict)}"


def _why(verdict: Verdict) -> str:
    if verdict.status == "failed":
        return f"程序出错：{verdict.reason}"
    said = " ".join(verdict.answer.split())
    shown = said if len(said) <= _LONGEST_ANSWER else f"{said[:_LONGEST_ANSWER]}……"
    if verdict.answerable and verdict.refused:
        return f"误拒（{verdict.status}/{verdict.reason}）：{shown}"
    if verdict.answerable:
        rank = f"依据在第 {verdict.ranks[0]} 条" if verdict.ranks else "没有引用到依据"
        return f"缺“{'”“'.join(verdict.missing)}”，{rank}：{shown}"
    return f"不该答而答了：{shown}" if verdict.must_be_refused else "没有答话"


def _changes(comparison: Comparison, folder: Path) -> Iterator[str]:
    about = f"（新增 {comparison.added} 题、去掉 {comparison.dropped} 题不计）"
    yield f"与 {folder} 相比，相同的 {comparison.common} 题{about if comparison.added or comparison.dropped else ''}："
    moved = [change for change in comparison.changes if change.before != change.after]
    for change in moved:
        mark = "↑" if change.improves else "↓"
        points = 100 * (change.after - change.before)
        yield (
            f"{mark} {change.figure.label} {_percent(change.before)} → {_percent(change.after)}"
            f"（{points:+.1f} 个百分点）"
        )
    if not moved:
        yield "各项指标没有变化"
    for title, verdicts in (
        ("变好：答对了", comparison.better),
        ("变差：答错了", comparison.worse),
        ("前 3 条找到了依据，对错未变", comparison.evidence_found),
        ("前 3 条丢了依据，对错未变", comparison.evidence_lost),
    ):
        if verdicts:
            yield f"{title}（{len(verdicts)} 题）"
            yield from (f"    {_named(verdict)}" for verdict in verdicts)


def _named(verdict: Verdict) -> str:
    return f"{verdict.file} {verdict.id} {' '.join(verdict.question.split())}"


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f}%"
