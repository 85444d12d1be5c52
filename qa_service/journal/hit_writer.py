"""That curated answers were given, written behind the answers' back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from qa_service.answer.curated.answers import CuratedHit
from qa_service.clock import Clock, today
from qa_service.journal.background_writer import LONGEST_QUEUE, BackgroundWriter
from qa_service.journal.curated_tables import CuratedHitRow
from qa_service.journal.database import Journal


@dataclass(frozen=True, slots=True)
class _Given:
    hit: CuratedHit
    at: datetime
    day: date


class HitWriter:
    """Takes hits and writes them to a journal, each with when it was."""

    def __init__(self, journal: Journal, clock: Clock, *, longest: int = LONGEST_QUEUE) -> None:
        """Write to a journal; nothing is opened before the first hit.

        Args:
            journal: where to.
            clock: when a hit was.
            longest: how many hits may wait to be written.
        """
        self._journal = journal
        self._clock = clock
        self.queue = BackgroundWriter[_Given]("hits of curated answers", self._write, longest=longest)

    def put(self, hit: CuratedHit) -> None:
        """Take a hit to be written; never waits."""
        self.queue.put(_Given(hit, self._clock(), today(self._clock)))

    def _write(self, batch: Sequence[_Given]) -> None:
        with self._journal.writing() as session:
            session.add_all(
                CuratedHitRow(
                    answer_id=given.hit.answer_id,
                    at=given.at,
                    day=given.day,
                    similarity=given.hit.similarity,
                    exact=given.hit.exact,
                )
                for given in batch
            )
