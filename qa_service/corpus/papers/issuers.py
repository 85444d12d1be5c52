"""The names of public bodies, as heads and signatures print them."""

from __future__ import annotations

import re

_BODY = re.compile(
    r"[\u4e00-\u9fff（）()、·]{2,60}?(?:政府|办公室|办公厅|委员会|委|局|厅|部|署|院|会|中心|银行|公司|大队|支队|党组|人大|政协)"
    r"(?:办公室)?(?:[（(][\u4e00-\u9fff]{2,20}[）)])?"
)
_PERSON = re.compile(
    r"(?:代)?[\u4e00-\u9fff]{0,8}?(?:主席|总理|省长|市长|区长|县长|主任|局长|部长|署长|院长|检察长)[\s\u3000]*[：:]?[\s\u3000]*"
    r"[\u4e00-\u9fff·](?:[\s\u3000]*[\u4e00-\u9fff·]){1,3}"
)
_SHORTEST = 4
_LONGEST = 60


def is_body_name(text: str) -> bool:
    """Whether ``text`` is the name of a public body and nothing else, blanks between its letters ignored."""
    return bool(names_in(text))


def is_person(text: str) -> bool:
    """Whether ``text`` is an office and a name, as under an order: 市长　张三."""
    return len(text) <= 24 and bool(_PERSON.fullmatch(text.strip()))


def names_in(text: str) -> list[str]:
    """Return the bodies that a line names and nothing else; none where it says anything else.

    Joint papers set the signers side by side, and spread the letters of a short name: 财　政　局. So a name goes on
    over a blank until it is one.
    """
    pieces = re.split(r"[\s\u3000]+", text.strip())
    if len("".join(pieces)) > _LONGEST * 4 or re.search(r"[，。；：:《》“”]", text):
        return []
    names: list[str] = []
    held = ""
    for piece in pieces:
        held += piece
        if len(held) >= _SHORTEST and len(held) <= _LONGEST and _BODY.fullmatch(held):
            names.append(held)
            held = ""
    if held in ("办公室", "办公厅", "委员会") and names:
        names[-1] += held
        held = ""
    return [] if held else names
