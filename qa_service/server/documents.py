"""GET /api/v1/documents, /documents/{id}, /passages/{id}: what the corpus holds."""

from fastapi import APIRouter

from qa_service.server.dependencies import ServiceDep
from qa_service.server.presenting import document_out, outline_out, passage_out
from qa_service.server.problems import RESPONSES
from qa_service.server.schemas import DocumentsOut, DocumentWithOutlineOut, PassageOut

router = APIRouter(prefix="/api/v1", tags=["文件"], responses=RESPONSES)


@router.get("/documents", summary="文件列表", operation_id="list_documents")
def list_documents(service: ServiceDep) -> DocumentsOut:
    """列出全部文件及其效力。"""
    day = service.answerer.today()
    return DocumentsOut(documents=[document_out(service, d, day) for d in service.library.documents.values()])


@router.get("/documents/{document_id}", summary="一份文件", operation_id="get_document")
def get_document(document_id: str, service: ServiceDep) -> DocumentWithOutlineOut:
    """给出一份文件的元数据、效力和目录。"""
    document = service.library[document_id]
    head = document_out(service, document, service.answerer.today())
    return DocumentWithOutlineOut(**head.model_dump(), outline=outline_out(service, document))


@router.get("/passages/{passage_id:path}", summary="一条条款", operation_id="get_passage")
def get_passage(passage_id: str, service: ServiceDep) -> PassageOut:
    """给出一条条款的原文、位置和前后条。编号中的 # 在地址里写作 %23。"""
    return passage_out(service, service.engine.passage(passage_id), service.answerer.today())
