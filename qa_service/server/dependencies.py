"""What a route may ask for, as named types."""

from typing import Annotated, cast

from fastapi import Depends, HTTPException, Request

from qa_service.service import Service


def _service(request: Request) -> Service:
    service = getattr(request.app.state, "service", None)
    if service is None:
        raise HTTPException(503, "索引正在加载，请稍后再试。")
    return cast(Service, service)


ServiceDep = Annotated[Service, Depends(_service)]
