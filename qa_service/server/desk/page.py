"""What every page of the desk shows: who is signed in, where one can go, and what the page itself adds."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Depends, Request, Response

from qa_service.access.staff import Role
from qa_service.server.page_templates import TEMPLATES
from qa_service.server.staff.doorway import DoorwayDep
from qa_service.server.staff.forgery import FIELD
from qa_service.server.staff.guard import VisitDep

PLACES: tuple[tuple[str, str, Role], ...] = (
    ("/desk", "检索", Role.READER),
    ("/desk/gaps", "待补", Role.READER),
    ("/desk/curated", "人工审核", Role.READER),
    ("/desk/documents", "文件", Role.EDITOR),
    ("/desk/numbers", "统计", Role.READER),
    ("/desk/account", "账号", Role.READER),
)
"""The desk's pages as its navigation lists them: address, name, and the role that may do something there."""


class DeskPage:
    """A page for whom it is asked by."""

    def __init__(self, request: Request, visit: VisitDep, doorway: DoorwayDep) -> None:
        self._request = request
        self._visit = visit
        self._csrf = doorway.gate.seal.csrf(visit.token)

    def show(
        self,
        template: str,
        context: Mapping[str, Any] | None = None,
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """Return the page as a template writes it.

        Args:
            template: below ``web/templates/desk``.
            context: what the template shows beside who is signed in.
            status: the HTTP status.
            headers: further headers.
        """
        shown = {
            "visit": self._visit,
            "places": [place for place in PLACES if self._visit.staff.role.covers(place[2])],
            "csrf": self._csrf,
            "field": FIELD,
            "error": "",
            **(context or {}),
        }
        return TEMPLATES.TemplateResponse(self._request, f"desk/{template}", shown, status, headers)


DeskPageDep = Annotated[DeskPage, Depends()]
