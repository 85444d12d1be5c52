"""How the closed vocabularies of a question's end are said to staff, in Chinese."""

from collections.abc import Mapping

from qa_service.answer.models import Reason, Status
from qa_service.journal.exchange import Channel
from qa_service.journal.feedback import Complaint

STATUSES: Mapping[str, str] = {
    Status.ANSWERED: "已答",
    Status.RELATED: "只有相关原文",
    Status.CLARIFY: "反问后没有下文",
    Status.NO_ANSWER: "没有答案",
    Status.SMALLTALK: "寒暄",
}
REASONS: Mapping[str, str] = {
    Reason.COMPLETE: "答全了",
    Reason.PARTIAL: "答了一部分",
    Reason.AMOUNT_NOT_STATED: "原文没写金额",
    Reason.NOT_STATED: "原文没写这一点",
    Reason.PLACE_NOT_COVERED: "外地的事",
    Reason.TIME_NOT_COVERED: "收录的文件不管那个时间",
    Reason.OUT_OF_SCOPE: "不在服务范围",
    Reason.NO_EVIDENCE: "没有找到依据",
    Reason.ADVERSARIAL: "不是正常提问",
    Reason.EMPTY: "没有内容",
    Reason.SWITCHED_OFF: "当时停用",
}
CHANNELS: Mapping[str, str] = {
    Channel.API: "接口",
    Channel.PAGE: "网页",
    Channel.WIDGET: "网页小窗",
    Channel.CHAT: "聊天接口",
    Channel.MCP: "智能助手",
    Channel.DESK: "工作台",
    Channel.WECHAT: "微信公众号",
    Channel.WECOM: "企业微信",
}
COMPLAINTS: Mapping[str, str] = {
    Complaint.WRONG: "答案不对",
    Complaint.INCOMPLETE: "不完整",
    Complaint.OUTDATED: "过时了",
    Complaint.UNCLEAR: "看不懂",
    Complaint.NOT_MY_QUESTION: "不是我问的",
    Complaint.OTHER: "其他",
}
WORDS: Mapping[str, Mapping[str, str]] = {
    "status": STATUSES,
    "reason": REASONS,
    "channel": CHANNELS,
    "complaint": COMPLAINTS,
}
"""By the field of a question that has them."""
