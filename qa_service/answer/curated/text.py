"""The text of a curated answer, held against what it cites before anybody approves it."""

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from qa_service.text.normal import normalise
from qa_service.text.quantities import quantities
from qa_service.text.sentences import sentence_spans

_MARK = re.compile(r"\[(\d{1,2})\]")
_MARKS_BEHIND = re.compile(r"([。！？!?；;]+[”’」』）)]*)((?:\[\d{1,2}\])+)")
"""15亿元。[1] and 15亿元[1]。 cite the same sentence."""
_LEADS_ON = re.compile(r"[：:]\s*$")
"""材料如下： says nothing yet."""
_NUMBER = re.compile(r"[0-9][0-9,]*(?:[.\-:][0-9]+)*")
_LISTED = re.compile(r"^\s*(?:[0-9]{1,2}[.、．)）]|[(（][0-9]{1,2}[)）])")


def marks_of(text: str) -> frozenset[int]:
    """Return the numbers of the citations that ``text`` names."""
    return frozenset(int(number) for number in _MARK.findall(text))


def faults_of(text: str, citations: int) -> list[str]:
    """Return what is wrong with how ``text`` cites, in Chinese; nothing where every sentence has its ground.

    Args:
        text: the answer.
        citations: how many clauses it cites.
    """
    named = marks_of(text)
    faults = [f"答案里的 [{n}] 没有对应的引用" for n in sorted(named) if not 1 <= n <= citations]
    faults += [f"引用 [{n}] 在答案里没有用到" for n in range(1, citations + 1) if n not in named]
    for sentence in sentences_of(text):
        if not _MARK.search(sentence) and not _LEADS_ON.search(sentence):
            faults.append(f"这一句没有注明引用：{sentence}")
    return faults


def sentences_of(text: str) -> list[str]:
    """Cut an answer into sentences, each with its marks; what holds no word is none."""
    moved = _MARKS_BEHIND.sub(r"\2\1", text)
    sentences = (span.of(moved).strip() for span in sentence_spans(moved))
    return [sentence for sentence in sentences if any(c.isalnum() for c in _MARK.sub("", sentence))]


def figures_beyond(text: str, cited: Sequence[str]) -> list[str]:
    """Return the figures of an answer that stand in none of the clauses their sentence cites, as they are written.

    五百万元 and 500万元 are the same figure; numbers without a unit, of telephones and years, must stand there as they are.

    Args:
        text: the answer with its marks.
        cited: what may speak for a figure of the n-th clause: its text, its place, its document's title.
    """
    beyond: list[str] = []
    for sentence in sentences_of(text):
        grounds = "\n".join(cited[n - 1] for n in sorted(marks_of(sentence)) if 1 <= n <= len(cited))
        beyond += _beyond(_LISTED.sub("", _MARK.sub("", sentence)), grounds)
    return list(dict.fromkeys(beyond))


def _beyond(sentence: str, grounds: str) -> list[str]:
    normal, there = normalise(sentence), normalise(grounds)
    known = quantities(there)
    missing = quantities(normal) - known
    numbers = set(_NUMBER.findall(there))
    values = {quantity.value for quantity in known | missing}
    bare = [n for n in _NUMBER.findall(normal) if n not in numbers and not _is_told(n, values)]
    return [*sorted(map(str, missing)), *bare]


def _is_told(number: str, values: set[Decimal]) -> bool:
    """Whether a number is part of a figure with a unit, which was looked at as a whole."""
    try:
        value = Decimal(number.replace(",", ""))
    except InvalidOperation:
        return False
    return any(value * scale in values for scale in (1, 100, 1000, 10_000, 100_000_000))
