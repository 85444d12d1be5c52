"""Questions about a document itself: is it still in force, until when does it run?"""

import re

from qa_service.corpus.models import Document
from qa_service.search.clause import names_of
from qa_service.search.question import Question

_ASKS = re.compile(
    r"到期|过期|届满|期满|失效|作废|废止|有效期|(还|是否|现在|目前)(有没有|是不是)?(有效|管用|算数|在用|在执行)|有效(吗|么|不)"
    r"|(管|执行|实施|用)到(什么|啥|哪|何|几)|规划期|什么时候(结束|为止)|哪年(结束|为止)"
)
_REST = re.compile(
    r"[\W_]|什么|啥|时候|时间|哪年|哪一年|哪|几|年|月|为止|这|那|本|个|份|的|了|吗|么|呢|呀|啊|吧|没|是|不|还|已经|现在|目前|到|多久|多长|请问|现行|有没有|何时"
)


def asks_standing(question: Question, document: Document) -> bool:
    """Whether nothing but the standing of ``document`` is asked about: 规划到期了吗."""
    rest = question.normal.replace("中华人民共和国", " ")
    for name in sorted(names_of(document), key=len, reverse=True):
        rest = rest.replace(name, " ")
    asked, count = _ASKS.subn(" ", rest)
    return count > 0 and not _REST.sub("", asked)
