"""A month that never was: questions, answers and judgements, so that the desk's pages have something to show."""

from __future__ import annotations

import random
import uuid
from datetime import timedelta

from qa_service.journal.exchange import Channel, Exchange
from qa_service.journal.feedback import Complaint, Feedback
from qa_service.service import Service

_DAYS = 30
_CHANNELS = (Channel.WIDGET, Channel.PAGE, Channel.WECHAT, Channel.API)
_WEIGHTS = (5, 3, 2, 1)
_BEYOND = 0.12
"""How many ask what the corpus does not answer."""
_JUDGED = 0.2


def live_through(service: Service, asked: int, seed: int = 1) -> None:
    """Let people ask for a month, up to yesterday, and judge; returns when the journal has it all.

    Args:
        service: what answers, with a journal.
        asked: how many questions.
        seed: decides who asks what and when.

    Raises:
        ValueError: the service keeps no journal.
    """
    chance = random.Random(seed)
    everyday = [question.text for question in service.library.questions]
    beyond = [question.text for question in service.library.unanswered]
    popular = [*chance.sample(everyday, 60), *chance.sample(beyond, 12)]
    now, recorder = service.clock(), service.lasting and service.lasting.recorder
    if recorder is None:
        raise ValueError("the service keeps no journal")
    for n in range(asked):
        question = (
            chance.choice(popular)
            if chance.random() < 0.5
            else chance.choice(beyond if chance.random() < _BEYOND else everyday)
        )
        at = (now - timedelta(days=chance.randint(1, _DAYS))).replace(
            hour=chance.choice((9, 10, 10, 11, 14, 15, 15, 16, 20)), minute=n % 60
        )
        exchange = Exchange(
            id=uuid.UUID(int=chance.getrandbits(128)).hex,
            session_id=uuid.UUID(int=chance.getrandbits(128)).hex,
            channel=chance.choices(_CHANNELS, _WEIGHTS)[0],
            at=at,
            answer=service.ask(question),
            elapsed_ms=chance.lognormvariate(2.2, 0.5),
        )
        service.note(exchange)
        if chance.random() < _JUDGED:
            helpful = chance.random() < 0.8
            reason = None if helpful else chance.choice(tuple(Complaint))
            recorder.put(Feedback(exchange.id, at, helpful, reason))
    service.close()
