"""English questions, said in the field's Chinese words."""

import re
from collections.abc import Iterator, Sequence

from qa_service.corpus.lexicon import Lexicon
from qa_service.text.english import stem, words_of

_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[a-z]{2}")
_ARTICLE = re.compile(r"\b(?:article|art\.?|section) ?([0-9]{1,4})\b(?:,? ?(?:paragraph|para\.?) ?([0-9]{1,2})\b)?")
_BETWEEN = "，"
"""Parts the words, which would else be read as one."""


class English:
    """Puts English questions into Chinese, word by word, longer phrases first. Safe to share between threads."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Learn the words of a lexicon."""
        self._lexicon = lexicon
        self._known: dict[tuple[str, ...], tuple[str, ...]] = {}
        for phrase, chinese in lexicon.english.items():
            key = tuple(map(stem, words_of(phrase)))
            self._known[key] = tuple(dict.fromkeys((*self._known.get(key, ()), *chinese)))
        self._longest = max(map(len, self._known), default=0)

    def in_chinese(self, normal: str) -> str | None:
        """Return a question in normal form said in Chinese, or None where it is not an English one on the field.

        What is not known stays as it is: names and abbreviations are nobody's to translate. On another field the few
        words that are known would speak for what is not asked.
        """
        if _HAN.search(normal) or not _LATIN.search(normal):
            return None
        clauses = [f"第{number}条" + (f"第{part}款" if part else "") for number, part in _ARTICLE.findall(normal)]
        said = dict.fromkeys(self._said(words_of(_ARTICLE.sub(" ", normal))))
        chinese = _BETWEEN.join((*said, *clauses))
        return chinese if clauses or self._lexicon.speaks_of_the_field(chinese) else None

    def _said(self, words: Sequence[str]) -> Iterator[str]:
        stems, at = [stem(word) for word in words], 0
        while at < len(words):
            for size in range(min(self._longest, len(words) - at), 0, -1):
                if (chinese := self._known.get(tuple(stems[at : at + size]))) is not None:
                    yield from chinese
                    at += size
                    break
            else:
                yield words[at]
                at += 1
