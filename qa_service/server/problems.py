"""Errors as RFC 9457 problem+json, in Chinese, with a stable type and the request id."""

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from qa_service.errors import (
    AccessError,
    BusyError,
    CorpusWriteError,
    CuratedAnswerError,
    GapError,
    ImportConflictError,
    ImportFileError,
    NotFoundError,
    PeriodError,
    QaError,
    SignInError,
    SwitchError,
    ThrottledError,
)
from qa_service.server import openai_errors
from qa_service.server.request_id import HEADER
from qa_service.server.schemas import LONGEST_QUESTION, ProblemOut
from qa_service.server.security_headers import SECURITY_HEADERS

_log = logging.getLogger(__name__)

_TITLES = {
    400: ("bad-request", "请求无法解析"),
    401: ("not-signed-in", "没有登录"),
    403: ("forbidden", "没有权限"),
    404: ("not-found", "没有找到"),
    405: ("method-not-allowed", "不支持这种请求方法"),
    408: ("too-slow", "请求内容迟迟没有传完"),
    409: ("conflict", "现在不能这样做"),
    413: ("too-large", "请求内容过大"),
    415: ("unsupported-encoding", "不支持这种内容"),
    422: ("invalid-request", "请求内容有误"),
    429: ("too-many-requests", "请求过多"),
    500: ("internal-error", "服务内部出错"),
    503: ("not-ready", "服务尚未就绪"),
}


def responses_of(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return what the OpenAPI document says of errors of these statuses."""
    content = {"application/problem+json": {"schema": ProblemOut.model_json_schema()}}
    return {status: {"description": _TITLES[status][1], "content": content} for status in statuses}


RESPONSES = responses_of(400, 404, 408, 413, 415, 422, 429, 503)
"""What the OpenAPI document says of errors."""

_STATUSES: dict[type[QaError], int] = {
    NotFoundError: 404,
    SignInError: 401,
    ThrottledError: 429,
    AccessError: 422,
    CuratedAnswerError: 422,
    ImportFileError: 422,
    ImportConflictError: 409,
    CorpusWriteError: 503,
    GapError: 422,
    SwitchError: 422,
    PeriodError: 422,
    BusyError: 503,
}
"""What an expected error is answered with; the first kind that it is of. All others are this service's own: 500."""

_RETRY_AFTER_BUSY_S = "1"
_NOT_JSON = "请求体不是合法的 JSON。请检查引号、逗号和 UTF-8 编码。"
_FAULTS = {
    "missing": "缺少这一项",
    "extra_forbidden": "不认识这一项，请核对拼写",
    "string_type": "应为文字",
    "string_too_short": "不能为空",
    "string_too_long": "过长，最多 {max_length} 个字",
    "string_pattern_mismatch": "含有不允许的字符",
    "string_unicode": "含有无法识别的字符",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "bool_parsing": "应为 true 或 false",
    "bool_type": "应为 true 或 false",
    "dict_type": "应为 JSON 对象",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "too_long": "最多 {max_length} 项",
    "list_type": "应为列表",
    "model_attributes_type": "应为 JSON 对象",
    "model_type": "应为 JSON 对象",
    "date_from_datetime_parsing": "应为日期，如 2026-01-01",
    "date_parsing": "应为日期，如 2026-01-01",
    "date_type": "应为日期，如 2026-01-01",
    "date_from_datetime_inexact": "应为日期，如 2026-01-01",
}


def problem_out(request: Request, status: int, detail: str, errors: Sequence[dict[str, Any]] = ()) -> ProblemOut:
    """Describe a problem."""
    kind, title = _TITLES.get(status, (f"http-{status}", HTTPStatus(status).phrase))
    return ProblemOut(
        type=f"urn:qa-service:problem:{kind}",
        title=title,
        status=status,
        detail=detail,
        request_id=getattr(request.state, "request_id", ""),
        errors=list(errors),
    )


def problem(request: Request, status: int, detail: str, errors: Sequence[dict[str, Any]] = ()) -> Response:
    """Return a problem response; under /v1 in the words of the protocol that is spoken there."""
    body = problem_out(request, status, detail, errors)
    if openai_errors.spoken(request):
        response = openai_errors.response(body)
    else:
        response = JSONResponse(body.model_dump(), status, media_type="application/problem+json")
    # An unexpected error is answered outside the middleware that else adds these.
    response.headers.update({HEADER: body.request_id, **SECURITY_HEADERS})
    return response


def install(app: FastAPI) -> None:
    """Let every error of ``app`` become a problem."""
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(QaError, _known)
    app.add_exception_handler(Exception, _unknown)


def faults_in_words(faults: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return what pydantic found wrong, field by field, in Chinese; the first five."""
    return [f"{_field(fault['loc'])}：{_message(fault)}" for fault in faults[:5]]


def fault_of_field(fault: Mapping[str, Any]) -> str:
    """Return what pydantic found wrong with one field, in Chinese, as it stands beside the field."""
    return f"{_message(fault)}。"


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    # The first part of a place says which part of the request it is in.
    faults = [{**fault, "loc": fault["loc"][1:]} for fault in error.errors()]
    if any(fault["type"] in {"json_invalid", "json_type"} for fault in faults):
        return problem(request, 400, _NOT_JSON)
    errors = [{"field": _field(fault["loc"]), "message": _message(fault)} for fault in faults]
    return problem(request, 422, f"{'；'.join(faults_in_words(faults))}。", errors)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    details = {400: _NOT_JSON, 404: "没有这个地址。请核对路径。", 405: f"这个地址不支持 {request.method}。"}
    response = problem(request, error.status_code, details.get(error.status_code, str(error.detail)))
    response.headers.update(error.headers or {})
    return response


async def _known(request: Request, error: Exception) -> Response:
    assert isinstance(error, QaError)
    return problem_of(request, error)


def problem_of(request: Request, error: QaError) -> Response:
    """Return what an expected error is answered with."""
    status = next((status for kind, status in _STATUSES.items() if isinstance(error, kind)), 500)
    faults = error.faults if isinstance(error, CuratedAnswerError) else ()
    response = problem(request, status, str(error), [{"field": field, "message": said} for field, said in faults])
    if isinstance(error, ThrottledError):
        response.headers["Retry-After"] = str(error.wait_s)
    if isinstance(error, BusyError):
        response.headers["Retry-After"] = _RETRY_AFTER_BUSY_S
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="staff"'
    return response


async def _unknown(request: Request, error: Exception) -> Response:
    return problem(request, 500, _logged(request, error))


def midway(request: Request, error: Exception) -> ProblemOut:
    """Describe an error that came up when the response had begun; an unexpected one is logged."""
    return problem_out(request, 500, str(error) if isinstance(error, QaError) else _logged(request, error))


def _logged(request: Request, error: Exception) -> str:
    _log.exception("unhandled error in request %s", getattr(request.state, "request_id", ""), exc_info=error)
    return "服务内部出错，请稍后再试；若仍出错，请把请求编号告诉管理员。"


def _field(loc: Sequence[int | str]) -> str:
    return ".".join(str(part) for part in loc).encode("utf-8", "replace").decode() or "请求体"


def _message(fault: Mapping[str, Any]) -> str:
    if fault["type"] == "value_error":
        return str(fault["msg"]).removeprefix("Value error, ")
    if fault["type"] == "string_too_long" and "question" in fault["loc"]:
        return f"过长，最多 {LONGEST_QUESTION} 个字，请精简后再问"
    text = _FAULTS.get(fault["type"])
    return text.format(**fault.get("ctx", {})) if text else "取值不可用"
