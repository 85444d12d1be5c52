"""/documents/{id}/compare: two versions of a text side by side, a page that works without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from qa_service.corpus.comparison import Fate
from qa_service.corpus.kin import versions_of
from qa_service.errors import NotFoundError
from qa_service.server.asking import computed
from qa_service.server.dependencies import ServiceDep
from qa_service.server.page_templates import TEMPLATES
from qa_service.server.presenting import document_out
from qa_service.server.reader.comparing import compared
from qa_service.server.reader.schemas import ClausePairOut, ComparisonOut
from qa_service.server.schemas import DocumentOut
from qa_service.service import Service

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_FOLDED = frozenset({Fate.UNCHANGED, Fate.MOVED})
_LONGEST_ID = 200


@dataclass(frozen=True, slots=True)
class Stretch:
    """Clauses that are shown together: one that changed, or neighbours whose words did not."""

    pairs: tuple[ClausePairOut, ...]
    is_folded: bool

    @property
    def moved(self) -> int:
        """How many of them only have another number."""
        return sum(pair.fate is Fate.MOVED for pair in self.pairs)


@router.get("/documents/{document_id}/compare")
async def compare_page(
    request: Request,
    document_id: str,
    service: ServiceDep,
    other: Annotated[str, Query(alias="with")] = "",
    since: Annotated[str, Query(alias="from")] = "",
    until: Annotated[str, Query(alias="to")] = "",
) -> HTMLResponse:
    """Show two versions side by side; what is chosen stands in the address."""
    if document_id not in service.library.documents:
        detail = "没有这个编号的文件。请在文件列表中核对。"
        return TEMPLATES.TemplateResponse(request, "not_found.html", {"detail": detail}, status_code=404)
    comparison, trouble, status = None, "", 200
    try:
        days = _day(since), _day(until)
        comparison = await computed(
            service, partial(compared, service, document_id, other[:_LONGEST_ID] or None, *days)
        )
    except ValueError:
        trouble, status = "日期写得不对，请写成 2026-01-01 这样。", 422
    except NotFoundError as error:
        trouble, status = str(error), 404
    context = {
        "document": document_out(service, service.library[document_id], service.answerer.today()),
        "versions": _versions(service, document_id),
        "comparison": comparison,
        "stretches": list(_stretches(comparison)) if comparison else [],
        "trouble": trouble,
        "since": since if not trouble else "",
        "until": until if not trouble else "",
    }
    return TEMPLATES.TemplateResponse(request, "compare.html", context, status_code=status)


def _day(text: str) -> date | None:
    """Return a day as the form sends it; None where it was left out.

    Raises:
        ValueError: it is none.
    """
    return date.fromisoformat(text.strip()) if text.strip() else None


def _versions(service: Service, document_id: str) -> list[DocumentOut]:
    today = service.answerer.today()
    return [document_out(service, version, today) for version in versions_of(service.library, document_id)]


def _stretches(comparison: ComparisonOut) -> Iterator[Stretch]:
    for is_folded, group in groupby(comparison.pairs, lambda pair: pair.fate in _FOLDED):
        pairs = tuple(group)
        if is_folded:
            yield Stretch(pairs, True)
        else:
            yield from (Stretch((pair,), False) for pair in pairs)
