"""A journal of some weeks that nobody asked: questions, answers and judgements by chance, the same every time."""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from qa_service.answer.models import Answer, Citation, Origin, Reason, Status
from qa_service.corpus.library import Library
from qa_service.corpus.models import Passage
from qa_service.journal.database import Journal
from qa_service.journal.exchange import Channel, Exchange
from qa_service.journal.exchange_recorder import ExchangeRecorder
from qa_service.journal.feedback import Complaint, Feedback
from qa_service.secret_key import SecretKey

KEY = SecretKey(b"k" * 32)
ENDINGS = (
    *((Status.ANSWERED, Reason.COMPLETE, Origin.EXTRACTED),) * 30,
    *((Status.ANSWERED, Reason.PARTIAL, Origin.EXTRACTED),) * 3,
    (Status.ANSWERED, Reason.COMPLETE, Origin.CURATED),
    *((Status.RELATED, Reason.AMOUNT_NOT_STATED, Origin.EXTRACTED),) * 3,
    (Status.RELATED, Reason.PLACE_NOT_COVERED, Origin.EXTRACTED),
    *((Status.NO_ANSWER, Reason.OUT_OF_SCOPE, Origin.FIXED),) * 2,
    (Status.NO_ANSWER, Reason.NO_EVIDENCE, Origin.FIXED),
    (Status.CLARIFY, Reason.COMPLETE, Origin.FIXED),
    (Status.SMALLTALK, Reason.COMPLETE, Origin.FIXED),
)
QUESTIONS = (
    "发明专利年费多少",
    "发明专利年费多少？",
    "请问发明专利年费多少",
    "商标续展要多久",
    "专利质押贷款有贴息吗",
    "被侵权了找谁",
    "外观设计保护期是多久",
    "高价值专利培育有什么支持",
    "地理标志怎么申请",
    "软件著作权登记要哪些材料",
    "PCT申请有资助吗",
    "商标被抢注怎么办",
)
CHANNELS = (Channel.PAGE, Channel.PAGE, Channel.PAGE, Channel.WIDGET, Channel.WECHAT, Channel.DESK, Channel.API)
COMMENTS = ("标准已经变了", "没说在哪里办", "", "", "打13912345678给我说清楚")


def exchanges(
    count: int, end: datetime, days: int, library: Library, passages: Sequence[Passage], seed: int = 7
) -> Iterator[Exchange | Feedback]:
    """Yield exchanges spread over the days before ``end``, and what people thought of some."""
    chance = random.Random(seed)
    for number in range(count):
        status, reason, origin = chance.choice(ENDINGS)
        age = days * chance.random() ** 1.2
        hour = min(max(chance.gauss(11 if chance.random() < 0.6 else 15.5, 2), 0), 23.99)
        day = (end - timedelta(days=age)).replace(hour=0, minute=0, second=0, microsecond=0)
        at = day + timedelta(hours=hour)
        if at > end:
            at = end - timedelta(minutes=chance.random() * 5)
        cited = chance.sample(passages, chance.choice((1, 2, 3))) if status in (Status.ANSWERED, Status.RELATED) else []
        citations = tuple(
            Citation(n, p, library[p.document_id], library.validity(p.document_id, at.date()), (), None, 0.9)
            for n, p in enumerate(cited, 1)
        )
        answer = Answer(chance.choice(QUESTIONS), status, reason, "见所引条款。[1]", citations, origin=origin)
        took = round(chance.lognormvariate(2.2, 0.9), 2)
        yield Exchange(f"x{seed}-{number}", f"s{number}", chance.choice(CHANNELS), at, answer, took)
        if cited and chance.random() < 0.12:
            helpful = chance.random() < 0.8
            why = None if helpful else chance.choice([*Complaint, None])
            yield Feedback(
                f"x{seed}-{number}", at + timedelta(minutes=1), helpful, why, "" if helpful else chance.choice(COMMENTS)
            )


def write(journal: Journal, records: Iterator[Exchange | Feedback] | Sequence[Exchange | Feedback]) -> None:
    """Write them to a journal as the service does."""
    recorder = ExchangeRecorder(journal, KEY, longest=1_000_000)
    for record in records:
        recorder.put(record)
    recorder.queue.close(wait_s=120)  # a machine may be busy with other tests
    assert recorder.queue.dropped == 0
