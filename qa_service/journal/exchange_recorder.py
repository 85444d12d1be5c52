"""What was asked and answered, written behind the answers' back and without what tells who asked."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import delete, insert, select

from qa_service.clock import CHINA
from qa_service.journal.background_writer import BackgroundWriter
from qa_service.journal.database import Journal
from qa_service.journal.exchange import Exchange
from qa_service.journal.exchange_tables import (
    ADDRESS_PSEUDONYM,
    PSEUDONYM,
    ExchangeCitationRow,
    ExchangeRow,
    FeedbackRow,
)
from qa_service.journal.feedback import Feedback
from qa_service.secret_key import SecretKey
from qa_service.subnet import subnet_of
from qa_service.text.personal import masked, masked_like
from qa_service.text.readable import readable

_LONGEST_QUEUE = 5000
"""Half a minute of the busiest traffic, some tens of megabytes at most."""


class ExchangeRecorder:
    """Takes exchanges and feedback and writes them to a journal.

    Feedback is written after the exchange it is on, both going through one queue; feedback on what the journal does not
    know, because it was dropped, erased or never asked, is left out.
    """

    def __init__(self, journal: Journal, key: SecretKey, *, longest: int = _LONGEST_QUEUE) -> None:
        """Write to a journal; nothing is opened before the first exchange.

        Args:
            journal: where to.
            key: makes the pseudonyms of sessions and addresses.
            longest: how many records may wait to be written.
        """
        self._journal = journal
        self._key = key
        self.queue = BackgroundWriter[Exchange | Feedback]("exchanges", self._write, longest=longest)

    def put(self, record: Exchange | Feedback) -> None:
        """Take a record to be written; never waits."""
        self.queue.put(record)

    def _write(self, batch: Sequence[Exchange | Feedback]) -> None:
        exchanges = [record for record in batch if isinstance(record, Exchange)]
        feedback = {record.exchange_id: record for record in batch if isinstance(record, Feedback)}
        citations = [row for exchange in exchanges for row in _citation_rows(exchange)]
        with self._journal.writing() as session:
            if exchanges:
                session.execute(insert(ExchangeRow), [self._exchange_row(exchange) for exchange in exchanges])
            if citations:
                session.execute(insert(ExchangeCitationRow), citations)
            if feedback:
                known = set(session.scalars(select(ExchangeRow.id).where(ExchangeRow.id.in_(feedback))))
                session.execute(delete(FeedbackRow).where(FeedbackRow.exchange_id.in_(known)))
                if rows := [self._feedback_row(given) for given in feedback.values() if given.exchange_id in known]:
                    session.execute(insert(FeedbackRow), rows)

    def _exchange_row(self, exchange: Exchange) -> dict[str, Any]:
        answer = exchange.answer
        read_as = answer.interpreted or answer.understood
        return {
            "id": exchange.id,
            "at": exchange.at,
            "day": exchange.at.astimezone(CHINA).date(),
            "channel": exchange.channel,
            "session": session_pseudonym(self._key, exchange.session_id) if exchange.session_id else None,
            "address": address_pseudonym(self._key, exchange.address) if exchange.address else None,
            "question": masked(storable(answer.question)),
            "read_as": masked(storable(read_as)) if read_as else None,
            "status": answer.status,
            "reason": answer.reason,
            "origin": answer.origin,
            "answer": masked_like(storable(answer.text), storable(answer.question)),
            "elapsed_ms": round(exchange.elapsed_ms, 2),
        }

    def _feedback_row(self, given: Feedback) -> dict[str, Any]:
        return {
            "exchange_id": given.exchange_id,
            "at": given.at,
            "helpful": given.helpful,
            "reason": given.reason,
            "comment": masked(storable(given.comment)),
        }


def session_pseudonym(key: SecretKey, session_id: str) -> str:
    """Return what the journal knows a session by."""
    return key.pseudonym("session", session_id, characters=PSEUDONYM)


def address_pseudonym(key: SecretKey, address: str) -> str:
    """Return what the journal knows a network address by: the pseudonym of its network, cut short.

    The last part of the address is left out first (a /24 of IPv4, a /48 of IPv6), and what is no address counts as
    one and the same.
    """
    network = subnet_of(address, ipv4_bits=24, ipv6_bits=48) or "unknown"
    return key.pseudonym("address", network, characters=ADDRESS_PSEUDONYM)


def storable(text: str) -> str:
    """Return a text as every database takes it: without half characters, and without NUL, which PostgreSQL refuses."""
    return readable(text).encode("utf-8", "replace").decode().replace("\x00", "")


def _citation_rows(exchange: Exchange) -> Iterable[dict[str, Any]]:
    for citation in exchange.answer.citations:
        yield {
            "exchange_id": exchange.id,
            "n": citation.n,
            "document_id": citation.document.id,
            "passage_id": citation.passage.id,
        }
