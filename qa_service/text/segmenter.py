"""Words of Chinese text, through jieba and the corpus lexicon."""

import logging
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import jieba

from qa_service.text.normal import normalise
from qa_service.text.quantities import figure_terms

_WORD = re.compile(r"[0-9a-z\u3400-\u9fff]")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_FUNCTION_WORDS = frozenset("的了吗呢吧啊呀嘛么哦哈之其与和及或而则也都就还又再把被让给对向在于为以由从是")
_ASKING_WORDS = frozenset(
    [
        "什么",
        "怎么",
        "怎样",
        "如何",
        "哪些",
        "哪个",
        "哪里",
        "哪儿",
        "哪家",
        "多少",
        "几个",
        "几家",
        "几件",
        "几项",
        "几种",
        "是否",
        "有没有",
        "是不是",
        "能不能",
        "可不可以",
        "可以",
        "可否",
        "能否",
        "为什么",
        "为啥",
        "多久",
        "请问",
        "一下",
        "告诉",
        "知道",
        "想问",
        "问下",
        "咨询",
        "这个",
        "那个",
        "这些",
        "那些",
        "我们",
        "你们",
        "他们",
        "咱们",
        "自己",
        "现在",
        "目前",
        "一个",
        "一些",
        "有些",
        "还有",
        "另外",
        "的话",
        "时候",
        "东西",
        "事情",
        "应该",
        "需要",
        "想要",
        "打算",
        "准备",
        "觉得",
        "听说",
        "到底",
        "究竟",
        "具体",
        "大概",
        "一共",
        "总共",
        "分别",
        "关于",
        "对于",
        "以及",
        "或者",
        "还是",
        "如果",
        "因为",
        "所以",
        "但是",
        "不过",
        "就是",
        "没有",
        "不能",
        "多少钱",
        "啥时候",
        "什么时候",
        "怎么办",
        "怎么样",
        "哪里办",
        "在哪",
    ]
)


class Segmenter:
    """Cuts text into words with a dictionary of its own.

    jieba without the field's words cuts 海门区高价值 as 海门/区高/价值, so the terms of the lexicon are added to a
    private tokenizer; other users of jieba in the process are not affected.
    """

    def __init__(self, terms: Iterable[str] = ()) -> None:
        jieba.setLogLevel(logging.WARNING)
        self._jieba = jieba.Tokenizer()
        self._jieba.tmp_dir = _private_folder()
        self._jieba.initialize()
        self._terms = frozenset(map(normalise, terms))
        for word in sorted(self._terms):
            self._jieba.add_word(word, freq=max(self._jieba.suggest_freq(word), 50))

    def words(self, text: str) -> list[str]:
        """Return the words of ``text`` in order, normalised, punctuation left out."""
        return [w for w in self._jieba.cut(normalise(text), HMM=False) if _WORD.search(w)]

    def cut(self, text: str) -> tuple[str, ...]:
        """Return ``text`` cut into words, as it is written and nothing left out."""
        return tuple(self._jieba.cut(text, HMM=False))

    def content_words(self, text: str) -> tuple[str, ...]:
        """Return the words of two characters and more, Latin words and numbers, without those that only ask."""
        return tuple(w for w in self.words(text) if len(w) > 1 and w not in _ASKING_WORDS)

    def words_inside(self, word: str) -> tuple[str, ...]:
        """Return the shorter words that a compound is made of: 质押 and 融资 in 质押融资."""
        parts = (w for w in self._jieba.cut_for_search(normalise(word), HMM=False) if w != word and len(w) > 1)
        return tuple(dict.fromkeys((*parts, *self._terms_inside(word))))

    def frequency(self, word: str) -> float:
        """Return the share of ``word`` among all words of general Chinese, in [0, 1]; 0 where it is none."""
        return float(self._jieba.FREQ.get(word, 0) / self._jieba.total)

    def count(self, text: str) -> int:
        """Return the length of ``text`` in jieba words: the unit of the passage budget."""
        return len(self.words(text))

    def index_terms(self, text: str) -> tuple[str, ...]:
        """Return what the lexical index knows ``text`` by: words, the words inside them, characters, pairs, figures.

        A compound term stays whole *and* its parts are there, so 质押融资 is found by 质押 as well; single
        characters and adjacent pairs find what no dictionary knows; a figure is found however it is written. Function
        words are left out.
        """
        normal = normalise(text)
        terms = [w for w in self._jieba.cut_for_search(normal, HMM=False) if self._is_term(w)]
        terms.extend(inner for w in terms[:] for inner in self._terms_inside(w))
        terms.extend(_characters_and_pairs(normal))
        terms.extend(figure_terms(normal))
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


def _private_folder() -> str:
    """Where jieba keeps its parsed dictionary; it trusts what it finds there, so nobody else may write to it."""
    user = os.getuid() if hasattr(os, "getuid") else "user"
    folder = Path(tempfile.gettempdir()) / f"qa-service-{user}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return str(folder)


def _characters_and_pairs(normal: str) -> Iterator[str]:
    for run in _HAN.findall(normal):
        for i, character in enumerate(run):
            if character not in _FUNCTION_WORDS:
                yield character
            if i + 1 < len(run):
                yield run[i : i + 2]
