"""Where somebody lives: a street with a number, or a house with a door, and the place names before them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa_service.text.personal.kinds import Kind, PersonalSpan

_COUNT = r"[0-9]{1,5}(?:[\-—–/][0-9]{1,4})?|[一二三四五六七八九十百]{1,4}|[A-Za-z][0-9]{0,4}"
_DOOR = re.compile(
    rf"(?:(?:{_COUNT})(?:号楼|号院|号|弄|栋|幢|座|单元|室|楼|层|户|组|队)[ ]?(?:之[一二三四五六七八九十])?[\-— ]?){{1,5}}(?:[0-9]{{3,4}}(?![0-9号元万年条款项个件]))?"
)
_UNIT = re.compile(r"号楼|号院|号|弄|栋|幢|座|单元|室|户|组")
_HOUSE_UNITS = frozenset(("号楼", "号院", "栋", "幢", "座", "单元", "室", "户"))
_STREET = re.compile(
    r"(?:[\u4e00-\u9fff]|[东西南北中][\u4e00-\u9fff]|[0-9]{1,4})(?:大道|胡同|路|街|巷|弄|道)(?:[东西南北中]段?)?$"
)
_ESTATE = re.compile(
    r"(?:小区|花园|家园|公寓|新村|花苑|佳苑|名苑|嘉苑|苑|花城|新城|山庄|别墅|公馆|名邸|华府|雅居|里弄|社区|宿舍|[\u4e00-\u9fff]村)(?:[一二三四五六七八九十东西南北]{1,2}(?:期|区))?$"
)
_AREA = re.compile(r"(?:省|自治区|市|州|盟|区|县|旗|镇|乡|街道|村|开发区)")
_PROVINCE = re.compile(
    r"(?:北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾"
    r"|内蒙古|广西|西藏|宁夏|新疆|香港|澳门)(?:省|市|自治区|壮族自治区|回族自治区|维吾尔自治区|特别行政区)?"
)
_CITY = re.compile(r"[\u4e00-\u9fff]{2}(?:市|区|县|旗)")
_LIVES = re.compile(
    r"(?:家庭住址|住址|地址|住所|户籍地?|收件地|居住地|住在|家住|家在|租住在?|寄到|寄往|寄给|邮寄到|送到|住|我家)(?:是|为|在|于|[:：])?[ \t\u3000]?"
)
_BEFORE = re.compile(r"[\u4e00-\u9fffA-Za-z0-9 :：]{0,40}$")
_STREET_NAME = re.compile(r"[\u4e00-\u9fff0-9]{2,4}$")
_WINDOW = 40


def addresses_in(text: str) -> Iterator[PersonalSpan]:
    """Yield the addresses in a reading copy: of a house or a flat, never a district's or an office's name alone."""
    for door in _DOOR.finditer(text):
        before = _BEFORE.search(text[max(0, door.start() - _WINDOW) : door.start()])
        lead = before.group() if before else ""
        if _is_address(lead, door.group()):
            yield PersonalSpan(Kind.ADDRESS, door.start() - len(_named_part(lead)), door.end())


def _is_address(lead: str, door: str) -> bool:
    units = _UNIT.findall(door)
    inside = [unit for unit in units if unit in _HOUSE_UNITS]
    lives = bool(_LIVES.search(lead))
    if _STREET.search(lead):
        return bool(units) and (lives or bool(inside) or bool(_AREA.search(lead)))
    if _ESTATE.search(lead):
        return bool(inside) or ("组" in units and lives) or ("组" in units and "号" in units)
    return len(inside) >= 2 or (lives and bool(inside))


def _named_part(lead: str) -> str:
    """Return the end of ``lead`` that names places: after 住在 and the like, else from the province or town on."""
    if lives := [match.end() for match in _LIVES.finditer(lead)]:
        return lead[lives[-1] :]
    if found := _PROVINCE.search(lead) or _CITY.search(lead):
        return lead[found.start() :]
    last = _STREET_NAME.search(lead)
    return last.group() if last else ""
