"""How far the cosine of two questions can be trusted to tell that they ask the same, once rules have told some apart."""

import json
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np

from qa_service.answer.curated.likeness import Reading, asked_form, reading_of
from qa_service.index.embedder import Vectors
from qa_service.search.searcher import Searcher

Place = tuple[str, str, str]
"""Document, location and the first words of the sentence that answers: questions of one place ask nearly the same."""

LOWEST = 0.5
"""Cosine below which nobody would look for the same question."""
_FEWEST = 5
"""Questions that a place must have to be one of those that are kept."""


class Asked(NamedTuple):
    """A question with what it is compared by."""

    text: str
    place: Place | None
    """None where the corpus does not answer it."""
    reading: Reading
    vector: Vectors


@dataclass(frozen=True, slots=True)
class Trial:
    """Questions were kept, one a place, and all others asked."""

    paraphrases: int
    """Questions of a place that is kept."""
    strangers: int
    """All others."""
    right: tuple[float, ...]
    """For each paraphrase that was matched to its own place, the cosine."""
    wrong: tuple[tuple[float, str, str], ...]
    """For each question that was matched to another place: the cosine, what was asked, what was kept."""

    def recall(self, threshold: float) -> float:
        """Return the share of paraphrases that are matched from this cosine on."""
        return sum(cosine >= threshold for cosine in self.right) / self.paraphrases

    def error(self, threshold: float) -> float:
        """Return the share of all questions asked that are matched to another place from this cosine on."""
        return sum(cosine >= threshold for cosine, *_ in self.wrong) / (self.paraphrases + self.strangers)


def read_all(searcher: Searcher, day: date) -> list[Asked]:
    """Read every everyday question of the corpus, and those that it does not answer."""
    library = searcher.library
    texts: list[tuple[str, Place | None]] = [
        *((q.text, (q.document_id, q.location, q.starts)) for q in library.questions),
        *((q.text, None) for q in library.unanswered),
    ]
    questions = [searcher.understand(text, day) for text, _ in texts]
    vectors = searcher.embedder.encode_queries([question.spoken for question in questions])
    return [
        Asked(text, place, reading_of(question, library.lexicon), vector)
        for (text, place), question, vector in zip(texts, questions, vectors, strict=True)
    ]


def attempt(asked: Sequence[Asked], kept: int, seed: int) -> Trial:
    """Keep one question of each of so many places, ask all others, and see which are matched to what."""
    chance = random.Random(seed)
    of_place: defaultdict[Place, list[Asked]] = defaultdict(list)
    for question in asked:
        if question.place:
            of_place[question.place].append(question)
    places = chance.sample(sorted(p for p, group in of_place.items() if len(group) >= _FEWEST), kept)
    shelf = [chance.choice(of_place[place]) for place in places]
    known = set(places)
    vectors = np.stack([question.vector for question in shelf])
    right, wrong, paraphrases, strangers = list[float](), list[tuple[float, str, str]](), 0, 0
    own = {id(question) for question in shelf}
    for question in (q for q in asked if id(q) not in own):
        paraphrases += question.place in known
        strangers += question.place not in known
        matched = _match(question, shelf, vectors)
        if matched is None:
            continue
        cosine, other = matched
        if question.place == other.place:
            right.append(cosine)
        else:
            wrong.append((cosine, question.text, other.text))
    return Trial(paraphrases, strangers, tuple(right), tuple(wrong))


def _match(question: Asked, shelf: Sequence[Asked], vectors: Vectors) -> tuple[float, Asked] | None:
    cosines = vectors @ question.vector
    near = np.flatnonzero(cosines >= LOWEST)
    for row in near[np.argsort(-cosines[near], kind="stable")].tolist():
        if not question.reading.is_apart_from(shelf[row].reading):
            return float(cosines[row]), shelf[row]
    return None


class Pair(NamedTuple):
    """Two questions written to ask the same, or something else that is as near as can be."""

    first: str
    second: str
    same: bool
    cosine: float | None
    """None where a rule tells them apart, 1 where they are the same but for how they are typed."""


def read_pairs(path: Path, searcher: Searcher, day: date) -> Iterator[Pair]:
    """Compare the pairs of a file of JSON lines: ``{"question": …, "same": […], "other": […]}``."""

    def read(text: str) -> tuple[Reading, Vectors]:
        question = searcher.understand(text, day)
        return reading_of(question, searcher.library.lexicon), searcher.vector_of(question)

    for line in path.read_text("utf-8").splitlines():
        entry: Mapping[str, str | list[str]] = json.loads(line)
        first = str(entry["question"])
        reading, vector = read(first)
        for kind in ("same", "other"):
            for second in entry[kind]:
                other, its_vector = read(second)
                cosine = None if other.is_apart_from(reading) else float(its_vector @ vector)
                exact = asked_form(first) == asked_form(second)
                yield Pair(first, second, kind == "same", 1.0 if exact else cosine)
