"""Curated answers as a YAML file: to write them in, and to carry them to another machine."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from qa_service.answer.curated.answers import ApprovedClause, CuratedAnswer
from qa_service.corpus.models import ValidityState
from qa_service.errors import CuratedAnswerError
from qa_service.text.yaml_text import read_yaml

_Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
_Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
_Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9\u4e00-\u9fff][\w.-]{0,63}$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ClauseEntry(_Strict):
    """A passage as it was when the answer was approved."""

    passage: _Line
    digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    state: ValidityState


class CuratedEntry(_Strict):
    """One answer in a file. What is written by hand cites passage ids; what was exported says how they read then."""

    id: _Id | None = None
    question: _Line
    wordings: Annotated[list[_Line], Field(max_length=200)] = []
    answer: _Text
    cites: Annotated[list[_Line | ClauseEntry], Field(min_length=1, max_length=20)]
    expires: date
    by: _Name | None = None
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)] = ""
    approved_on: date | None = None
    withdrawn: bool = False

    def passage_ids(self) -> list[str]:
        """Return what it cites, in the order of its marks."""
        return [cite if isinstance(cite, str) else cite.passage for cite in self.cites]

    def approved(self) -> CuratedAnswer:
        """Return the answer as it was approved where it was exported.

        Raises:
            CuratedAnswerError: it was not exported: nobody has approved it.
        """
        clauses = [cite for cite in self.cites if isinstance(cite, ClauseEntry)]
        if self.id is None or self.by is None or self.approved_on is None or len(clauses) < len(self.cites):
            raise CuratedAnswerError(
                f"“{self.question}”缺少审核记录（编号、审核人、审核日期或条款摘要）。手写的文件请用 qa-service curated add --file。"
            )
        return CuratedAnswer(
            id=self.id,
            question=self.question,
            wordings=tuple(self.wordings),
            text=self.answer,
            clauses=tuple(ApprovedClause(c.passage, c.digest, c.state) for c in clauses),
            approved_by=self.by,
            approved_on=self.approved_on,
            expires=self.expires,
            withdrawn=self.withdrawn,
            note=self.note,
        )


_ENTRIES = TypeAdapter(list[CuratedEntry])


def read_curated_file(path: Path) -> list[CuratedEntry]:
    """Read a YAML or JSON file of one answer or a list of them.

    Raises:
        CuratedAnswerError: it cannot be read, or is not of that shape; the message names the place.
    """
    try:
        loaded: Any = read_yaml(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CuratedAnswerError(
            f"{path} 读不出来（{' '.join(str(error).split())}）。应是 UTF-8 的 YAML 或 JSON。"
        ) from error
    return entries_from(loaded if isinstance(loaded, list) else [loaded], str(path))


def entries_from(loaded: Sequence[Any], name: str) -> list[CuratedEntry]:
    """Check what was read, or given on a command line, for its shape.

    Raises:
        CuratedAnswerError: an entry lacks something, or holds what it should not.
    """
    try:
        return _ENTRIES.validate_python(list(loaded))
    except ValidationError as error:
        faults = "；".join(
            f"第 {int(e['loc'][0]) + 1} 条 {'.'.join(str(part) for part in e['loc'][1:])} {e['msg']}"
            for e in error.errors()
        )
        raise CuratedAnswerError(f"{name}：应含 question、answer、cites、expires（{faults}）。") from error


def write_curated(answers: Sequence[CuratedAnswer]) -> str:
    """Return answers as YAML that :func:`read_curated_file` reads back the same."""
    entries = [
        CuratedEntry(
            id=answer.id,
            question=answer.question,
            wordings=list(answer.wordings),
            answer=answer.text,
            cites=[ClauseEntry(passage=c.passage_id, digest=c.digest, state=c.state) for c in answer.clauses],
            expires=answer.expires,
            by=answer.approved_by,
            note=answer.note,
            approved_on=answer.approved_on,
            withdrawn=answer.withdrawn,
        )
        for answer in answers
    ]
    plain = [
        {**entry.model_dump(), "cites": [c.model_dump(mode="json") for c in entry.cites if not isinstance(c, str)]}
        for entry in entries
    ]
    return yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=120)
