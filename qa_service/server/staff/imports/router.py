"""/api/v1/staff/imports: official texts brought in, shown as understood, published and taken back."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Path, Request
from starlette.concurrency import run_in_threadpool

from qa_service.corpus.fetch import fetch
from qa_service.corpus.library import fingerprint_of
from qa_service.desk.imports.corrections import Corrections
from qa_service.desk.imports.desk import ImportDesk
from qa_service.desk.imports.staged import Stage
from qa_service.errors import CorpusWriteError
from qa_service.index.store import BuildStore
from qa_service.journal.import_log import ImportLog
from qa_service.keeping import open_journal
from qa_service.server.dependencies import ServiceDep
from qa_service.server.problems import responses_of
from qa_service.server.rebuilding import Rebuild, Rebuilding
from qa_service.server.staff.builds import RebuildingDep
from qa_service.server.staff.guard import DocumentsEditorDep
from qa_service.server.staff.imports.presenting import batch_out, preview_out, stage_out, undo_preview_out
from qa_service.server.staff.imports.schemas import (
    BatchesOut,
    PreviewOut,
    ProgressOut,
    PublishedOut,
    PublishIn,
    StagesOut,
    Step,
    UndoIn,
    UndoPreviewOut,
)
from qa_service.server.standing import Standing
from qa_service.server.uploads import ADDRESSES, FILES, Fetch, brought_by, read_form
from qa_service.service import Service

router = APIRouter(prefix="/imports", tags=["导入文件"], responses=responses_of(409))

_FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {
                        FILES: {
                            "type": "array",
                            "items": {"type": "string", "format": "binary"},
                            "description": "docx、pdf、html、md、txt，最多 20 个，每个不超过 50 MB，合计不超过 100 MB",
                        },
                        ADDRESSES: {"type": "string", "description": "网址，一行一个，最多 5 个"},
                    },
                }
            }
        },
    }
}
_NOT_WRITTEN = "写不进运行数据目录（{}）。没有收下任何文件。请管理员检查 QA_DATA_DIR 的权限和磁盘空间。"


def import_desk_of(service: ServiceDep) -> ImportDesk:
    """Return the desk over the corpus of the service that is asked."""
    log = ImportLog(open_journal(service.settings), service.clock)
    return ImportDesk(service.settings, log, service.clock, service.searcher.segmenter.count)


def fetch_of() -> Fetch:
    """Return what downloads an address."""
    return fetch


ImportDeskDep = Annotated[ImportDesk, Depends(import_desk_of)]
FetchDep = Annotated[Fetch, Depends(fetch_of)]
StagePath = Annotated[str, Path(max_length=64, description="上传的编号")]
FilePath = Annotated[str, Path(max_length=8, description="文件在这次上传里的编号")]
BatchPath = Annotated[str, Path(max_length=64, description="批次")]


async def staged(request: Request, by: str, desk: ImportDesk, fetching: Fetch) -> Stage:
    """Keep what a form brings.

    Raises:
        ImportFileError: it is no form, or nothing of it could be kept.
        HTTPException: the data folder cannot be written.
    """
    form = await read_form(request)
    try:
        return await run_in_threadpool(lambda: desk.stage(by, brought_by(form, fetching)))
    except OSError as error:
        raise HTTPException(503, _NOT_WRITTEN.format(error.strerror)) from error
    finally:
        await form.close()


@router.post("", status_code=201, summary="上传文件或网址", operation_id="add_import", openapi_extra=_FORM)
async def add_import(
    request: Request, staff: DocumentsEditorDep, desk: ImportDeskDep, fetching: FetchDep
) -> PreviewOut:
    """收下文件，返回读懂的内容和发布后会怎样；语料不变。48 小时内有效，任何编辑都能看、能改、能发布。"""
    stage = await staged(request, staff.name, desk, fetching)
    return preview_out(await run_in_threadpool(desk.preview, stage))


@router.get("", summary="等着发布的上传", operation_id="list_imports")
def list_imports(staff: DocumentsEditorDep, desk: ImportDeskDep) -> StagesOut:
    """列出所有编辑还没有过期的上传。"""
    return StagesOut(stages=[stage_out(stage) for stage in desk.staging.all()])


@router.get("/progress", summary="发布的进度", operation_id="import_progress")
def import_progress(
    request: Request, staff: DocumentsEditorDep, service: ServiceDep, rebuilding: RebuildingDep
) -> ProgressOut:
    """给出最近一次改动走到哪一步：重建索引、换用、已在用（就接到这次请求的进程而言）。"""
    standing: Standing = request.app.state.standing
    return progress_of(service, rebuilding, standing.live.trouble if standing.live else None)


@router.get("/batches", summary="导入批次", operation_id="list_import_batches")
def list_batches(staff: DocumentsEditorDep, desk: ImportDeskDep) -> BatchesOut:
    """列出各批导入：谁、何时、哪些文件、说明、是否已撤销。"""
    return BatchesOut(batches=[batch_out(batch) for batch in desk.batches()])


@router.get("/batches/{batch_id}", summary="撤销会怎样", operation_id="preview_undo_import")
def preview_undo(batch_id: BatchPath, staff: DocumentsEditorDep, desk: ImportDeskDep) -> UndoPreviewOut:
    """说明撤销这一批会去掉、恢复哪些文件，哪些文件的效力会变；不撤销。"""
    return undo_preview_out(desk.undo_preview(batch_id))


@router.post("/batches/{batch_id}/undo", status_code=202, summary="撤销一批导入", operation_id="undo_import")
def undo_import(
    request: Request,
    batch_id: BatchPath,
    body: UndoIn,
    staff: DocumentsEditorDep,
    desk: ImportDeskDep,
    rebuilding: RebuildingDep,
) -> PublishedOut:
    """撤销最近的一批，随后重建索引并换用。"""
    batch = desk.undo(batch_id, staff.name, body.comment)
    rebuild(request, rebuilding, staff.name)
    return PublishedOut(batch=batch.id, documents=list(batch.documents))


@router.get("/{stage_id}", summary="一次上传", operation_id="get_import")
def get_import(stage_id: StagePath, staff: DocumentsEditorDep, desk: ImportDeskDep) -> PreviewOut:
    """给出一次上传读懂的内容，按现在的语料。"""
    return preview_out(desk.preview(desk.staging.get(stage_id)))


@router.put("/{stage_id}/files/{file_key}", summary="改正元数据", operation_id="correct_import")
def correct_import(
    stage_id: StagePath, file_key: FilePath, body: Corrections, staff: DocumentsEditorDep, desk: ImportDeskDep
) -> PreviewOut:
    """写明一份文件的元数据（整份，留空就是没有），返回改正后读懂的内容。"""
    return preview_out(desk.correct(stage_id, file_key, body))


@router.delete("/{stage_id}/files/{file_key}", status_code=204, summary="去掉一份文件", operation_id="drop_import_file")
def drop_file(stage_id: StagePath, file_key: FilePath, staff: DocumentsEditorDep, desk: ImportDeskDep) -> None:
    """从一次上传里去掉一份；去掉最后一份，这次上传也就丢弃了。"""
    desk.staging.drop(stage_id, file_key)


@router.delete("/{stage_id}", status_code=204, summary="丢弃一次上传", operation_id="discard_import")
def discard(stage_id: StagePath, staff: DocumentsEditorDep, desk: ImportDeskDep) -> None:
    """丢弃一次还没有发布的上传。"""
    desk.staging.discard(stage_id)


@router.post("/{stage_id}/publish", status_code=202, summary="发布一次上传", operation_id="publish_import")
def publish(
    request: Request,
    stage_id: StagePath,
    staff: DocumentsEditorDep,
    desk: ImportDeskDep,
    rebuilding: RebuildingDep,
    body: PublishIn | None = None,
) -> PublishedOut:
    """把能发布的文件作为一批写入语料，要么全写要么不写；随后重建索引并换用，进度见 `/imports/progress`。"""
    stage = desk.publish(stage_id, staff.name, body.comment if body else "")
    rebuild(request, rebuilding, staff.name)
    return PublishedOut(batch=stage.batch, documents=list(stage.documents))


def rebuild(request: Request, rebuilding: Rebuilding, actor: str) -> None:
    """Have the index made anew, and taken over; what cannot begin is said where the progress is."""
    standing: Standing = request.app.state.standing
    try:
        rebuilding.want(actor, standing.live.look_now if standing.live else lambda: None)
    except OSError as error:
        raise CorpusWriteError(
            f"语料已经改好，但没能开始重建索引（{error.strerror}）。请管理员检查运行数据目录，再点“重建索引”。"
        ) from error


def progress_of(service: Service, rebuilding: Rebuilding, trouble: str | None) -> ProgressOut:
    """Return how far the latest change is on its way to the answers."""
    last, answering = rebuilding.last(), service.build.name if service.build else ""
    current = BuildStore(service.settings.index_dir).current()
    step: Step = "live"
    said = ""
    if last and last.state == "running":
        step = "rebuilding"
    elif current is not None and current.name != answering:
        step, said = "switching", trouble or ""
    elif fingerprint_of(service.settings.corpus_dir) != service.library.fingerprint:
        step, said = ("failed", _why(last)) if last and last.state in ("failed", "broken_off") else ("stale", "")
    return ProgressOut(
        step=step,
        stage=last.stage if last else "",
        percent=last.percent if last else 100,
        actor=last.actor if last else "",
        began=last.began if last else "",
        said=said,
        answering=answering,
    )


def _why(last: Rebuild) -> str:
    if last.state == "broken_off":
        return "重建到一半，做这件事的进程没有了（可能是服务重启）。请再点“重建索引”。"
    return last.said or "没有说明原因，请管理员查看运行数据目录里的 rebuild.log。"
