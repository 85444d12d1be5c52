"""Is the process alive, and can it answer?"""

from datetime import datetime

from fastapi import APIRouter, Request

from qa_service import __version__
from qa_service.server.dependencies import ServiceDep
from qa_service.server.problems import RESPONSES
from qa_service.server.schemas import HealthOut, ReadyOut
from qa_service.server.standing import Standing

router = APIRouter(tags=["运行状态"])


@router.head("/healthz", include_in_schema=False)
@router.get("/healthz", summary="进程在运行", operation_id="healthz")
def healthz() -> HealthOut:
    """进程在运行就返回 200。"""
    return HealthOut(version=__version__)


@router.head("/readyz", include_in_schema=False)
@router.get("/readyz", summary="可以回答问题", operation_id="readyz", responses={503: RESPONSES[503]})
def readyz(request: Request, service: ServiceDep) -> ReadyOut:
    """索引加载完毕、可以回答问题时返回 200，否则 503。

    `degraded` 写明能答但不正常的地方；`journal` 为 `failing` 时记录写不进去，回答照常。
    """
    standing: Standing = request.app.state.standing
    trouble = standing.live.trouble if standing.live else None
    manifest = service.engine.manifest
    age = service.clock() - datetime.fromisoformat(manifest.created)
    return ReadyOut(
        build=service.build.name if service.build else "",
        created=manifest.created,
        age_seconds=max(0, round(age.total_seconds())),
        documents=manifest.documents,
        passages=manifest.passages,
        questions=manifest.questions,
        degraded="；".join(filter(None, (service.degraded, trouble))) or None,
        journal="failing" if any(writer.failing for writer in service.writers) else "ok",
    )
