"""/desk: where one comes in."""

from fastapi import APIRouter
from fastapi.responses import Response

from qa_service.server.desk.entrance import to
from qa_service.server.staff.guard import ReaderDep

router = APIRouter()


@router.get("")
async def home(staff: ReaderDep) -> Response:
    """Lead to the first page of the desk."""
    return to("/desk/account")
