"""Validity, said in words."""

from collections.abc import Sequence

from qa_service.answer.models import Citation
from qa_service.corpus.models import Form, ValidityState
from qa_service.corpus.validity import chinese_date


def notices_of(citations: Sequence[Citation]) -> tuple[str, ...]:
    """Return what a reader of these citations must be told, each document once."""
    said: dict[str, None] = {}
    for citation in citations:
        said.update(dict.fromkeys(_notices(citation)))
    return tuple(said)


def _notices(citation: Citation) -> list[str]:
    document, validity = citation.document, citation.validity
    notices = []
    if validity.state is ValidityState.PERIOD_OVER:
        ended = f"，已于{chinese_date(document.expires)}届满" if document.expires else "，已届满"
        period = validity.note.removesuffix("，已届满")
        notices.append(
            f"《{document.title}》的{period}{ended}。所列目标是否完成、措施是否仍在执行，请以主管部门最新公布为准。"
        )
    elif validity.state is not ValidityState.IN_FORCE:
        notices.append(f"《{document.title}》{validity.state.label}：{validity.note}。")
    if citation.upcoming and citation.upcoming.effective:
        since = chinese_date(citation.upcoming.effective)
        notices.append(f"《{document.title}》将自{since}起由《{citation.upcoming.title}》取代，届时规定可能不同。")
    if document.form is Form.NOTES:
        notices.append(f"所引《{document.title}》为要点整理，非法条原文，请以官方发布的原文为准。")
    return notices
