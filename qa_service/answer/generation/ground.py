"""What a cited passage holds, ready for sentences to be held against it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from qa_service.answer.generation.claims import Claim, Claims, bare, claims_of, with_numbered_articles
from qa_service.answer.generation.modality import Mode, modes_of
from qa_service.answer.generation.orders import without_orders
from qa_service.answer.models import Citation
from qa_service.answer.notices import notices_of
from qa_service.corpus.models import Document, Passage
from qa_service.text.normal import normalise
from qa_service.text.numerals import NUMERAL
from qa_service.text.segmenter import Segmenter
from qa_service.text.sentences import Span, sentence_spans

_COMMA = "(?<![0-9]),|,(?![0-9]{3}(?![0-9]))"
"""Not the one in 1,000."""
_CLAUSE_END = re.compile(rf"(?:{_COMMA}|[;:。!?\n()])+")
_PART_END = re.compile(rf"(?:{_COMMA}|[;:。!?\n()、])+")
_ASIDE = re.compile(r"(?<=[\u3400-\u9fff])\([\u3400-\u9fff]{1,2}\)(?=以)")
"""五百份（张）以上 is 五百份以上."""
_HAN_CHARACTER = re.compile(r"[\u3400-\u9fff]")
_FIGURE_WORD = re.compile(rf"[0-9.%]+|(?:第[0-9]*{NUMERAL}*|{NUMERAL}+)[年月日天元个件项家倍成次条款章节类步号]?")
"""Figures are claims, not words."""
_LOOSE = frozenset(
    "的了吗呢吧啊着过地得之其与和及或而则也都就还又再把被让给对向在于为以由从是有无不可应当须需该各每个等这那此本所者时按照经至到内外上下中前后起止均仅只能会要不未非免没将并且达共约近逾"
)
"""Characters that say nothing by themselves."""


@dataclass(frozen=True, slots=True, eq=False)
class Clause:
    """A stretch between two punctuation marks."""

    text: str
    claims: Claims
    words: frozenset[str]
    modes: Counter[Mode]

    def has_rival(self, claim: Claim) -> bool:
        """Whether it holds another figure of the same kind and not the one claimed."""
        same = [other for other in self.claims.made if other.unit and other.unit == claim.unit]
        return bool(same) and claim.value not in self.claims.values


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """A sentence, cut twice: at every mark, and at every mark but the enumerating comma."""

    text: str
    span: Span
    """Where it stands in the passage's text; empty for headings."""
    words: frozenset[str]
    clauses: tuple[Clause, ...]
    parts: tuple[Clause, ...]

    @property
    def label(self) -> str:
        """What stands before its first colon, which all that follows is about."""
        return self.text.partition(":")[0] if ":" in self.text else ""


class Words:
    """Cuts a text into the words it is supported by: the shortest ones inside compounds, and runs no dictionary knows."""

    def __init__(self, segmenter: Segmenter) -> None:
        self._segmenter = segmenter
        self._inside = lru_cache(8192)(self._shortest_inside)

    def whole(self, normal: str) -> tuple[str, ...]:
        """Return the words of two characters and more, and the runs of single characters that are no words."""
        found, run = [], ""
        for word in self._segmenter.words(normal):
            if len(word) == 1 and _HAN_CHARACTER.match(word) and word not in _LOOSE and run + word in normal:
                run += word
                continue
            if len(run) > 1:
                found.append(run)
            run = ""
            if len(word) > 1 and not _FIGURE_WORD.fullmatch(word):
                found.append(word)
        return tuple([*found, run] if len(run) > 1 else found)

    def of(self, normal: str) -> frozenset[str]:
        """Return the words of a text, compounds taken apart."""
        return frozenset(piece for word in self.whole(normal) for piece in self._inside(word))

    def pieces(self, word: str) -> tuple[str, ...]:
        """Return the shortest words that a compound is made of, or the word itself."""
        return self._inside(word)

    def _shortest_inside(self, word: str) -> tuple[str, ...]:
        pieces = [piece for piece in self._segmenter.words_inside(word) if not _FIGURE_WORD.fullmatch(piece)]
        shortest = [p for p in pieces if not any(other != p and other in p for other in pieces)]
        covered = set("".join(shortest))
        # One character that no shorter word covers, as the last of 专利权, is too little to ask for the whole.
        return tuple(shortest) if shortest and len(set(word) - covered) <= 1 else (word,)


def statement_of(text: str, span: Span, words: Words) -> Statement:
    """Cut a sentence into clauses, and read each."""
    normal = _ASIDE.sub("", normalise(text))
    return Statement(
        normal,
        span,
        words.of(normal),
        tuple(_clauses(normal, _CLAUSE_END, words)),
        tuple(_clauses(normal, _PART_END, words)),
    )


def _clauses(normal: str, end: re.Pattern[str], words: Words) -> Iterator[Clause]:
    for text in end.split(normal):
        if text.strip():
            yield Clause(text, claims_of(text), words.of(text), modes_of(text))


class Ground:
    """One passage with its headings and its document's names."""

    def __init__(self, passage: Passage, document: Document, words: Words) -> None:
        called = list(names_of(document))
        self.names = frozenset(bare(name).removeprefix("中华人民共和国") for name in called)
        self.location = with_numbered_articles(bare(passage.location))
        self.headings = normalise("\n".join([*called, *passage.heading_path, passage.titled_location]))
        text = without_orders(passage.text)
        self.normal = normalise(text)
        self.statements = tuple(statement_of(span.of(text), span, words) for span in sentence_spans(text))
        self.heading_statement = statement_of(self.headings, Span(0, 0), words)
        self.lead = "\n".join(s.text for s in self.statements if s.text.rstrip().endswith(":"))
        """The sentences that announce the lines below them."""

    @cached_property
    def plain(self) -> str:
        """All of it, in normal form."""
        return f"{self.headings}\n{self.normal}"

    @cached_property
    def haystack(self) -> str:
        """All of it as names are searched in it: bare, ordinals in figures."""
        return searched_in(self.plain)

    @cached_property
    def values(self) -> frozenset[str]:
        """Every figure, date and place that stands in it."""
        return claims_of(self.normal).values | claims_of(self.headings).values


def searched_in(text: str) -> str:
    """Return a text as names are searched in it."""
    return with_numbered_articles(bare(text))


def names_of(document: Document) -> Iterator[str]:
    """Yield what a document may be called."""
    yield from filter(None, (document.title, document.short_title, *document.aliases))


def standing_facts(citation: Citation) -> str:
    """What the service itself says of a cited document: who issued it and when, whether it is in force and until when."""
    document, validity = citation.document, citation.validity
    days: Mapping[str, object] = {
        "发布": document.issued,
        "施行": document.effective,
        "届满": document.expires,
    }
    said = [f"{name}{day:%Y-%m-%d}" for name, day in days.items() if day]
    return "\n".join([document.issuer or "", document.number or "", validity.note, *notices_of([citation]), *said])
