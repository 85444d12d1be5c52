"""Where somebody finds a person to speak to."""

from dataclasses import dataclass

NOBODY_NAMED = "这里由程序作答，没有登记人工窗口。可拨打 12345 政务服务热线，或到区政务服务中心咨询。"


@dataclass(frozen=True, slots=True)
class Handover:
    """A service station, as its operator describes it."""

    name: str
    phone: str | None = None
    address: str | None = None
    hours: str | None = None

    @property
    def said(self) -> str:
        """The card in a sentence: for a door that shows nothing but text."""
        details = (("电话", self.phone), ("地址", self.address), ("时间", self.hours))
        return "，".join([f"可以找{self.name}", *(f"{label}：{value}" for label, value in details if value)]) + "。"


def said(handover: Handover | None) -> str:
    """Return what somebody is told who asks for a person."""
    return handover.said if handover else NOBODY_NAMED
