"""Questions about a document itself: is it still in force, until when does it run, who issued it and when?"""

import re

from qa_service.corpus.models import Document, Validity
from qa_service.corpus.validity import PERIOD_KINDS, chinese_date
from qa_service.search.clause import names_of
from qa_service.search.question import Question
from qa_service.text.book_marks import in_book_marks
from qa_service.text.normal import normalise

_ASKS = re.compile(
    r"到期|过期|届满|期满|失效|作废|废止|有效期|(还|是否|现在|目前)(有没有|是不是)?(有效|管用|算数|在用|在执行)|有效(吗|么|不)"
    r"|(管|执行|实施|用)到(什么|啥|哪|何|几)|规划期|什么时候(结束|为止)|哪年(结束|为止)"
)
_ASKS_ISSUE = re.compile(
    r"(谁|哪(个|家)(部门|单位|机关)?|(什么|啥)(时候|部门|单位)|何时|哪(一)?[年天]|几[月号]|多会儿)(给)?(印发|颁发|发布|公布|出台|下发|发)(出来)?(的)?"
    r"|(印发|颁发|发布|公布|出台|下发)(的)?(时间|日期|机关|单位|部门)|(印发|发布|下发)(的)?是(谁|哪)"
)
_REST = re.compile(
    r"[\W_0-9]|都过|过了|早就|应该|在|里|算|份|期|什么|啥|时候|时间|哪年|哪一年|哪|几|年|月|为止|这|那|本|个|份|的|了|吗|么|呢|呀|啊|吧|没|是|不|还|已经|现在|目前|到|多久|多长|请问|现行|有没有|何时"
)
_RUN = re.compile(r"[\u4e00-\u9fff]{2,}")


def asks_standing(question: Question, document: Document) -> bool:
    """Whether nothing but the standing of ``document`` is asked about, be it with its issue: 规划到期了吗."""
    asked, issues = _ASKS_ISSUE.subn(" ", _beside_its_name(question, document))
    asked, count = _ASKS.subn(" ", asked)
    return (count > 0 or (issues > 0 and bool(document.issued))) and not _left(asked, document)


def standing_of(document: Document, validity: Validity, question: Question) -> str:
    """Say whether a document is in force, and who issued it and when where that is asked: 规划哪年发的."""
    name = in_book_marks(document.title)
    if document.issued and _ASKS_ISSUE.search(question.normal):
        issuer = document.issuer or "发布机关"
        return f"{name}由{issuer}于{chinese_date(document.issued)}发布（以官方发布为准）；{validity.note}。"
    joint = "的" if validity.note.startswith("规划期") else "："
    return f"{name}{joint}{validity.note}。"


def _beside_its_name(question: Question, document: Document) -> str:
    rest = question.normal.replace("中华人民共和国", " ")
    for name in sorted(names_of(document), key=len, reverse=True):
        rest = rest.replace(name, " ")
    return rest


def _left(asked: str, document: Document) -> str:
    rest = _REST.sub(" ", asked)
    if document.kind in PERIOD_KINDS:
        # 海门这份规划: words of the title may stand apart. In a law's they may be what is asked of: 商标法里商标有效期.
        title = normalise(document.title)
        rest = _RUN.sub(lambda run: " " if run.group() in title else run.group(), rest)
    return rest.strip()
