"""The desk's pages, put together. What is guarded is guarded here, whatever a page itself asks for."""

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse

from qa_service.server.desk import account, curated, documents, gaps, numbers, search, sign_in
from qa_service.server.desk.entrance import PREFIX, page_staff_of, page_visit_of

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
router.include_router(sign_in.open_router, prefix=PREFIX)
for own in (sign_in.own_router, account.own_router):  # also for who must change the password first
    router.include_router(own, prefix=PREFIX, dependencies=[Depends(page_visit_of)])
for pages in (search.router, gaps.router, curated.router, documents.router, numbers.router, account.router):
    router.include_router(pages, prefix=PREFIX, dependencies=[Depends(page_staff_of)])
