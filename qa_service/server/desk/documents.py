"""/desk/documents: official texts brought in, looked through, published and taken back; forms that work without scripts."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from qa_service.desk.imports.corrections import Corrections
from qa_service.errors import CorpusWriteError, ImportConflictError, ImportFileError, NotFoundError, QaError
from qa_service.server.desk.documents_views import DocumentsViews, DocumentsViewsDep, Typed
from qa_service.server.desk.entrance import PREFIX, to
from qa_service.server.problems import fault_of_field
from qa_service.server.staff.builds import RebuildingDep
from qa_service.server.staff.guard import EditorDep
from qa_service.server.staff.imports.router import (
    BatchPath,
    FetchDep,
    FilePath,
    ImportDeskDep,
    StagePath,
    rebuild,
    staged,
)

router = APIRouter(prefix="/documents")

_HOME = f"{PREFIX}/documents"
Comment = Annotated[str, Form(max_length=500)]


def _upload(stage_id: str) -> str:
    return f"{_HOME}/imports/{stage_id}"


@router.get("")
def documents_page(staff: EditorDep, views: DocumentsViewsDep) -> Response:
    """Show what there is, what waits and what was published."""
    return views.home()


@router.post("/imports")
async def upload(
    request: Request, staff: EditorDep, desk: ImportDeskDep, views: DocumentsViewsDep, fetching: FetchDep
) -> Response:
    """Keep files and addresses, and go to what was understood of them."""
    try:
        stage = await staged(request, staff.name, desk, fetching)
    except ImportFileError as error:
        return await run_in_threadpool(views.home, str(error), 422)
    return to(_upload(stage.id))


@router.get("/imports/{stage_id}")
def upload_page(stage_id: StagePath, staff: EditorDep, views: DocumentsViewsDep) -> Response:
    """Show what was understood of an upload, and what publishing it would do."""
    try:
        return views.upload(stage_id)
    except NotFoundError as error:
        return views.home(str(error), 404)


@router.post("/imports/{stage_id}/files/{file_key}")
async def correct(
    request: Request,
    stage_id: StagePath,
    file_key: FilePath,
    staff: EditorDep,
    desk: ImportDeskDep,
    views: DocumentsViewsDep,
) -> Response:
    """Correct what was read of a file, and show what is understood now."""
    form = await request.form()
    typed = {name: str(form.get(name, "")) for name in Corrections.model_fields}
    try:
        corrections = Corrections.model_validate(typed)
        await run_in_threadpool(desk.staging.correct, stage_id, file_key, corrections)
    except ValidationError as error:
        faults = {str(fault["loc"][0]): fault_of_field(fault) for fault in error.errors()}
        return await run_in_threadpool(_uncorrected, views, stage_id, Typed(file_key, typed, faults))
    except (NotFoundError, ImportConflictError) as error:
        return await run_in_threadpool(_refused, views, stage_id, error)
    return to(f"{_upload(stage_id)}#file-{file_key}")


@router.post("/imports/{stage_id}/files/{file_key}/drop")
def drop(
    stage_id: StagePath, file_key: FilePath, staff: EditorDep, desk: ImportDeskDep, views: DocumentsViewsDep
) -> Response:
    """Leave a file out of an upload."""
    try:
        left = desk.staging.drop(stage_id, file_key)
    except (NotFoundError, ImportConflictError) as error:
        return _refused(views, stage_id, error)
    return to(_upload(stage_id) if left.files else _HOME)


@router.post("/imports/{stage_id}/discard")
def discard(stage_id: StagePath, staff: EditorDep, desk: ImportDeskDep, views: DocumentsViewsDep) -> Response:
    """Forget an upload."""
    try:
        desk.staging.discard(stage_id)
    except (NotFoundError, ImportConflictError) as error:
        return _refused(views, stage_id, error)
    return to(_HOME)


@router.post("/imports/{stage_id}/publish")
def publish(
    request: Request,
    stage_id: StagePath,
    staff: EditorDep,
    desk: ImportDeskDep,
    views: DocumentsViewsDep,
    rebuilding: RebuildingDep,
    comment: Comment = "",
) -> Response:
    """Publish an upload, and show how far it is."""
    try:
        desk.publish(stage_id, staff.name, comment.strip())
        rebuild(request, rebuilding, staff.name)
    except (NotFoundError, ImportFileError, ImportConflictError, CorpusWriteError) as error:
        return _refused(views, stage_id, error)
    return to(_upload(stage_id))


@router.get("/batches/{batch_id}")
def batch_page(batch_id: BatchPath, staff: EditorDep, views: DocumentsViewsDep) -> Response:
    """Show what taking a batch back would do."""
    try:
        return views.batch(batch_id)
    except NotFoundError as error:
        return views.home(str(error), 404)


@router.post("/batches/{batch_id}/undo")
def undo(
    request: Request,
    batch_id: BatchPath,
    staff: EditorDep,
    desk: ImportDeskDep,
    views: DocumentsViewsDep,
    rebuilding: RebuildingDep,
    comment: Comment = "",
) -> Response:
    """Take a batch back, and show how far it is."""
    try:
        if len(comment.strip()) < 2:
            return views.batch(batch_id, "请写明为什么撤销，至少两个字。", 422)
        desk.undo(batch_id, staff.name, comment.strip())
        rebuild(request, rebuilding, staff.name)
    except NotFoundError as error:
        return views.home(str(error), 404)
    except (ImportConflictError, CorpusWriteError) as error:
        return views.batch(batch_id, str(error), _status(error))
    return to(_HOME)


@router.post("/rebuild")
def rebuild_now(
    request: Request, staff: EditorDep, desk: ImportDeskDep, views: DocumentsViewsDep, rebuilding: RebuildingDep
) -> Response:
    """Make the index anew, and show how far it is."""
    try:
        desk.note_rebuild(staff.name)
        rebuild(request, rebuilding, staff.name)
    except CorpusWriteError as error:
        return views.home(str(error), 503)
    return to(_HOME)


def _uncorrected(views: DocumentsViews, stage_id: str, typed: Typed) -> Response:
    try:
        return views.upload(stage_id, "改正的内容有误，没有保存。请看标出的各项。", 422, typed)
    except NotFoundError as error:
        return views.home(str(error), 404)


def _refused(views: DocumentsViews, stage_id: str, error: QaError) -> Response:
    """Show an upload with what was not done to it; where there is none any more, the first page."""
    try:
        return views.upload(stage_id, str(error), _status(error))
    except NotFoundError:
        return views.home(str(error), _status(error))


def _status(error: QaError) -> int:
    return {ImportConflictError: 409, CorpusWriteError: 503, NotFoundError: 404}.get(type(error), 422)
