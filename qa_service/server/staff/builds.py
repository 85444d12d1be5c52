"""The staff's view of the index: which build answers, making a new one, taking over the live one."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Body, Depends, HTTPException, Request
from pydantic import BaseModel, Field

from qa_service.errors import NoBuildError
from qa_service.index.store import BuildStore, read_manifest
from qa_service.journal.audit import AuditTrail
from qa_service.keeping import open_journal
from qa_service.server.dependencies import ServiceDep
from qa_service.server.problems import responses_of
from qa_service.server.rebuilding import Rebuilding
from qa_service.server.staff.guard import DocumentsEditorDep, DocumentsReaderDep
from qa_service.server.standing import Standing
from qa_service.service import Service

router = APIRouter(prefix="/builds", tags=["索引管理"])


class BuildOut(BaseModel):
    """A build."""

    name: str
    created: str
    documents: int
    passages: int
    questions: int
    answering: bool = Field(description="正在用它作答（就接到这次请求的进程而言）")
    live: bool = Field(description="CURRENT 指着它")


class RebuildOut(BaseModel):
    """The latest rebuild that staff asked for."""

    state: str = Field(description="running 正在建，done 建好了，failed 没建成，broken_off 中断了")
    actor: str
    began: str
    ended: str | None
    said: str = Field(description="进度，或没建成的原因")
    stage: str = Field(default="", description="正在做哪一步")
    percent: int = Field(default=0, description="完成了百分之几，0—100")


class BuildsOut(BaseModel):
    """What answers, and what else there is."""

    answering: str
    age_seconds: int
    trouble: str | None = Field(description="新索引为什么没有启用")
    builds: list[BuildOut]
    rebuild: RebuildOut | None


class ChangeIn(BaseModel):
    """Why."""

    comment: Annotated[str, Field(max_length=500, description="为什么，记入操作记录")] = ""


def rebuilding_of(service: ServiceDep) -> Rebuilding:
    """Return what makes builds for the service that is asked."""
    return Rebuilding(service.settings, service.clock)


RebuildingDep = Annotated[Rebuilding, Depends(rebuilding_of)]
ChangeBody = Annotated[ChangeIn | None, Body()]


@router.get("", summary="索引状态", operation_id="staff_builds")
def builds(request: Request, staff: DocumentsReaderDep, service: ServiceDep, rebuilding: RebuildingDep) -> BuildsOut:
    """给出正在用的索引、磁盘上的各份索引，以及最近一次重建的进度。"""
    standing: Standing = request.app.state.standing
    answering = service.build.name if service.build else ""
    age = service.clock() - datetime.fromisoformat(service.engine.manifest.created)
    last = rebuilding.last()
    return BuildsOut(
        answering=answering,
        age_seconds=max(0, round(age.total_seconds())),
        trouble=standing.live.trouble if standing.live else None,
        builds=listed_builds(service),
        rebuild=RebuildOut.model_validate(last, from_attributes=True) if last else None,
    )


@router.post("/rebuild", status_code=202, summary="重建索引", operation_id="staff_rebuild", responses=responses_of(409))
def rebuild(
    request: Request,
    staff: DocumentsEditorDep,
    service: ServiceDep,
    rebuilding: RebuildingDep,
    change: ChangeBody = None,
) -> RebuildOut:
    """在另一个进程里重建索引，建好后自动换用；同时只能有一次。"""
    standing: Standing = request.app.state.standing
    try:
        began = rebuilding.start(staff.name, standing.live.look_now if standing.live else lambda: None)
    except OSError as error:
        raise HTTPException(503, f"没能开始重建（{error}）。请检查运行数据目录的权限和磁盘空间。") from error
    if not began:
        raise HTTPException(409, "正在重建索引，请等它结束再试。")
    _note(service, staff.name, "index.rebuild", change)
    last = rebuilding.last()
    if last is None:
        raise HTTPException(503, "重建已经开始，但读不到它的状态。请检查运行数据目录。")
    return RebuildOut.model_validate(last, from_attributes=True)


@router.post("/reload", status_code=202, summary="换用最新的索引", operation_id="staff_reload")
def reload(request: Request, staff: DocumentsEditorDep, service: ServiceDep, change: ChangeBody = None) -> None:
    """立即查看有没有新索引，有就换用。各进程自己每两秒也会看一次。"""
    standing: Standing = request.app.state.standing
    _note(service, staff.name, "index.reload", change)
    if standing.live:
        standing.live.look_now()


def _note(service: Service, actor: str, action: str, change: ChangeIn | None) -> None:
    name = service.build.name if service.build else ""
    trail = AuditTrail(open_journal(service.settings), service.clock)
    trail.note(actor, action, name, change.comment if change else "")


def listed_builds(service: Service) -> list[BuildOut]:
    """Return the builds on the disk, the live one first."""
    answering = service.build.name if service.build else ""
    store = BuildStore(service.settings.index_dir)
    current, found = store.current(), []
    for folder in store.builds():
        try:
            manifest = read_manifest(folder)
        except NoBuildError:
            continue
        found.append(
            BuildOut(
                name=folder.name,
                created=manifest.created,
                documents=manifest.documents,
                passages=manifest.passages,
                questions=manifest.questions,
                answering=folder.name == answering,
                live=folder == current,
            )
        )
    return found
