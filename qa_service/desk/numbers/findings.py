"""What a report shows, in sentences: the caption of each drawing."""

from collections.abc import Mapping

from qa_service.desk.numbers.desk import NumbersReport
from qa_service.desk.numbers.tables import TableKey, reason_label
from qa_service.desk.numbers.words import counted, interval, milliseconds, percent
from qa_service.desk.words import CHANNELS


def findings_of(report: NumbersReport) -> Mapping[TableKey, str]:
    """Return what each drawing shows, in a sentence of words.

    A drawing of nothing has none.
    """
    figures, totals, name = report.figures, report.figures.totals, report.compared.name
    if not totals.asked:
        return {}
    busiest = max(figures.days, key=lambda day: (sum(figures.days[day].values()), day))
    most = sum(figures.days[busiest].values())
    grounded = totals.grounded
    said: dict[TableKey, str] = {
        TableKey.DAYS: f"{name}共{counted(totals.asked)}问"
        + (f"，寒暄以外的提问{percent(grounded.part, grounded.whole)}有依据" if grounded.whole else "")
        + (f"；最多的一天是{busiest.month}月{busiest.day}日，{counted(most)}问" if figures.period.length > 1 else "")
        + "。"
    }
    said |= _of_outcomes(report) | _of_rankings(report)
    hour = max(range(24), key=lambda at: figures.hours[at])
    said[TableKey.HOURS] = (
        f"{hour}—{hour + 1}时最忙，{counted(figures.hours[hour])}问，占{percent(figures.hours[hour], totals.asked)}。"
    )
    said[TableKey.LATENCY] = (
        f"一半的答复不超过{milliseconds(figures.latency.p50)}，"
        f"九成不超过{milliseconds(figures.latency.p90)}，99%不超过{milliseconds(figures.latency.p99)}。"
    )
    return said


def _of_outcomes(report: NumbersReport) -> dict[TableKey, str]:
    figures, total = report.figures, report.figures.totals.asked
    channel, by_day = next(iter(figures.channels.items()))
    count = sum(by_day.values())
    label = CHANNELS.get(channel, channel)
    said: dict[TableKey, str] = {
        TableKey.CHANNELS: f"{len(figures.channels)}个渠道有提问，{label}最多，{counted(count)}问，占{percent(count, total)}。"
        if len(figures.channels) > 1
        else f"提问都来自{label}，{counted(count)}问。"
    }
    open_ends = [one for one in figures.outcomes if one.status in ("related", "no_answer")]
    unanswered = sum(one.asked for one in open_ends)
    if open_ends:
        top = open_ends[0]
        said[TableKey.OUTCOMES] = (
            f"{counted(unanswered)}问没有得到所问的内容，占{percent(unanswered, total)}；"
            f"最常见的原因是“{reason_label(top.status, top.reason)}”，{counted(top.asked)}问。"
        )
    else:
        said[TableKey.OUTCOMES] = "没有未写明或未收录的提问。"
    return said


def _of_rankings(report: NumbersReport) -> dict[TableKey, str]:
    figures = report.figures
    said: dict[TableKey, str] = {}
    if report.topics:
        topic, count = next(iter(report.topics.items()))
        said[TableKey.TOPICS] = f"“{topic}”最多，{counted(count)}条答复，占{percent(count, report.grounds)}。"
    if report.documents:
        document = report.documents[0]
        said[TableKey.DOCUMENTS] = (
            f"答复引用了{counted(len(report.documents))}份文件，最多的是《{document.name}》，{counted(document.answers)}条答复。"
        )
    if report.passages:
        passage = report.passages[0]
        said[TableKey.PASSAGES] = (
            f"引用最多的是《{passage.document}》{passage.location}，{counted(passage.answers)}次。"
        )
    if figures.questions:
        asked = figures.questions[0]
        said[TableKey.QUESTIONS] = f"问得最多的是“{asked.question}”，{counted(asked.times)}次。"
    useful = figures.totals.found_useful
    if useful.whole:
        said[TableKey.COMPLAINTS] = (
            f"{counted(useful.whole)}次评价，{percent(useful.part, useful.whole)}说有用"
            f"（95%区间{interval(useful)}），{counted(figures.totals.unhelpful)}次说没用。"
        )
    if figures.curated:
        given = sum(use.exact + use.alike for use in figures.curated)
        said[TableKey.CURATED] = f"{len(figures.curated)}条人工审核的答案共用了{counted(given)}次。"
    return said
