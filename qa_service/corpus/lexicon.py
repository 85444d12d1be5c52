"""The field's vocabulary: terms that stay whole, and what people say for what official texts write."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from qa_service.corpus.readers import read_text
from qa_service.errors import CorpusError
from qa_service.text.normal import normalise
from qa_service.text.phrases import Phrases
from qa_service.text.yaml_text import read_yaml

_TERMS = "terms.txt"
_EVERYDAY = "everyday.yaml"
_PLACES = "places.txt"
_SUBJECTS = "subjects.yaml"
_TOPICS = "topics.yaml"
_ENGLISH = "english.yaml"
_REFERRALS = "referrals.yaml"
_PARALLELS = "parallels.yaml"
_AMBIGUOUS = "ambiguous.yaml"
_ABROAD = "^"
"""Marks a line of ``places.txt`` as a place abroad."""
_OWN = "="
"""Marks a line of ``places.txt`` as a place that the corpus is about."""


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")

    say: Annotated[list[str], Field(min_length=1)]
    text: Annotated[list[str], Field(min_length=1)]


class _EnglishEntry(_Entry):
    text: list[str]


class _Named(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    words: Annotated[list[str], Field(min_length=1)]


class _Referral(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    words: list[str]
    text: Annotated[str, Field(min_length=1)]


_ENTRIES = TypeAdapter(list[_Entry])
_ENGLISH_ENTRIES = TypeAdapter(list[_EnglishEntry])
_NAMED_LIST = TypeAdapter(list[_Named])
_REFERRAL_LIST = TypeAdapter(list[_Referral])


@dataclass(frozen=True, slots=True)
class Referral:
    """Whom to ask about what the corpus does not answer."""

    name: str
    words: tuple[str, ...]
    """What tells, in normal form, that it fits; none where it fits whatever is left."""
    text: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """``terms`` are added to jieba; ``everyday`` maps a word people say to the words of official texts."""

    terms: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    """Places outside the corpus' own: a local text answers for one of them only where it names it."""
    abroad: tuple[str, ...] = ()
    """Places where no text of this country's holds, unless it names them."""
    own_places: tuple[str, ...] = ()
    """The places the corpus is about: 在上海门区 does not ask about 上海."""
    everyday: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    subjects: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Kinds of right and of matter, each with the words that tell it, in normal form."""
    topics: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Topics as documents name them, 资助, 保护 …, each with the words that tell it, in normal form."""
    english: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """English phrases, each with the Chinese words for it, in normal form; without any where it is left out."""
    referrals: tuple[Referral, ...] = ()
    """Whom to ask, the first that fits first."""
    parallels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Words of one class, in normal form, any of which may stand for another in a follow-up."""
    ambiguous: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Words that may mean several matters, each with those matters, the commonest first, in normal form."""
    _said: Phrases = field(init=False, repr=False, compare=False)
    """What people say, to be found in a question."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "_said", Phrases(self.everyday))

    def subjects_in(self, text: str) -> frozenset[str]:
        """Return the kinds of right and of matter that ``text``, in normal form, speaks of."""
        return _told_in(text, self.subjects)

    def topics_in(self, text: str) -> frozenset[str]:
        """Return the topics that ``text``, in normal form, speaks of."""
        return _told_in(text, self.topics)

    def speaks_of_the_field(self, text: str) -> bool:
        """Whether ``text``, in normal form, holds a word of the field: a term, or what tells a subject or a topic."""
        told = (word for names in (self.subjects, self.topics) for words in names.values() for word in words)
        return self.holds_a_term(text) or any(word in text for word in told)

    def holds_a_term(self, text: str) -> bool:
        """Whether ``text``, in normal form, holds a term; the names of the corpus' own places tell no field."""
        own = {*self.own_places, *(f"{place}区" for place in self.own_places)}
        return any(term in text for term in self.terms if term not in own)

    def official_words(self, text: str) -> tuple[str, ...]:
        """Return the official words for the everyday ones in ``text``, each once, none that is already there.

        A longer everyday word hides the shorter ones inside it: in 专利贷款 the entry 贷款 does not speak for itself
        where 专利贷款 has an entry of its own.
        """
        normal = normalise(text)
        found = dict.fromkeys(word for say in self._said.standing_in(normal) for word in self.everyday[say])
        return tuple(word for word in found if word not in normal)


def _told_in(text: str, names: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    return frozenset(name for name, words in names.items() if any(word in text for word in words))


def read_lexicon(folder: Path) -> Lexicon:
    """Read the word lists in ``folder``; a missing one is empty.

    Raises:
        CorpusError: a file cannot be read as what it should be.
    """
    places = _read_lines(folder / _PLACES)
    return Lexicon(
        terms=_read_lines(folder / _TERMS),
        places=tuple(line for line in places if not line.startswith((_OWN, _ABROAD))),
        abroad=tuple(line.removeprefix(_ABROAD) for line in places if line.startswith(_ABROAD)),
        own_places=tuple(line.removeprefix(_OWN) for line in places if line.startswith(_OWN)),
        everyday=_read_entries(folder / _EVERYDAY, _ENTRIES),
        subjects=_read_named(folder / _SUBJECTS),
        topics=_read_named(folder / _TOPICS),
        english=_read_entries(folder / _ENGLISH, _ENGLISH_ENTRIES),
        referrals=_read_referrals(folder / _REFERRALS),
        parallels=_read_named(folder / _PARALLELS),
        ambiguous=_read_entries(folder / _AMBIGUOUS, _ENTRIES),
    )


def _read_lines(path: Path) -> tuple[str, ...]:
    if not path.is_file():
        return ()
    lines = (line.strip() for line in read_text(path).split("\n"))
    return tuple(dict.fromkeys(line for line in lines if line and not line.startswith("#")))


def _read_entries(
    path: Path, kind: TypeAdapter[list[_Entry]] | TypeAdapter[list[_EnglishEntry]]
) -> Mapping[str, tuple[str, ...]]:
    if not path.is_file():
        return {}
    try:
        entries = kind.validate_python(read_yaml(read_text(path)) or [])
    except (yaml.YAMLError, ValidationError) as error:
        raise CorpusError(
            f"{path}：应是由 say、text 两个词表组成的条目列表（{' '.join(str(error).split())}）。"
        ) from error
    read: dict[str, tuple[str, ...]] = {}
    for entry in entries:
        for say in entry.say:
            known = read.get(normalise(say), ())
            read[normalise(say)] = tuple(dict.fromkeys((*known, *map(normalise, entry.text))))
    return read


def _read_named(path: Path) -> Mapping[str, tuple[str, ...]]:
    if not path.is_file():
        return {}
    try:
        entries = _NAMED_LIST.validate_python(read_yaml(read_text(path)) or [])
    except (yaml.YAMLError, ValidationError) as error:
        raise CorpusError(f"{path}：应是由 name、words 组成的条目列表（{' '.join(str(error).split())}）。") from error
    return {entry.name: tuple(map(normalise, entry.words)) for entry in entries}


def _read_referrals(path: Path) -> tuple[Referral, ...]:
    if not path.is_file():
        return ()
    try:
        entries = _REFERRAL_LIST.validate_python(read_yaml(read_text(path)) or [])
    except (yaml.YAMLError, ValidationError) as error:
        raise CorpusError(
            f"{path}：应是由 name、words、text 组成的条目列表（{' '.join(str(error).split())}）。"
        ) from error
    return tuple(Referral(e.name, tuple(map(normalise, e.words)), e.text) for e in entries)
