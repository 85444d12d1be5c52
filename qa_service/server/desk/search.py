"""/desk: looking things up while somebody waits. Its first content is written here; scripts take over from there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response

from qa_service.access.staff import Role
from qa_service.corpus.models import Document, Form, ValidityState
from qa_service.errors import BusyError, NotFoundError
from qa_service.search.searcher import Filters
from qa_service.server.asking import computed
from qa_service.server.dependencies import ServiceDep
from qa_service.server.desk.page import DeskPageDep
from qa_service.server.schemas import LONGEST_QUESTION
from qa_service.server.staff.guard import ReaderDep
from qa_service.server.staff.passage import consulted
from qa_service.server.staff.search import FoundListOut, found
from qa_service.service import Service

router = APIRouter()

FORMS = {Form.FULL_TEXT: "原文", Form.NOTES: "要点", Form.GUIDE: "指南"}
_LEVELS = ("海门区", "区级规划", "南通市", "江苏省", "法律", "行政法规", "司法解释", "部门规章", "国家政策", "国家标准")
"""The order in which staff look for them: what is nearest first, then by rank."""
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Looked:
    """What is looked for, as it stands in the address; what cannot be meant is left out."""

    q: str = ""
    document: str = ""
    level: str = ""
    topic: str = ""
    form: str = ""
    in_force: str = ""
    passage: str = ""

    @property
    def filters(self) -> Filters:
        """Where to look."""
        return Filters(
            (self.document,) if self.document else (),
            (self.level,) if self.level else (),
            (self.topic,) if self.topic else (),
            bool(self.in_force),
            (Form(self.form),) if self.form else (),
        )

    def at(self, passage_id: str) -> str:
        """Return the address of the same search with a passage opened."""
        given = {name: getattr(self, name) for name in self.__slots__ if name != "passage"}
        return "/desk?" + urlencode({name: value for name, value in given.items() if value} | {"passage": passage_id})


def looked_of(request: Request) -> Looked:
    """Read the address: half characters cannot be shown, and an unknown form is none."""
    given = {name: request.query_params.get(name, "") for name in Looked.__slots__}
    clean = {name: text.strip().encode("utf-8", "replace").decode() for name, text in given.items()}
    return Looked(**{**clean, "form": clean["form"] if clean["form"] in set(Form) else ""})


@router.get("")
async def search_page(request: Request, staff: ReaderDep, service: ServiceDep, page: DeskPageDep) -> Response:
    """Show the search, with what is looked for in the address and the passage that is opened."""
    looked = looked_of(request)
    context = {
        "looked": looked,
        "choices": _choices(service),
        "forms": FORMS,
        "longest": LONGEST_QUESTION,
        "origin": (service.settings.public_url or "").rstrip("/"),
        "may_write": staff.role.covers(Role.EDITOR),
        **await _looked_up(service, looked),
    }
    return page.show("search.html", context)


async def _looked_up(service: Service, looked: Looked) -> dict[str, Any]:
    found_list: FoundListOut | None = None
    trouble = ""
    if len(looked.q) > LONGEST_QUESTION:
        trouble = f"最多输入 {LONGEST_QUESTION} 个字，现在有 {len(looked.q)} 个。请删减后再查。"
    elif looked.q:
        try:
            found_list = await computed(service, partial(found, service, looked.q, _SHOWN, looked.filters))
        except BusyError as busy:
            trouble = str(busy)
    opened = None
    if looked.passage:
        try:
            opened = consulted(service, looked.passage)
        except NotFoundError:
            trouble = trouble or "地址里的那一条现在没有了，可能文件已经更新。请重新检索。"
    return {"found": found_list, "opened": opened, "trouble": trouble}


def _choices(service: Service) -> dict[str, Any]:
    """What can be chosen from: levels, topics, and the documents by level."""
    documents = sorted(service.library.documents.values(), key=lambda d: (_rank(d.level), d.level or "", d.title))
    day = service.answerer.today()

    def name(document: Document) -> str:
        validity = service.library.validity(document.id, day)
        is_plain = validity.state in {ValidityState.IN_FORCE, ValidityState.UNKNOWN}
        return document.name if is_plain else f"{document.name}（{validity.state.label}）"

    return {
        "levels": [(level, level) for level in dict.fromkeys(d.level for d in documents if d.level)],
        "topics": [(topic, topic) for topic in dict.fromkeys(topic for d in documents for topic in d.topics)],
        "documents": [
            (level, [(d.id, name(d)) for d in group])
            for level, group in groupby(documents, key=lambda d: d.level or "其他")
        ],
    }


def _rank(level: str | None) -> int:
    return _LEVELS.index(level) if level in _LEVELS else len(_LEVELS)
