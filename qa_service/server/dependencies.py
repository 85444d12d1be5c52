"""What a route may ask for, as named types."""

from typing import Annotated, cast

from fastapi import Depends, HTTPException, Request

from qa_service.service import Service


async def service_of(request: Request) -> Service:
    """Return the service of the application that is asked; what waits for nothing needs no thread of its own.

    Raises:
        HTTPException: it is still being opened.
    """
    service = getattr(request.app.state, "service", None)
    if service is None:
        raise HTTPException(503, "索引正在加载，请稍后再试。")
    return cast(Service, service)


ServiceDep = Annotated[Service, Depends(service_of)]
