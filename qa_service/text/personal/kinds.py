"""The kinds of personal data that are told in what people type, and where one stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a piece of personal data is; the value is what is shown in its place."""

    MOBILE = "手机号"
    TELEPHONE = "电话号码"
    ID_CARD = "身份证号"
    BANK_CARD = "银行卡号"
    EMAIL = "邮箱"
    PLATE = "车牌号"
    CERTIFICATE = "证件号"
    """Passports, travel permits, driving licences."""
    QQ = "QQ号"
    WECHAT = "微信号"
    ADDRESS = "住址"
    NAME = "姓名"

    @property
    def mask(self) -> str:
        """What stands in its place: 〔手机号〕."""
        return f"〔{self.value}〕"


@dataclass(frozen=True, slots=True)
class PersonalSpan:
    """A piece of personal data: the characters ``text[start:end]``."""

    kind: Kind
    start: int
    end: int
