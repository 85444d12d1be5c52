"""Greetings, thanks and attacks: a short, civil, fixed reply each."""

import re
import unicodedata
from dataclasses import dataclass

from qa_service.answer.manners.attack import Attack, attack
from qa_service.answer.models import Reason, Status
from qa_service.text.normal import normalise

COVERS = (
    "本服务依据《南通市海门区“十四五”知识产权发展规划》及所收录的政策法规原文，"
    "回答资助奖励、维权保护、申请登记、运用转化和公共服务方面的问题"
)
EXAMPLES = ("拿专利能贷款吗？", "被侵权了找谁帮忙？", "规划四（三）4讲什么？")


@dataclass(frozen=True, slots=True)
class Courtesy:
    """A fixed reply, and how it counts; the text is empty where somebody asks for a person."""

    status: Status
    reason: Reason
    text: str


_GREETING = f"您好！{COVERS}，并注明出处。请直接说您想问的事，例如：{EXAMPLES[0]}"
_THANKS = "不客气。还有想问的，请随时说。"
_GOODBYE = "再见，需要时请随时再来。"
_OURSELVES = f"我是知识产权政策问答助手。{COVERS}；原文没有写的，我会直说没有。可以这样问：{'、'.join(EXAMPLES)}"
_COMPLAINT = (
    f"抱歉没有答好。请换一种说法再问一次，或者说得具体一些；{COVERS}。对服务的意见可拨打 12345 政务服务热线反映。"
)
_NODDING = "好的。还有想问的，请随时说。"

_HANDOVER = ""
"""Where to find a person is the installation's to say."""

_PHRASES = (
    (
        _COMPLAINT,
        r"投诉(你们?|您|客服|机器人|这个?(服务|助手|机器人))|(回答|解答|答|说|讲)得?(都|全|完全|根本)?(不对|错了?|有误|不准|没用|不清楚)|答非所问|(听|看)不懂"
        r"|(根本)?没(有)?(帮上忙|帮到|用处|解决)|不满意|没说清楚?|(什么|啥)(破|烂)(服务|系统|东西|玩意)|不是我(要|想)?问的",
    ),
    (
        _OURSELVES,
        r"who are you|what can you do|what do you do|(你|您|这里?)是(谁|什么|真人|人工|机器人(还是(真人|人工))?|ai|干嘛的|干什么的|做什么的)|叫(什么|啥)名字?"
        r"|(你|您|这里?|我)?(都)?(能|会|可以)(帮我|问|做|干|回答|答)?(你|您)?(些|点)?(什么|啥|哪些|哪方面)(问题|事情|事|功能|内容)?"
        r"|(怎么|如何)(用|使用)(你|这个)|有(什么|啥|哪些)功能|介绍(一下)?(你)?自己|介绍一下",
    ),
    (
        _HANDOVER,
        r"(转|换|找|接|叫|联系)(一下|个|到|成|给)?(人工|真人|活人|客服|工作人员|人)(客服|服务|咨询|窗口|坐席)?|人工(客服|服务|咨询|坐席|窗口)?"
        r"|(有没有|有)?(真人|在线)?客服(电话|热线)?|(你们?的?)?(联系|咨询|服务)(电话|热线|方式)(是?多少)?|(talk|speak) to (a )?(human|person|staff)|human|agent",
    ),
    (
        _GREETING,
        r"(你|您|大家|老师|各位|同志)们?好|哈[喽啰罗]|嗨|喂|hi|hello|hey|are you there|good (morning|afternoon|evening)"
        r"|(有人|人)?在(不在|吗|不|么|嘛|线)|有人(吗|么|不|在)|(早上|上午|中午|下午|晚上)好|早安|早|晚安|打扰(一下|了|您|你)?"
        r"|(新年|节日|中秋|国庆|春节|端午|元旦|圣诞|生日|周末)(快乐|愉快|好)|听得?(到|见)|第一次(用|来)|试(一下|试)|打个招呼",
    ),
    (
        _THANKS,
        r"谢谢|感谢|多谢|谢(了|啦)|拜谢|thx|thanks?( you)?( so much| a lot| very much)?|辛苦|麻烦(你|您)|帮了?大忙",
    ),
    (
        _GOODBYE,
        r"再见|拜拜|good ?bye|bye|回(头)?(见|聊)|再聊|先(这样|忙)(了)?|没(事|别的)(了|啦)?|不用了|发错了?|88|下次(见|聊|再来)",
    ),
    (
        _NODDING,
        r"好的|好|嗯|哦|噢|ok(ay)?|收到|明白|知道|了解|懂了?|行|可以|厉害|聪明|不错|点?赞|棒|牛|有用|靠谱|满意|哈+|嘿嘿|呵呵|不好意思|抱歉|对不起",
    ),
)
_COMPILED = tuple((reply, re.compile(pattern)) for reply, pattern in _PHRASES)
_FILLER = re.compile(
    r"[\W_]|请问|我|你|您|的|了|啊|呀|呢|吧|吗|哈|啦|哦|嘛|么|真|太|很|非常|十分|就是|就|那个|这个|刚才|一下|回答|解答|得|给|助手|机器人|帮助|帮忙"
    r"|们|个|都|也|小|要|想|去|怎么|全|完全|根本|there|so|much|a|lot|you|very|是|用"
)

_EMPTY = Courtesy(Status.NO_ANSWER, Reason.EMPTY, f"没有看到问题内容。请用一句话说出想问的事，例如：{EXAMPLES[0]}")
_INJECTED = Courtesy(Status.NO_ANSWER, Reason.ADVERSARIAL, f"这项要求无法照办。{COVERS}，只依原文作答。请直接提问。")
_ABUSED = Courtesy(
    Status.NO_ANSWER,
    Reason.ADVERSARIAL,
    f"抱歉没有帮上忙。{COVERS}。请说说您遇到的具体问题，我尽力从原文中查找。",
)


def courtesy(question: str) -> Courtesy | None:
    """Return the fixed reply that a question deserves, or None where it is a question to be answered."""
    normal = normalise(question)
    if not any(c.isalnum() for c in normal):
        has_emoji = any(unicodedata.category(c) == "So" for c in normal)
        return Courtesy(Status.SMALLTALK, Reason.COMPLETE, _GREETING) if has_emoji else _EMPTY
    if kind := attack(normal):
        return _INJECTED if kind is Attack.DEMAND else _ABUSED
    return _smalltalk(normal)


def _smalltalk(normal: str) -> Courtesy | None:
    """A message that is nothing but polite phrases gets the reply to the weightiest of them."""
    reply, rest = None, normal
    for candidate, pattern in _COMPILED:
        rest, count = pattern.subn(" ", rest)
        if count and reply is None:
            reply = candidate
    if reply is None or _FILLER.sub("", rest):
        return None
    return Courtesy(Status.SMALLTALK, Reason.COMPLETE if reply else Reason.HANDOVER, reply)
