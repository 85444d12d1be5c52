"""YAML as people write it by hand, and nothing that unfolds to more than it says."""

from __future__ import annotations

from typing import Any

import yaml
from yaml.composer import Composer
from yaml.constructor import SafeConstructor
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.resolver import Resolver
from yaml.scanner import Scanner

from qa_service.text.readable import readable

_DEEPEST = 20
"""Lists and mappings within one another; what this service reads goes four deep."""


class _Loader(Reader, Scanner, Parser, Composer, SafeConstructor, Resolver):
    """The safe loader, without references to lists: they are how a short text becomes a billion items."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)
        Composer.__init__(self)
        SafeConstructor.__init__(self)
        Resolver.__init__(self)
        self._depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise yaml.YAMLError(f"嵌套超过 {_DEEPEST} 层")
        is_alias = self.check_event(yaml.AliasEvent)
        node = super().compose_node(parent, index)
        self._depth -= 1
        if is_alias and not isinstance(node, yaml.ScalarNode):
            raise yaml.YAMLError("不支持用 * 引用列表或映射")
        return node

    def construct_scalar(self, node: Any) -> Any:  # noqa: ANN401
        value: Any = super().construct_scalar(node)
        return readable(value) if isinstance(value, str) else value


def read_yaml(text: str) -> Any:  # noqa: ANN401
    """Return what a YAML text holds: mappings, lists, strings, numbers, dates.

    Raises:
        yaml.YAMLError: it is no YAML, a date or number in it is none, or it is nested or refers as no one writes.
    """
    try:
        return _Loader(text).get_single_data()
    except (ValueError, OverflowError, RecursionError, TypeError, AttributeError, KeyError, IndexError) as error:
        # PyYAML lets pass what its constructors say of 2026-13-45, and of numbers that are none.
        raise yaml.YAMLError(f"{type(error).__name__}: {error}") from error
