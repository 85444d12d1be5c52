"""GET /metrics: the figures for Prometheus, shown to the operator's own networks alone."""

from ipaddress import ip_address

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from qa_service.server.client_address import client_address
from qa_service.server.dependencies import ServiceDep
from qa_service.server.metrics import CONTENT_TYPE
from qa_service.server.standing import Standing
from qa_service.settings import Settings

router = APIRouter(include_in_schema=False)


@router.get("/metrics")
def metrics(request: Request, service: ServiceDep) -> Response:
    """Show the figures; to others the address does not exist."""
    if not may_see(service.settings, client_address(request)):
        raise HTTPException(404)
    standing: Standing = request.app.state.standing
    standing.look()
    return Response(standing.metrics.page(), media_type=CONTENT_TYPE)


def may_see(settings: Settings, address: str | None) -> bool:
    """Whether the figures are shown to a network address; never where it is unknown."""
    try:
        asking = ip_address(address or "")
    except ValueError:
        return False
    mapped = getattr(asking, "ipv4_mapped", None)
    return any((mapped or asking) in network for network in settings.allowed_metrics_networks)
