"""/api/v1/staff/curated: answers that staff approve, renew and withdraw."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path

from qa_service.answer.curated.answers import CuratedAnswer
from qa_service.desk.curated import CuratedDesk, Standing
from qa_service.errors import CuratedAnswerError, NotFoundError
from qa_service.journal.audit import AuditTrail
from qa_service.journal.curated_store import ACTIONS, CuratedStore
from qa_service.keeping import open_journal
from qa_service.server.dependencies import ServiceDep
from qa_service.server.staff.guard import CuratedEditorDep, CuratedReaderDep
from qa_service.server.staff.schemas import (
    CuratedChangeOut,
    CuratedIn,
    CuratedListOut,
    CuratedOut,
    CuratedPreviewOut,
    CuratedShownOut,
    RenewIn,
)

router = APIRouter(prefix="/curated")


@dataclass(frozen=True, slots=True)
class Desk:
    """The desk of the service that is running, and the audit trail beside it."""

    curated: CuratedDesk
    trail: AuditTrail


def desk_of(service: ServiceDep) -> Desk:
    """Return the desk: the passages are those of the live index."""
    journal = open_journal(service.settings)
    curated = CuratedDesk(
        CuratedStore(journal, service.clock),
        service.library,
        lambda document_id: {passage.id: passage for passage in service.engine.passages_of(document_id)},
        service.clock,
    )
    return Desk(curated, AuditTrail(journal, service.clock))


DeskDep = Annotated[Desk, Depends(desk_of)]
AnswerPath = Annotated[str, Path(max_length=64, description="编号")]


@router.get("", summary="人工审核的答案", operation_id="list_curated")
def list_curated(staff: CuratedReaderDep, desk: DeskDep) -> CuratedListOut:
    """列出全部答案：状态、命中次数、有效期；所引条款有变化的在前。"""
    return CuratedListOut(answers=[CuratedOut(**_fields(standing)) for standing in desk.curated.standings()])


@router.post("/preview", summary="预览一条答案", operation_id="preview_curated")
def preview(body: CuratedIn, staff: CuratedEditorDep, desk: DeskDep) -> CuratedPreviewOut:
    """核对一条拟录入的答案，返回公众会看到的样子；不保存。"""
    return CuratedPreviewOut(
        shown=list(desk.curated.shown(desk.curated.propose(body.entry, staff.name, force=body.force)))
    )


@router.post("", status_code=201, summary="录入一条答案", operation_id="add_curated")
def add(body: CuratedIn, staff: CuratedEditorDep, desk: DeskDep) -> CuratedShownOut:
    """核对并录入一条答案；审核人是登录的人，`entry.by` 不起作用。"""
    answer = desk.curated.propose(body.entry, staff.name, force=body.force)
    desk.curated.store.add(answer, staff.name)
    return _changed(desk, answer, staff.name, "curated.add")


@router.get("/{answer_id}", summary="一条答案", operation_id="get_curated")
def get_curated(answer_id: AnswerPath, staff: CuratedReaderDep, desk: DeskDep) -> CuratedShownOut:
    """给出一条答案、它的状态和审核记录。"""
    return shown_of(desk.curated, answer_id)


@router.post("/{answer_id}/renew", summary="重新审核", operation_id="renew_curated")
def renew(answer_id: AnswerPath, body: RenewIn, staff: CuratedEditorDep, desk: DeskDep) -> CuratedShownOut:
    """按现在的条款重新审核一条答案，写明新的有效期。"""
    _standing(desk.curated, answer_id)
    answer = desk.curated.renew(answer_id, body.expires, staff.name, force=body.force)
    return _changed(desk, answer, staff.name, "curated.renew")


@router.post("/{answer_id}/withdraw", summary="停用一条答案", operation_id="withdraw_curated")
def withdraw(answer_id: AnswerPath, staff: CuratedEditorDep, desk: DeskDep) -> CuratedShownOut:
    """停用一条答案；几秒内各进程都不再使用。"""
    _standing(desk.curated, answer_id)
    return _changed(desk, desk.curated.store.withdraw(answer_id, staff.name), staff.name, "curated.withdraw")


def shown_of(desk: CuratedDesk, answer_id: str) -> CuratedShownOut:
    """Present one answer.

    Raises:
        NotFoundError: there is none of this id.
    """
    return _shown(desk, _standing(desk, answer_id))


def _standing(desk: CuratedDesk, answer_id: str) -> Standing:
    try:
        return desk.standing(answer_id)
    except CuratedAnswerError as error:
        raise NotFoundError(str(error)) from error


def _changed(desk: Desk, answer: CuratedAnswer, by: str, action: str) -> CuratedShownOut:
    desk.trail.note(by, action, answer.id, answer.question)
    return _shown(desk.curated, desk.curated.standing(answer.id))


def _shown(desk: CuratedDesk, standing: Standing) -> CuratedShownOut:
    history = [
        CuratedChangeOut(at=change.at, by=change.by, action=ACTIONS.get(change.action, change.action))
        for change in desk.store.changes(standing.answer.id)
    ]
    return CuratedShownOut(**_fields(standing), shown=list(desk.shown(standing.answer)), history=history)


def _fields(standing: Standing) -> dict[str, Any]:
    answer = standing.answer
    return {
        "id": answer.id,
        "question": answer.question,
        "wordings": list(answer.wordings),
        "answer": answer.text,
        "cites": [clause.passage_id for clause in answer.clauses],
        "note": answer.note,
        "approved_by": answer.approved_by,
        "approved_on": answer.approved_on,
        "expires": answer.expires,
        "condition": standing.condition.value,
        "condition_label": standing.condition.label,
        "hits": standing.hits,
        "changes": list(standing.changes),
    }
