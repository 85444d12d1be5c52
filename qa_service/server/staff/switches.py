"""The staff's switches: what is off, and switching it."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from qa_service.journal.switches import NAMES, SwitchStore
from qa_service.keeping import open_journal
from qa_service.server.dependencies import ServiceDep
from qa_service.server.staff.guard import OperationsAdminDep, OperationsReaderDep

router = APIRouter(prefix="/switches", tags=["紧急开关"])


class SwitchOut(BaseModel):
    """One switch."""

    name: str
    label: str
    on: bool
    at: datetime | None = None
    by: str | None = None
    comment: str | None = None
    message: str | None = None


class SwitchesOut(BaseModel):
    """All switches."""

    switches: list[SwitchOut]


class SwitchIn(BaseModel):
    """How a switch is to be."""

    model_config = ConfigDict(extra="forbid")

    on: bool
    comment: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=500),
        Field(description="为什么，记入操作记录"),
    ]
    message: Annotated[str, Field(max_length=300, description="停用时对公众怎么说；留空用固定的话")] = ""


def switches_of(service: ServiceDep) -> SwitchStore:
    """Return the switches of the service that is asked."""
    return SwitchStore(open_journal(service.settings), service.clock)


StoreDep = Annotated[SwitchStore, Depends(switches_of)]


@router.get("", summary="全部开关", operation_id="list_switches")
def list_switches(store: StoreDep, _: OperationsReaderDep) -> SwitchesOut:
    """全部开关，停用的附何时、何人、为何。"""
    return _out(store)


@router.put("/{name}", summary="停用或恢复", operation_id="set_switch")
def set_switch(name: str, body: SwitchIn, store: StoreDep, staff: OperationsAdminDep) -> SwitchesOut:
    """停用或恢复一项，各进程两秒内生效；必须写明为什么。"""
    if body.on:
        store.switch_on(name, staff.name, body.comment)
    else:
        store.switch_off(name, staff.name, body.comment, body.message)
    return _out(store)


def _out(store: SwitchStore) -> SwitchesOut:
    off = {entry.name: entry for entry in store.off()}
    return SwitchesOut(
        switches=[
            SwitchOut(name=name, label=label, on=True)
            if (entry := off.get(name)) is None
            else SwitchOut(
                name=name,
                label=label,
                on=False,
                at=entry.at,
                by=entry.by,
                comment=entry.comment,
                message=entry.message,
            )
            for name, label in NAMES.items()
        ]
    )
