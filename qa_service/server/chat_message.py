"""An answer as one message of a chat: its text, then its sources and notices, for clients that show nothing else."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa_service.server.chat_schemas import AnnotationOut, UrlCitationOut
from qa_service.server.schemas import AnswerOut, CitationOut

_MARK = re.compile(r"\[(\d{1,2})\]")


@dataclass(frozen=True, slots=True)
class Message:
    """What a chat client shows."""

    said: str
    """The answer's own text."""
    below: str
    """What follows it: how the question was read, choices, sources, notices; begins with a blank line, or is empty."""
    annotations: list[AnnotationOut]
    """Every mark [n] in ``said``, with the address of what it cites."""

    @property
    def content(self) -> str:
        """The message whole."""
        return self.said + self.below


def message(answer: AnswerOut, site: str) -> Message:
    """Write an answer as a message.

    Args:
        answer: the answer.
        site: the address of this service as the client reaches it, without a slash at the end.
    """
    by_mark = {f"[{citation.n}]": citation for citation in answer.citations}
    marks = [(mark, by_mark[mark[0]]) for mark in _MARK.finditer(answer.answer) if mark[0] in by_mark]
    said = {citation.n for _, citation in marks}
    read = answer.interpreted or answer.understood
    blocks = [
        f"（按“{read}”理解。）" if read else "",
        _choices(answer),
        _sources("出处：", [citation for citation in answer.citations if citation.n in said], site),
        # What an answer does not speak of is worth a reader's time only where it speaks of nothing else.
        _sources("相关条款：", [] if said else answer.citations, site),
        *(f"注意：{notice}" for notice in answer.notices),
    ]
    return Message(
        said=answer.answer,
        below="".join(f"\n\n{block}" for block in blocks if block),
        annotations=[_annotation(mark, citation, site) for mark, citation in marks],
    )


def _choices(answer: AnswerOut) -> str:
    """Number the choices, so that one can be picked by its number, unless the answer names them all itself."""
    if all(choice in answer.answer for choice in answer.choices):
        return ""
    return "\n".join(f"{n}. {choice}" for n, choice in enumerate(answer.choices, 1))


def _sources(heading: str, citations: Sequence[CitationOut], site: str) -> str:
    lines = [f"- [{citation.n}] {_title(citation)} {site}{citation.url}" for citation in citations]
    return "\n".join([heading, *lines]) if lines else ""


def _annotation(mark: re.Match[str], citation: CitationOut, site: str) -> AnnotationOut:
    return AnnotationOut(
        url_citation=UrlCitationOut(
            start_index=mark.start(), end_index=mark.end(), title=_title(citation), url=f"{site}{citation.url}"
        )
    )


def _title(citation: CitationOut) -> str:
    return f"《{citation.document}》{citation.location}"
