"""An upload that waits to be published, and the files in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from qa_service.desk.imports.corrections import Corrections
from qa_service.errors import NotFoundError

LASTS = timedelta(hours=48)
"""How long an upload is kept after it was last changed."""
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class StagedFile:
    """One file of an upload."""

    key: str
    name: str
    """What its owner calls it, made harmless: for people to read."""
    path: Path
    address: str = ""
    """Where it was fetched from, if it was."""
    corrections: Corrections | None = None

    @property
    def source(self) -> str:
        """Where it came from, as it is noted."""
        return self.address or self.name


@dataclass(frozen=True, slots=True)
class Refused:
    """What was brought and could not be kept."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Stage:
    """One upload."""

    id: str
    by: str
    at: datetime
    """When it was last changed."""
    files: tuple[StagedFile, ...]
    refused: tuple[Refused, ...] = ()
    batch: str = ""
    """The batch that it became; empty while it waits."""
    documents: tuple[str, ...] = ()
    """Ids of the documents that it became."""

    @property
    def ends(self) -> datetime:
        """When it is removed."""
        return self.at + LASTS

    def file(self, key: str) -> StagedFile:
        """Return one of its files.

        Raises:
            NotFoundError: there is none of this key.
        """
        found = next((file for file in self.files if file.key == key), None)
        if found is None:
            raise NotFoundError("这次上传里没有这份文件，可能已经去掉了。请刷新页面。")
        return found


@dataclass(frozen=True, slots=True)
class Brought:
    """A file as it is brought: its name, and what writes it where it is told to."""

    name: str
    keep: Callable[[Path], Path]
    """Writes the file into a folder; returns its path there."""
    address: str = ""


def harmless_name(name: str) -> str:
    """Return a file's name as it may be shown and noted: no path, nothing that hides or turns the writing round."""
    last = re.split(r"[/\\]", name)[-1]
    shown = "".join(c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c)[0] not in "CZ" or c == " ")
    shown = " ".join(shown.split())
    if len(shown) > _LONGEST_NAME:
        stem, dot, suffix = shown.rpartition(".")
        shown = f"{stem[: _LONGEST_NAME - 10]}….{suffix[-8:]}" if dot else f"{shown[:_LONGEST_NAME]}…"
    return shown if shown.strip(". ") else "没有名字的文件"
