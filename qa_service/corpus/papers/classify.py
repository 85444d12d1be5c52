"""What kind of paper it is, how high it ranks, and what it is about, from its title, issuer and words."""

from __future__ import annotations

import re

_KINDS = (
    ("司法解释", r"^(?:最高人民法院|最高人民检察院).*(?:解释|规定|批复|答复)"),
    ("行政法规", r"^(?:中华人民共和国.*|(?!.*[省市县区]).*)条例(?:实施条例|实施细则)?$"),
    ("政策解读", r"解读|答记者问|问答"),
    ("规划", r"规划(?:纲要)?$"),
    ("行动方案", r"(?:行动|工作|实施)方案$"),
    ("法律", r"^中华人民共和国.*(?:法|法典)$"),
    ("办法", r"(?:办法|规定|细则|规则)$"),
    ("意见", r"(?:意见|措施|政策)$"),
    ("通知", r"通知$"),
    ("公告", r"(?:公告|通告)$"),
    ("决定", r"决定$"),
)
_LEVELS = (
    ("海门区", r"海门"),
    ("南通市", r"南通市"),
    ("江苏省", r"江苏省"),
    ("司法解释", r"最高人民法院|最高人民检察院"),
    ("法律", r"全国人民代表大会"),
    ("行政法规", r"^国务院$"),
    ("部门规章", r"(?:国家[\u4e00-\u9fff]+局|[\u4e00-\u9fff]+部|总局|总署|委员会)$"),
)
_TOPIC_WORDS = {
    "资助": r"奖励|资助|补助|补贴|减免|减缴|扶持|贴息|奖补",
    "保护": r"侵权|维权|保护|处罚|投诉|举报|纠纷|赔偿",
    "申请": r"申请|登记|注册|审查|备案|授权",
    "运用": r"转让|许可|质押|转化|运用|融资|贯标",
    "服务": r"服务|平台|咨询|培训|窗口",
}
_FEWEST_PER_THOUSAND = 2.0
_MOST_TOPICS = 3


def kind_of(title: str) -> str | None:
    """Return the paper's kind by its title: 办法 通知 政策解读 …; None where the title does not say."""
    inner = re.sub(r"[（(][^（）()]*[）)]$", "", title)
    return next((kind for kind, pattern in _KINDS if re.search(pattern, inner)), None)


def level_of(title: str, issuer: str, kind: str | None) -> str | None:
    """Return the level: of a law what it is, of other papers whose they are; None where neither is told."""
    if kind in ("法律", "司法解释", "行政法规"):
        return kind
    whose = issuer or title
    level = next((level for level, pattern in _LEVELS if re.search(pattern, whose)), None)
    if level == "部门规章" and kind in ("通知", "意见", "公告", "行动方案", "规划"):
        return "国家政策"
    return level


def topics_of(title: str, text: str) -> tuple[str, ...]:
    """Return up to three topics, most spoken of first; a word in the title counts for ten in the text."""
    size = max(len(text), 500) / 1000
    scores = {
        topic: (len(re.findall(words, text)) + 10 * len(re.findall(words, title))) / size
        for topic, words in _TOPIC_WORDS.items()
    }
    ranked = sorted(scores, key=lambda topic: -scores[topic])
    return tuple(t for t in ranked[:_MOST_TOPICS] if scores[t] >= max(_FEWEST_PER_THOUSAND, scores[ranked[0]] / 4))


def issuer_of(title: str, kind: str | None) -> str:
    """Return the issuer that a title itself names: 最高人民法院关于…; empty where it names none."""
    if kind == "法律":
        return "全国人民代表大会常务委员会"
    if match := re.match(r"(?P<issuer>[\u4e00-\u9fff、]{3,40}?)(?:关于|印发)", title):
        return match["issuer"]
    return "国务院" if kind == "行政法规" else ""
