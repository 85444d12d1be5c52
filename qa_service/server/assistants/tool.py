"""A tool: what it takes, what it tells, and every error in words that an assistant can act on."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

import mcp_types as types
from pydantic import BaseModel, ConfigDict, ValidationError

from qa_service.errors import QaError
from qa_service.server.assistants.telling import Told
from qa_service.server.problems import faults_in_words
from qa_service.service import Service

_log = logging.getLogger(__name__)
_LOOKS_ONLY = types.ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)


class Asked(BaseModel):
    """The arguments of a tool: what is not known is refused, so that a misspelt filter is not passed over."""

    model_config = ConfigDict(extra="forbid")


A = TypeVar("A", bound=Asked)
T = TypeVar("T", bound=Told)


@dataclass(frozen=True)
class Tool(Generic[A, T]):
    """One tool as it is offered and called."""

    name: str
    title: str
    description: str
    takes: type[A]
    tells: type[T]
    run: Callable[[Service, A], Awaitable[T]]

    @cached_property
    def offer(self) -> types.Tool:
        """How the tool is listed."""
        return types.Tool(
            name=self.name,
            title=self.title,
            description=self.description,
            input_schema=self.takes.model_json_schema(),
            output_schema=self.tells.model_json_schema(mode="serialization"),
            annotations=_LOOKS_ONLY,
        )

    async def call(self, service: Callable[[], Awaitable[Service]], arguments: dict[str, Any]) -> types.CallToolResult:
        """Run the tool; whatever goes wrong becomes a result that says so."""
        try:
            asked = self.takes.model_validate(arguments)
            told = await self.run(await service(), asked)
        except ValidationError as error:
            return _failed(f"参数有误。{'；'.join(faults_in_words(error.errors()))}。")
        except QaError as error:
            return _failed(str(error))
        except Exception:
            _log.exception("tool %s failed", self.name)
            return _failed("服务内部出错，请稍后再试；若仍出错，请告诉管理员。")
        return types.CallToolResult(
            content=[types.TextContent(text=told.in_words())], structured_content=told.model_dump(mode="json")
        )


def _failed(message: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(text=message)], is_error=True)
