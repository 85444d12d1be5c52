"""What a language model writes, cut into marked sentences while it comes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa_service.answer.generation.prompt import MARKER
from qa_service.text.readable import readable

_OPEN, _CLOSE = "[【〔\\[［]", "[】〕\\]］]"
_ONE = rf"{_OPEN}\s*{MARKER}(?:\s*[,，、;；/]\s*{MARKER})*\s*{_CLOSE}"
_MARKED = re.compile(rf"\s*{_ONE}")
_ANY_MARK = re.compile(
    rf"{_OPEN}\s*(?!(?:19|20)[0-9]{{2}}\s*{_CLOSE})(?:\^|来源|资料|材料|引用|注|标记)?\s*[0-9A-Za-z][0-9A-Za-z,，、;；/ -]{{0,23}}{_CLOSE}"
)
"""Whatever looks like a mark of a source, but for the year of a document's number: 〔2021〕1号."""
_END = re.compile(r"[。！？!?]+[”’」』）)]*|\n+")
_SOFT_END = re.compile(rf"(?<=[】〕\]］])\s*[；;]|[；;](?=\s*{_ONE})")
"""A semicolon beside a marker: what was marked is a sentence of its own."""
_PERHAPS_MARK = re.compile(rf"\s*(?:{_OPEN}[^】〕\]］]{{0,40}})?$")
_DECORATION = re.compile(
    r"^\s*(?:[-*•·▪●]\s+|#{1,6}\s+|>\s*|\d{1,2}[.．)）]\s*(?!\d)|[（(]\d{1,2}[）)]|[①-⑳]\s*|答[：:]\s*)+"
)
_EMPHASIS = re.compile(r"\*\*|__|`+|~~")
_THINK_OPENS, _THINK_CLOSES = "<think>", "</think>"


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence as the model wrote it."""

    text: str
    """Without markers and Markdown."""
    markers: tuple[str, ...]
    foreign_marks: bool = False
    """Whether it has a mark of a source that is in no form of a marker: [1]."""
    on_new_line: bool = False
    """Whether a line was begun for it."""
    finished: bool = True
    """Whether it ends; what was cut off does not."""


class SentenceStream:
    """Takes what comes and gives the sentences that are complete; a marker may stand before or behind the full stop."""

    def __init__(self) -> None:
        self._buffer = ""
        self._new_line = False

    @property
    def pending(self) -> int:
        """How many characters wait for the end of their sentence."""
        return len(self._buffer)

    def feed(self, text: str) -> list[Written]:
        """Take up a stretch of text, and return the sentences it completes."""
        self._buffer += readable(text)
        return self._cut(last=False)

    def close(self) -> list[Written]:
        """Return what is left."""
        found = self._cut(last=True)
        rest, self._buffer = self._buffer, ""
        return [*found, self._written(rest, finished=False)] if rest.strip() else found

    def _cut(self, *, last: bool) -> list[Written]:
        found = []
        while (end := self._end(last=last)) is not None:
            raw, self._buffer = self._buffer[:end], self._buffer[end:]
            if raw.strip():
                found.append(self._written(raw, finished=True))
                self._new_line = False
            self._new_line = self._new_line or raw.endswith("\n")
        return found

    def _end(self, *, last: bool) -> int | None:
        """Where the first sentence ends, its markers included; None while that cannot be told."""
        stops = [match for pattern in (_END, _SOFT_END) if (match := pattern.search(self._buffer))]
        if not stops:
            return None
        end = min(match.end() for match in stops)
        while mark := _MARKED.match(self._buffer, end):
            end = mark.end()
        if not last and _PERHAPS_MARK.match(self._buffer, end):
            return None
        return end

    def _written(self, raw: str, *, finished: bool) -> Written:
        markers = tuple(dict.fromkeys(re.findall(MARKER, " ".join(re.findall(_ONE, raw)))))
        bare = re.sub(_ONE, "", raw)
        text = _EMPHASIS.sub("", _DECORATION.sub("", _ANY_MARK.sub("", bare))).strip()
        foreign = bool(_ANY_MARK.search(bare))
        return Written(text, markers, foreign, self._new_line, finished)


class Thinking:
    """Takes the thinking out of what a model writes: <think> … </think>, and all before a </think> that never opened."""

    def __init__(self) -> None:
        self._buffer = ""
        self._inside = False
        self.restarted = False
        """Whether what came before was thinking after all, although nothing announced it."""

    def feed(self, text: str) -> str:
        """Return what of the text, and of what was held back, is no thinking."""
        self._buffer += text
        self.restarted = False
        said = ""
        while True:
            tag = _THINK_CLOSES if self._inside else _THINK_OPENS
            before, found, after = self._buffer.partition(tag)
            if not self._inside and _THINK_CLOSES in before:
                said, self.restarted = "", True
                self._buffer = self._buffer.partition(_THINK_CLOSES)[2]
                continue
            if not found:
                break
            said += "" if self._inside else before
            self._inside, self._buffer = not self._inside, after
        kept = _begun_tag(self._buffer)
        said += "" if self._inside else self._buffer[: len(self._buffer) - kept]
        self._buffer = self._buffer[len(self._buffer) - kept :]
        return said


def _begun_tag(text: str) -> int:
    """How many characters at the end may be the beginning of a tag."""
    return next(
        (
            n
            for n in range(min(len(_THINK_CLOSES), len(text)), 0, -1)
            if any(t.startswith(text[-n:]) for t in (_THINK_OPENS, _THINK_CLOSES))
        ),
        0,
    )
