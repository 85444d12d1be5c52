"""Which questions a measurement asks: everyday questions of the corpus, each once, or as people repeat themselves."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from qa_service.corpus.questions import read_questions

SEED = 20210101
"""One seed: every run asks the same."""

PATH = "/api/v1/ask"


def everyday_questions(corpus: Path) -> tuple[str, ...]:
    """Return the everyday questions of a corpus, no question twice, in an order that is the same every time."""
    files = sorted((corpus / "questions").glob("*.jsonl"))
    texts = sorted({question.text for file in files for question in read_questions(file)})
    random.Random(SEED).shuffle(texts)
    return tuple(texts)


def distinct(questions: Sequence[str], start: int = 0) -> Iterator[str]:
    """Yield questions from number ``start`` on: none comes again before all have been asked."""
    return (questions[number % len(questions)] for number in itertools.count(start))


def natural(questions: Sequence[str], exponent: float = 1.0, seed: int = SEED) -> Iterator[str]:
    """Yield questions as often as people ask them: the nth most frequent 1/n**exponent as often as the first (Zipf).

    The exponent is near 1 in logs of search engines: Baeza-Yates et al., The impact of caching on search engines,
    SIGIR 2007.
    """
    chance = random.Random(seed)
    weights = list(itertools.accumulate(1 / rank**exponent for rank in range(1, len(questions) + 1)))
    while True:
        yield from chance.choices(questions, cum_weights=weights, k=1000)


def body_of(question: str) -> bytes:
    """Return the body of a request that asks a question."""
    return json.dumps({"question": question}, ensure_ascii=False).encode()


def request_of(question: str) -> bytes:
    """Return a whole HTTP request that asks a question."""
    body = body_of(question)
    head = f"POST {PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
    return head.encode() + b"\r\n\r\n" + body


def write_bodies(path: Path, questions: Iterable[str], count: int) -> None:
    """Write the bodies of the first ``count`` questions, one a line."""
    path.write_bytes(b"".join(body_of(text) + b"\n" for text in itertools.islice(questions, count)))
