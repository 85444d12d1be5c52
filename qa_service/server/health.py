"""Is the process alive, and can it answer?"""

from fastapi import APIRouter

from qa_service import __version__
from qa_service.server.dependencies import ServiceDep
from qa_service.server.problems import RESPONSES
from qa_service.server.schemas import HealthOut, ReadyOut

router = APIRouter(tags=["运行状态"])


@router.head("/healthz", include_in_schema=False)
@router.get("/healthz", summary="进程在运行", operation_id="healthz")
def healthz() -> HealthOut:
    """进程在运行就返回 200。"""
    return HealthOut(version=__version__)


@router.head("/readyz", include_in_schema=False)
@router.get("/readyz", summary="可以回答问题", operation_id="readyz", responses={503: RESPONSES[503]})
def readyz(service: ServiceDep) -> ReadyOut:
    """索引加载完毕、可以回答问题时返回 200，否则 503。"""
    manifest = service.engine.manifest
    return ReadyOut(
        created=manifest.created,
        documents=manifest.documents,
        passages=manifest.passages,
        questions=manifest.questions,
    )
