"""Words of Chinese text, through jieba and the corpus lexicon."""

import logging
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import jieba

from qa_service.text.normal import normalise

_WORD = re.compile(r"[0-9a-z\u3400-\u9fff]")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_FUNCTION_WORDS = frozenset("的了吗呢吧啊呀嘛么哦哈之其与和及或而则也都就还又再把被让给对向在于为以由从是")
_CACHED_TEXTS = 8192


class Segmenter:
    """Cuts text into words with a dictionary of its own.

    jieba without the field's words cuts 海门区高价值 as 海门/区高/价值, so the terms of the lexicon are added to a
    private tokenizer; other users of jieba in the process are not affected.
    """

    def __init__(self, terms: Iterable[str] = ()) -> None:
        jieba.setLogLevel(logging.WARNING)
        self._jieba = jieba.Tokenizer()
        self._jieba.initialize()
        self._terms = frozenset(map(normalise, terms))
        # The same sentences are looked at for question after question.
        self._cached_terms = lru_cache(_CACHED_TEXTS)(self._find_terms)
        for word in sorted(self._terms):
            self._jieba.add_word(word, freq=max(self._jieba.suggest_freq(word), 50))

    def words(self, text: str) -> list[str]:
        """Return the words of ``text`` in order, normalised, punctuation left out."""
        return [w for w in self._jieba.cut(normalise(text), HMM=False) if _WORD.search(w)]

    def count(self, text: str) -> int:
        """Return the length of ``text`` in jieba words: the unit of the passage budget."""
        return len(self.words(text))

    def index_terms(self, text: str) -> tuple[str, ...]:
        """Return what the lexical index knows ``text`` by: words, the words inside them, characters and pairs.

        A compound term stays whole *and* its parts are there, so 质押融资 is found by 质押 as well; single
        characters and adjacent pairs find what no dictionary knows. Function words are left out.
        """
        return self._cached_terms(text)

    def _find_terms(self, text: str) -> tuple[str, ...]:
        normal = normalise(text)
        terms = [w for w in self._jieba.cut_for_search(normal, HMM=False) if self._is_term(w)]
        terms.extend(inner for w in terms[:] for inner in self._terms_inside(w))
        terms.extend(_characters_and_pairs(normal))
        return tuple(terms)

    def _terms_inside(self, word: str) -> Iterator[str]:
        """Terms within a longer one: jieba's search mode looks only for parts of two and three characters."""
        for size in range(4, len(word)):
            for start in range(len(word) - size + 1):
                if word[start : start + size] in self._terms:
                    yield word[start : start + size]

    @staticmethod
    def _is_term(word: str) -> bool:
        # One- and two-character words come back as characters and pairs; counting them twice would weigh them twice.
        return bool(_WORD.search(word)) and (len(word) > 2 or not _HAN.fullmatch(word))


def _characters_and_pairs(normal: str) -> Iterator[str]:
    for run in _HAN.findall(normal):
        for i, character in enumerate(run):
            if character not in _FUNCTION_WORDS:
                yield character
            if i + 1 < len(run):
                yield run[i : i + 2]
