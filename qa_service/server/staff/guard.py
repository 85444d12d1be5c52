"""Who may pass: every route of the staff's asks for one of these."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, HTTPException, Request

from qa_service.access.staff import Role, Staff


def staff_of(request: Request) -> Staff:
    """Return who makes a request.

    Raises:
        HTTPException: nobody who has signed in, and no valid token.
    """
    raise HTTPException(401, "请先登录。")


def at_least(role: Role) -> Callable[[Staff], Staff]:
    """Return what lets in a role and those above it."""

    def check(staff: Annotated[Staff, Depends(staff_of)]) -> Staff:
        if not staff.role.covers(role):
            raise HTTPException(
                403, f"这项操作需要“{role.label}”权限，{staff.name} 是“{staff.role.label}”。请联系管理员。"
            )
        return staff

    return check


ReaderDep = Annotated[Staff, Depends(at_least(Role.READER))]
EditorDep = Annotated[Staff, Depends(at_least(Role.EDITOR))]
AdminDep = Annotated[Staff, Depends(at_least(Role.ADMIN))]
