"""Fees that are not the fee itself: what is added for being late, and what is left of it for those who pay less."""

import re

_REDUCED = re.compile(r"减缴|减到|减掉|费减|减(?=[0-9]|百分之|[一二三四五六七八九]成)")
_LATE = re.compile(r"迟延费|滞纳金|逾期费")
_ASKS_LATE = re.compile(r"迟|晚|逾期|过期|滞纳|宽展|补|忘|超")
_ASKS_REDUCED = re.compile(r"减|免|优惠|折|省|便宜")


def is_another_fee(asked: str, text: str) -> bool:
    """Whether a text gives what is paid late or by those who pay less, and a question, in normal form, asks for neither."""
    late = _LATE.search(text) and not _ASKS_LATE.search(asked)
    reduced = _REDUCED.search(text) and not _ASKS_REDUCED.search(asked)
    return bool(late or reduced)
