"""Two things held against each other: 集体商标和证明商标有什么区别, 发明和实用新型的保护期一样吗."""

import re
from dataclasses import dataclass

_DIFFER = (
    r"(?:有|的|之间的?|到底|究竟|在)*(?:什么|啥|哪些|何|多大)?(?:的)?(?:区别|不同|差别|差异|分别|两样)"
    r"|(?:到底|究竟|是不是|是否|都)?(?:一样|相同|一回事|不一样)|(?:怎么|如何|怎样)(?:区分|区别|分辨|分)|哪个更?(?:长|短|高|低|多|少|贵|便宜|快|慢)|difference"
)
_AND = r"(?:和|与|跟|同|以及|、|比)"
_SIDES = re.compile(
    rf"^(?:请问|想问一?下?|问一?下?)?(?P<a>[^,。;?、和与跟同]{{2,16}}?){_AND}(?P<b>[^,。;?]{{2,16}}?)"
    rf"(?:(?:的|在|,)(?P<aspect>[^,。;?的]{{2,12}}?)(?:上|方面)?)?(?:{_DIFFER})"
)
_ALIKE = re.compile(r"一样|相同|一回事")


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is compared, and in which respect."""

    sides: tuple[str, str]
    aspect: str
    """保护期; empty where the things themselves are compared."""
    asks_whether_alike: bool = False
    """Whether the question is if they are the same: 一样吗."""

    def questions(self) -> tuple[str, str]:
        """Return what is asked of each side."""
        first, second = self.sides
        return (
            (f"{first}{self.aspect}", f"{second}{self.aspect}")
            if self.aspect
            else (f"什么是{first}", f"什么是{second}")
        )


def comparison_in(normal: str) -> Comparison | None:
    """Return what a question, in normal form, compares; None where it compares nothing."""
    match = _SIDES.search(normal)
    if match is None:
        return None
    first, second = (match[side].strip().removesuffix("的").removesuffix("是") for side in ("a", "b"))
    alike = bool(_ALIKE.search(match.group()))
    return Comparison((first, second), (match["aspect"] or "").strip(), alike) if first != second else None
