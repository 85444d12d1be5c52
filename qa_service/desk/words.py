"""How the closed vocabularies are said to staff, in Chinese; an order here is that of every table and drawing."""

from collections.abc import Mapping

from qa_service.answer.models import Origin, Reason, Status
from qa_service.journal.exchange import Channel
from qa_service.journal.feedback import Complaint

STATUSES: Mapping[str, str] = {
    Status.ANSWERED: "有依据",
    Status.RELATED: "未写明",
    Status.NO_ANSWER: "未收录",
    Status.CLARIFY: "请补充",
    Status.SMALLTALK: "寒暄",
}
"""As the question page calls them."""
REASONS: Mapping[str, str] = {
    Reason.COMPLETE: "原文写明",
    Reason.PARTIAL: "只写明一部分",
    Reason.AMOUNT_NOT_STATED: "没有写金额",
    Reason.NOT_STATED: "没有写所问的内容",
    Reason.PLACE_NOT_COVERED: "问的是别处",
    Reason.TIME_NOT_COVERED: "问的是别的时间",
    Reason.OUT_OF_SCOPE: "不在服务范围",
    Reason.NO_EVIDENCE: "所收录的文件没有涉及",
    Reason.ADVERSARIAL: "不是正常提问",
    Reason.EMPTY: "没有提问内容",
    Reason.SWITCHED_OFF: "当时停用",
    Reason.HANDOVER: "要找工作人员",
}
CHANNELS: Mapping[str, str] = {
    Channel.PAGE: "提问页",
    Channel.WIDGET: "网站挂件",
    Channel.WECHAT: "微信公众号",
    Channel.WECOM: "企业微信",
    Channel.DESK: "工作台",
    Channel.API: "接口",
    Channel.CHAT: "聊天客户端",
    Channel.MCP: "AI助手",
}
ORIGINS: Mapping[str, str] = {
    Origin.EXTRACTED: "摘自原文",
    Origin.CURATED: "人工审核",
    Origin.GENERATED: "语言模型（已核对）",
    Origin.FIXED: "固定用语",
}
COMPLAINTS: Mapping[str, str] = {
    Complaint.WRONG: "答案不对",
    Complaint.INCOMPLETE: "不完整",
    Complaint.OUTDATED: "过时了",
    Complaint.UNCLEAR: "看不懂",
    Complaint.NOT_MY_QUESTION: "不是我问的",
    Complaint.OTHER: "其他",
    "": "没有说原因",
}
WORDS: Mapping[str, Mapping[str, str]] = {
    "status": STATUSES,
    "reason": REASONS,
    "channel": CHANNELS,
    "complaint": COMPLAINTS,
}
"""By the field of a question that has them."""
