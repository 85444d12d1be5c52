"""What is personal because it is said to be: 微信号…, 护照号…, 电话是…, 我叫…."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa_service.text.personal.kinds import Kind, PersonalSpan
from qa_service.text.personal.surnames import COMPOUND_SURNAMES, SURNAMES

_IS = r"[ \t\u3000]{0,2}(?:就是|是|为|叫|[:：])?[ \t\u3000]{0,2}"
_FIGURES = r"[0-9](?:[ \-]?[0-9]){%s}"
_STATED = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (Kind.ID_CARD, rf"身份证(?:号码?|件)?{_IS}(?P<said>{_FIGURES % '13,17'}[ ]?X?)(?![0-9])"),
        (
            Kind.BANK_CARD,
            rf"(?:银行卡|储蓄卡|信用卡|借记卡|工资卡|卡|银行账|账|帐)[号户]码?{_IS}(?P<said>{_FIGURES % '11,18'})(?![0-9])",
        ),
        (
            Kind.TELEPHONE,
            rf"(?:电话|座机|固话|手机|联系方式|传真)号?码?{_IS}(?P<said>[2-8](?:[ \-]?[0-9]){{6,7}})(?![0-9\-])",
        ),
        (
            Kind.CERTIFICATE,
            r"(?:护照|通行证|台胞证|回乡证|军官证|士兵证|居留证|居住证|驾驶证|驾照|港澳证)(?:的?号码?|编号)?"
            rf"{_IS}(?P<said>[A-Z]{{0,3}}[0-9]{{6,17}})(?![0-9A-Za-z])",
        ),
        (Kind.QQ, rf"(?:QQ|扣扣|企鹅)(?:号码?|群号?)?{_IS}(?P<said>[1-9][0-9]{{4,11}})(?![0-9])"),
        (
            Kind.WECHAT,
            r"(?:(?:微信|威信|薇信|wechat|weixin|[vw]x|v信)(?:(?:号码?|id|账号|帐号)(?:就是|是|为|叫)?|是|为)?[ \t\u3000:：]{0,3})"
            r"(?P<said>[a-z](?=[a-z_\-]{0,18}[0-9_])[a-z0-9_\-]{4,19})(?![a-z0-9_])",
        ),
        (
            Kind.WECHAT,
            r"(?:微信|威信|薇信|wechat|weixin|[vw]x|v信)(?:号码?|id|账号|帐号)(?:就是|是|为|叫|[:：]|[ \t\u3000]){1,3}"
            r"(?P<said>[a-z][a-z0-9_\-]{5,19})(?![a-z0-9_])",
        ),
    )
)
_GIVEN = r"[\u4e00-\u9fff·]"
_SURNAME = f"(?:{'|'.join(COMPOUND_SURNAMES)}|[{SURNAMES}])"
_ENDS = r"(?=[,，。.；;、！!？?\s)）\]】》」\"”’]|$|的|是|[（(]|[男女]性?[,，]|电话|手机|身份证|住|来自|今年|，)"
_NAME = re.compile(
    rf"(?:我叫做?|我名叫|我的名字(?:是|叫)|名字[:：叫是]|真名叫?|姓名(?:是|为|叫|[:：])|(?:联系人|收件人|收货人|户名|当事人|委托人|持卡人)(?:是|[:：]))"
    rf"[ \t\u3000]{{0,2}}(?P<told>{_SURNAME}{_GIVEN}{{1,3}}?){_ENDS}"
    rf"|(?:本人|我是)(?P<self>{_SURNAME}{_GIVEN}{{1,2}}?)(?=[,，。；;]|$)"
    rf"|本人(?:叫|姓名|名叫)[:：是]?(?P<own>{_SURNAME}{_GIVEN}{{1,3}}?){_ENDS}"
)
_NO_NAME = re.compile(
    "[人员企商户师们的了吗呢吧么啥在有想要不没能会可做办是于到从用给和与及或某该这那哪何什几请申报填写局厅院所校厂店司部处站公名位]"
)
"""Characters that no given name holds, but what else may follow: 姓名：申请人姓名."""
_NO_BARE_NAME = re.compile(
    "[生者家友方业主民工区县市省镇村组队会社行馆网里本多少年月日号天前后上下中内外时候间期第个次种类件条项学科农机构创投新小]"
)
"""More of them where a name stands bare: 我是程序员, 本人温州人, 我是高校老师."""


def stated_in(text: str) -> Iterator[PersonalSpan]:
    """Yield what the text itself calls a number of somebody, or somebody's name."""
    for kind, pattern in _STATED:
        for match in pattern.finditer(text):
            yield PersonalSpan(kind, *match.span("said"))
    for match in _NAME.finditer(text):
        group = match.lastgroup or "told"
        bare = group == "self" and _NO_BARE_NAME.search(match[group], 1)
        if not bare and not _NO_NAME.search(match[group], 1):
            yield PersonalSpan(Kind.NAME, *match.span(group))
