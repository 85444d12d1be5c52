"""The language model, where one is set: whether it can be reached and is there."""

import asyncio
from collections.abc import Iterator

from qa_service.answer.generation.language_model import ModelFailure
from qa_service.doctor.finding import Finding
from qa_service.errors import QaError
from qa_service.service import open_language_model
from qa_service.settings import Settings


def look_at_language_model(settings: Settings) -> Iterator[Finding]:
    """Ask the endpoint for its models."""
    yield _asked(settings)


def _asked(settings: Settings) -> Finding:
    try:
        endpoint = open_language_model(settings)
        if endpoint is None:
            return Finding(True, "大模型：没有设 QA_LLM_BASE_URL，答复一律摘自原文")
        where = f"大模型：{settings.llm_base_url} 的 {settings.llm_model}"
        listed = asyncio.run(endpoint.models())
    except QaError as error:
        return Finding(False, f"大模型：{error}")
    except ModelFailure as failure:
        advice = "请核对地址、密钥和网络；在此之前答复摘自原文"
        return Finding(False, f"大模型：{settings.llm_base_url} {failure}，{advice}")
    if listed is None:
        return Finding(True, f"{where}，连得上；该接口不列模型，无法核对名称")
    if settings.llm_model not in listed:
        known = "、".join(sorted(listed)[:5]) or "（没有）"
        return Finding(False, f"{where}，连得上，但接口列出的模型里没有它：{known}。请核对 QA_LLM_MODEL。")
    return Finding(True, f"{where}，连得上，模型在列")
