"""Where an attachment begins: 附件1 above its title, or both on one line; and where 附件1 only announces one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa_service.corpus.readers.manuscript import Block, Line, Setting

_NUMBER = r"(?P<number>[0-9]{1,2}|[一二三四五六七八九十]{1,3})?"
_BARE = re.compile(rf"附\s*件\s*{_NUMBER}\s*(?P<colon>[：:])?")
_TITLED = re.compile(
    rf"附\s*件\s*{_NUMBER}\s*(?:[：:]|[\s\u3000]+|(?<=[0-9])[.．、])\s*(?P<title>(?![0-9]+[.．、])\S.{{1,60}})"
)
_LISTED = re.compile(r"[0-9]{1,2}[.．、]")
_SENTENCE_END = re.compile(r"[。；：:]$")
_TITLE_COMPLETE = re.compile(
    r"(?:表|书|单|清单|目录|办法|细则|指南|标准|流程|模板|样式|名单|方案|说明|函|证明|承诺书)(?:[（(].*[）)])?$"
)
_FILE_NAME = re.compile(r"\.(?:docx?|pdf|xlsx?|wps|et|zip|rar)$", re.IGNORECASE)
_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class AttachmentHeading:
    """The heading of an attachment, and how many blocks of the manuscript it takes."""

    text: str
    length: int


def attachment_heading(blocks: Sequence[Block], index: int, signed_at: int | None) -> AttachmentHeading | None:
    """Return the heading of an attachment that begins at ``index``; None where none does.

    Above the signature attachments are only listed. Where no signature was found, a list is told by what follows:
    another of the list, or nothing.

    Args:
        blocks: the paper's text without front and signature.
        index: which of them.
        signed_at: the index at which the signature stood, if one was found.
    """
    block = blocks[index]
    if not isinstance(block, Line) or (signed_at is not None and index < signed_at):
        return None
    behind = blocks[index + 1 :]
    if bare := _BARE.fullmatch(block.text):
        follower = behind[0] if behind else None
        if bare["colon"] and not bare["number"] and isinstance(follower, Line) and _LISTED.match(follower.text):
            return None
        name = f"附件{bare['number'] or ''}"
        lines = _title_lines(behind)
        return AttachmentHeading(f"{name} {''.join(lines)}".strip(), 1 + len(lines))
    titled = _TITLED.fullmatch(block.text)
    if titled is None or titled["title"].endswith("。") or _FILE_NAME.search(titled["title"]):
        return None
    if signed_at is None and (not behind or _is_listed(behind[0])):
        return None
    if signed_at is None and index and isinstance(before := blocks[index - 1], Line) and _TITLED.fullmatch(before.text):
        return None
    return AttachmentHeading(f"附件{titled['number'] or ''} {titled['title']}", 1)


def _is_listed(block: Block) -> bool:
    return isinstance(block, Line) and bool(_TITLED.fullmatch(block.text))


def _title_lines(blocks: Sequence[Block]) -> list[str]:
    """Return the one or two lines in which an attachment's title is set."""
    lines: list[str] = []
    for block in blocks[:3]:
        if not isinstance(block, Line) or _SENTENCE_END.search(block.text) or _BARE.fullmatch(block.text):
            break
        too_long = len("".join(lines)) + len(block.text) > _LONGEST_TITLE
        if too_long or (lines and (block.setting is not Setting.CENTRED or _TITLE_COMPLETE.search(lines[-1]))):
            break
        lines.append(block.text)
    return lines
