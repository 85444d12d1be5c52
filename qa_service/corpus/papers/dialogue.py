"""Questions and answers as officials print them, to 问：…？ and 答：…, a line each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa_service.corpus.readers.manuscript import Block, Line

_NUMBER = r"(?P<number>(?:[（(]?[一二三四五六七八九十]{1,3}[）)、]+|[0-9]{1,2}[.．、])\s*)?"
_ASK = r"(?:[【\[]\s*(?:问|问题|提问)\s*[0-9]{0,2}\s*[】\]]\s*[：:]?|(?:问|问题|Q)\s*(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})?\s*[：:])"
_REPLY = r"(?:[【\[]\s*(?:答|解答|回答|回复)\s*[】\]]\s*[：:]?|(?:答|回答|A)\s*[0-9]{0,2}\s*[：:])"
_ASKED = re.compile(rf"{_NUMBER}{_ASK}\s*(?P<question>.+)")
_REPLIED = re.compile(rf"{_REPLY}\s*(?P<answer>.*)")
_IN_ONE = re.compile(rf"(?P<question>{_NUMBER}{_ASK}\s*.+?)\s*(?P<answer>{_REPLY}\s*.+)")
_PLAIN_QUESTION = re.compile(rf"{_NUMBER}(?P<question>[^。；]{{4,80}}[？?])")


def is_dialogue(title: str, blocks: Sequence[Block]) -> bool:
    """Whether a paper explains by questions and answers: only there is a line that ends in ？ taken for a question."""
    return bool(re.search(r"解读|问答|答记者问|百问", title)) or sum(_is_asked(b) for b in blocks) >= 2


def _is_asked(block: Block) -> bool:
    return isinstance(block, Line) and _ASKED.fullmatch(block.text) is not None


def dialogue_lines(text: str, following: Block | None, *, dialogue: bool) -> Iterator[str] | None:
    """Return a paragraph's question or answer in the corpus' written form; None where it is neither.

    Args:
        text: the paragraph.
        following: the block behind it: 1.怎样申报？ is a question where no other question follows.
        dialogue: whether the paper is one of questions and answers.
    """
    if pair := _IN_ONE.fullmatch(text):
        asked, replied = _ASKED.fullmatch(pair["question"]), _REPLIED.fullmatch(pair["answer"])
        if asked and replied:
            return iter((_question(asked), f"答：{replied['answer']}"))
    if (asked := _ASKED.fullmatch(text)) and (dialogue or text.endswith(("？", "?"))):
        return iter((_question(asked),))
    if (replied := _REPLIED.fullmatch(text)) and (dialogue or text.startswith("答")):
        return iter((f"答：{replied['answer']}",)) if replied["answer"] else iter(())
    plain = _PLAIN_QUESTION.fullmatch(text) if dialogue else None
    if (
        plain
        and following is not None
        and not (isinstance(following, Line) and _PLAIN_QUESTION.fullmatch(following.text))
    ):
        return iter((_question(plain),))
    return None


def _question(match: re.Match[str]) -> str:
    text = re.sub(r"[。；;：:?？\s]+$", "", match["question"])
    number = (match["number"] or "").strip()
    return f"{'' if number.startswith(('（', '(')) else number}问：{text}？"
