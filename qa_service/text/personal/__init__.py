"""Personal data (《个人信息保护法》 art. 4) in what people type: telephones, identity cards, names, addresses."""

from qa_service.text.personal.kinds import Kind, PersonalSpan
from qa_service.text.personal.masking import masked, masked_like, personal_data, without_personal

__all__ = ["Kind", "PersonalSpan", "masked", "masked_like", "personal_data", "without_personal"]
