"""/api/v1/staff/tokens: what programs show instead of a password; for administrators."""

from typing import Annotated

from fastapi import APIRouter, Path

from qa_service.server.staff.doorway import DoorwayDep
from qa_service.server.staff.guard import AdminDep
from qa_service.server.staff.schemas import NewTokenOut, TokenIn, TokenOut, TokensOut

router = APIRouter()


@router.get("/tokens", summary="令牌列表", operation_id="list_tokens")
def list_tokens(admin: AdminDep, doorway: DoorwayDep) -> TokensOut:
    """列出全部令牌；令牌本身只在新增时显示一次。"""
    return TokensOut(tokens=[TokenOut.of(token) for token in doorway.gate.tokens.list()])


@router.post("/tokens", status_code=201, summary="新增令牌", operation_id="add_token")
def add_token(body: TokenIn, admin: AdminDep, doorway: DoorwayDep) -> NewTokenOut:
    """新增一个令牌，归自己名下：自己停用或降级，它也跟着失效或降级。`text` 只显示这一次。"""
    made = doorway.gate.tokens.add(
        body.name, body.scopes, admin.name, role=body.role, days=body.days, owner=admin, comment=body.comment
    )
    return NewTokenOut(token=TokenOut.of(made.token), text=made.text)


@router.delete("/tokens/{token_id}", summary="吊销令牌", operation_id="revoke_token")
def revoke_token(
    token_id: Annotated[str, Path(pattern="^[0-9a-f]{12}$", description="令牌的编号")],
    admin: AdminDep,
    doorway: DoorwayDep,
) -> TokenOut:
    """吊销一个令牌，即刻失效。"""
    return TokenOut.of(doorway.gate.tokens.revoke(token_id, admin.name))
