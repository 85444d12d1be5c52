"""The resources: the list of documents, and every document whole."""

from datetime import date
from urllib.parse import quote, unquote

import mcp_types as types
from mcp.shared.exceptions import MCPError

from qa_service.corpus.models import Document
from qa_service.corpus.validity import chinese_date
from qa_service.errors import NotFoundError
from qa_service.server.assistants.telling import form_of, standing_of
from qa_service.service import Service
from qa_service.text.book_marks import in_book_marks

LIST = "policy://documents"
_PLAIN, _MARKDOWN = "text/plain", "text/markdown"
WHOLE = types.ResourceTemplate(
    name="policy_document",
    title="一份文件的全部文字",
    uri_template=f"{LIST}/{{id}}",
    description="编号见 policy://documents。要点、指南是本服务整理的，不是法条原文；开头写明形式和效力。",
    mime_type=_PLAIN,
)


def resources(service: Service) -> list[types.Resource]:
    """Return the list, and every document by itself."""
    day = service.answerer.today()
    listing = types.Resource(
        name="policy_documents",
        title="所收录的全部文件",
        uri=LIST,
        description="每份文件的标题、编号、层级、效力和形式（全文、要点、指南）。",
        mime_type=_MARKDOWN,
    )
    return [listing, *(_resource(service, document, day) for document in service.library.documents.values())]


def read(service: Service, uri: str) -> types.ReadResourceResult:
    """Return what stands at an address.

    Raises:
        MCPError: nothing does.
    """
    day = service.answerer.today()
    if uri.rstrip("/") == LIST:
        lines = [f"- {_line(service, document, day)}" for document in service.library.documents.values()]
        return _text(uri, "\n".join(["# 所收录的文件", "", *lines, ""]), _MARKDOWN)
    try:
        if not uri.startswith(f"{LIST}/"):
            raise NotFoundError(f"没有地址 {uri}。文件列表在 {LIST}，每份文件在 {LIST}/编号。")
        document = service.library[unquote(uri.removeprefix(f"{LIST}/"))]
    except NotFoundError as error:
        raise MCPError(types.INVALID_PARAMS, str(error), {"uri": uri}) from error
    return _text(uri, f"{_front(service, document, day)}\n\n{document.body.strip()}\n", _PLAIN)


def _resource(service: Service, document: Document, day: date) -> types.Resource:
    standing = standing_of(service.library.validity(document.id, day), service.library.upcoming(document.id, day))
    return types.Resource(
        name=document.id,
        title=document.title,
        uri=f"{LIST}/{quote(document.id, safe='')}",
        description=f"{form_of(document)}；{standing.in_words()}",
        mime_type=_PLAIN,
    )


def _line(service: Service, document: Document, day: date) -> str:
    standing = standing_of(service.library.validity(document.id, day), service.library.upcoming(document.id, day))
    level = f"{document.level}；" if document.level else ""
    return f"{in_book_marks(document.title)} 编号 {document.id}；{level}{form_of(document)}；{standing.in_words()}"


def _front(service: Service, document: Document, day: date) -> str:
    issued = chinese_date(document.issued) if document.issued else None
    facts = (("发布机关", document.issuer), ("文号", document.number), ("发布日期", issued), ("说明", document.note))
    return "\n".join([_line(service, document, day), *(f"{name}：{value}" for name, value in facts if value)])


def _text(uri: str, text: str, mime_type: str) -> types.ReadResourceResult:
    return types.ReadResourceResult(contents=[types.TextResourceContents(uri=uri, text=text, mime_type=mime_type)])
