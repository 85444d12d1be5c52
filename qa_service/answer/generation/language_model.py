"""A language model behind any endpoint that speaks the OpenAI chat protocol: DeepSeek, Qwen, vLLM, Ollama."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from qa_service.answer.generation.prompt import Prompt
from qa_service.answer.models import Fault
from qa_service.errors import SettingsError

if TYPE_CHECKING:
    from openai import AsyncOpenAI

_CONNECT_SECONDS = 3.0
_WRITE_SECONDS = 5.0
_MOST_TOKENS = 2_048
_MOST_CHARACTERS = 60_000
"""Of all that a model sends, its thinking included."""
_NO_LIST = frozenset({404, 405, 501})
_NO_KEY = "none"
"""Sent where no key is set: Ollama and vLLM want none, and a key for somebody else must not go out instead."""


class ModelFailure(Exception):  # noqa: N818 - it is no fault of this program
    """The model, or the way to it, failed."""

    def __init__(self, fault: Fault, what: str) -> None:
        super().__init__(what)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Fragment:
    """A stretch of what a model writes."""

    text: str
    finish: str | None = None
    """Why it stopped, with the last one: ``stop``, ``length`` …"""


class LanguageModel(Protocol):
    """Writes to a prompt."""

    def stream(self, prompt: Prompt) -> AsyncGenerator[Fragment, None]:
        """Yield what is written as it comes, last why it ended; closing the stream ends the request.

        Raises:
            ModelFailure: it cannot be reached, turns the request away, or sends what is not the protocol.
        """


class ChatEndpoint:
    """A model behind an endpoint."""

    def __init__(self, base_url: str, model: str, api_key: str | None, *, timeout: float) -> None:
        self._model = model
        self._client = _client(base_url, api_key, timeout)

    async def stream(self, prompt: Prompt) -> AsyncGenerator[Fragment, None]:
        """Yield what is written as it comes; see :class:`LanguageModel`."""
        import openai

        try:
            answer = await self._client.chat.completions.create(
                model=self._model,
                messages=[{"role": "system", "content": prompt.system}, {"role": "user", "content": prompt.user}],
                temperature=0,
                max_tokens=_MOST_TOKENS,
                stream=True,
            )
            characters = 0
            try:
                async for chunk in answer:
                    fragment, size = _read(chunk)
                    characters += size
                    if characters > _MOST_CHARACTERS:
                        raise ModelFailure(Fault.TOO_LONG, f"more than {_MOST_CHARACTERS} characters")
                    if fragment.text or fragment.finish:
                        yield fragment
                    if fragment.finish:
                        return
            finally:
                await answer.close()
        except openai.APITimeoutError as error:
            raise ModelFailure(Fault.TIMED_OUT, "no answer in time") from error
        except openai.APIConnectionError as error:
            raise ModelFailure(Fault.UNREACHABLE, f"{error.__cause__ or error}") from error
        except openai.APIStatusError as error:
            raise ModelFailure(Fault.TURNED_AWAY, f"status {error.status_code}") from error
        except ModelFailure:
            raise
        except Exception as error:
            # Whatever a stranger's server sends, the extracted answer stands.
            raise ModelFailure(Fault.BROKEN, f"{type(error).__name__}") from error

    async def models(self) -> frozenset[str] | None:
        """Return the names of the models that the endpoint lists; None where it keeps no list.

        Raises:
            ModelFailure: it cannot be reached, or does not accept the key.
        """
        import openai

        try:
            return frozenset([model.id async for model in self._client.models.list()])
        except openai.APITimeoutError as error:
            raise ModelFailure(Fault.TIMED_OUT, "没有及时响应") from error
        except openai.APIConnectionError as error:
            raise ModelFailure(Fault.UNREACHABLE, "连接不上") from error
        except openai.APIStatusError as error:
            if error.status_code in _NO_LIST:
                return None
            raise ModelFailure(Fault.TURNED_AWAY, f"返回状态 {error.status_code}") from error
        except Exception as error:
            raise ModelFailure(Fault.BROKEN, "返回的不是模型清单") from error


def _client(base_url: str, api_key: str | None, timeout: float) -> AsyncOpenAI:
    try:
        # Half a second to import, and an optional dependency: only where a model is set up.
        import httpx2
        import openai
    except ImportError as error:
        raise SettingsError(
            f"设了 QA_LLM_BASE_URL={base_url}，但没有安装 openai 软件包。请运行 pip install 'qa-service[llm]'，或去掉这项设置。"
        ) from error
    http = httpx2.AsyncClient(
        timeout=httpx2.Timeout(timeout, connect=min(_CONNECT_SECONDS, timeout), write=_WRITE_SECONDS),
        # A connection kept over may be dead when it is next wanted, and a retry would cost the budget.
        limits=httpx2.Limits(max_keepalive_connections=0),
        # What is asked goes to the address that was set, and to no other.
        follow_redirects=False,
    )
    return openai.AsyncOpenAI(base_url=base_url, api_key=api_key or _NO_KEY, max_retries=0, http_client=http)


def _read(chunk: object) -> tuple[Fragment, int]:
    """Read a chunk; what is missing or of another shape counts as nothing said.

    Returns:
        What is said, and how many characters came, thinking included.
    """
    choices = getattr(chunk, "choices", None)
    choice = choices[0] if isinstance(choices, list) and choices else None
    delta = getattr(choice, "delta", None)
    finish = getattr(choice, "finish_reason", None)
    text = _text_of(getattr(delta, "content", None))
    thinking = _text_of(getattr(delta, "reasoning_content", None)) + _text_of(getattr(delta, "reasoning", None))
    return Fragment(text, finish if isinstance(finish, str) else None), max(1, len(text) + len(thinking))


def _text_of(content: object) -> str:
    """Return content that is a text, or a list of parts some of which are."""
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        return "".join(_text_of(part.get("text")) for part in content if isinstance(part, dict))
    return ""
