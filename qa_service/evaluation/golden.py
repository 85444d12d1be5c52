"""Golden questions: questions with proved answers, read from files of JSON lines."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from qa_service.corpus.readers import read_text
from qa_service.errors import CorpusError, EvaluationError
from qa_service.evaluation.facts import fact_pattern

_SMALLTALK = "smalltalk"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place that proves the answer."""

    document: str
    location: str
    quotes: tuple[str, ...]
    """Spans of the source, verbatim up to white space; each alone proves it."""


@dataclass(frozen=True, slots=True)
class GoldenQuestion:
    """A question, and how to tell a right answer to it."""

    file: str
    """Name of its file, without the suffix."""
    id: str
    """Unique in its file; of the second turn of a dialogue ``<dialogue>#2``."""
    text: str
    asker: str
    """enterprise, staff or wechat."""
    kind: str
    """fact, number, list, unanswerable and so on."""
    answerable: bool
    """Whether the corpus answers it; where it does not, the service has to say so."""
    evidence: tuple[Evidence, ...]
    needs_all: bool
    """Whether the answer needs every place of the evidence, and not just any."""
    facts: tuple[tuple[str, ...], ...]
    """What the answer must state, each fact in one of its alternatives (see :mod:`.facts`)."""
    as_of: date | None
    """The day on which validity is judged; None where the question does not depend on it."""

    @property
    def dialogue(self) -> str | None:
        """The dialogue that it is a turn of, None where it is asked alone."""
        dialogue, mark, turn = self.id.rpartition("#")
        return dialogue if mark and turn.isdigit() else None

    @property
    def must_be_refused(self) -> bool:
        """Whether the only right answer is that there is none; small talk deserves a friendly word instead."""
        return not self.answerable and self.kind != _SMALLTALK


def _a_pattern(alternative: str) -> str:
    try:
        fact_pattern(alternative)
    except re.error as error:
        raise ValueError(f"不是正则表达式：{error}") from error
    return alternative


_Word = Annotated[str, Field(min_length=1)]
_Pattern = Annotated[_Word, AfterValidator(_a_pattern)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Gold(_Strict):
    doc: _Word
    where: str
    quote: _Word


class _Turn(_Strict):
    question: str
    asker: _Word
    kind: _Word
    answerable: bool
    gold: list[_Gold] = []
    gold_mode: Literal["any", "all"] = "any"
    must_contain: list[Annotated[list[_Pattern], Field(min_length=1)]] = []
    as_of: Annotated[date | None, Field(strict=False)] = None
    note: str = ""

    def question_of(self, file: str, id_: str) -> GoldenQuestion:
        places: dict[tuple[str, str], list[str]] = {}
        for gold in self.gold:
            places.setdefault((gold.doc, gold.where), []).append(gold.quote)
        return GoldenQuestion(
            file=file,
            id=id_,
            text=self.question,
            asker=self.asker,
            kind=self.kind,
            answerable=self.answerable,
            evidence=tuple(Evidence(*place, tuple(quotes)) for place, quotes in places.items()),
            needs_all=self.gold_mode == "all",
            facts=tuple(map(tuple, self.must_contain)),
            as_of=self.as_of,
        )


class _Line(_Turn):
    id: _Word


class _Dialogue(_Strict):
    id: _Word
    topic: str = ""
    turns: Annotated[list[_Turn], Field(min_length=1)]


def golden_files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return the files meant: each path itself, or the ``*.jsonl`` of a folder.

    Raises:
        EvaluationError: a path does not exist, a folder has no such file, or two files have one name, by which
            reports tell their questions apart.
    """
    files: dict[str, Path] = {}
    for path in paths:
        found = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
        if not found:
            raise EvaluationError(f"{path} 里没有 .jsonl 文件。请给出评测题文件，或放有评测题的文件夹。")
        for file in found:
            if not file.is_file():
                raise EvaluationError(f"{file} 不存在。请给出评测题文件，或放有评测题的文件夹。")
            if files.setdefault(file.stem, file) != file:
                raise EvaluationError(f"{files[file.stem]} 与 {file} 同名，报告里分不清是哪份的题。请改名后再评。")
    return tuple(files.values())


def read_golden(path: Path) -> tuple[GoldenQuestion, ...]:
    """Read one file: a question or a dialogue a line, in order.

    Raises:
        EvaluationError: the file cannot be read or has no question, or a line is not as it should be; the message
            names the file, the line, what is wrong and what to do.
    """
    try:
        lines = read_text(path).split("\n")
    except CorpusError as error:
        raise EvaluationError(str(error)) from error
    questions: dict[str, GoldenQuestion] = {}
    for number, line in enumerate(lines, 1):
        for question in _questions_in(line, path.stem, f"{path} 第 {number} 行") if line.strip() else ():
            if question.id in questions:
                raise EvaluationError(f"{path} 第 {number} 行：编号 {question.id!r} 前面用过。请另取一个编号。")
            questions[question.id] = question
    if not questions:
        raise EvaluationError(f"{path} 里没有题。请每行写一题，格式见 README 的“评测”。")
    return tuple(questions.values())


def _questions_in(line: str, file: str, where: str) -> Sequence[GoldenQuestion]:
    try:
        entry = json.loads(line)
        json.dumps(entry, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        # JSON can name half a character (\ud83d); no report could be written with it.
        raise EvaluationError(f"{where}：含有半个字符 {error.object[error.start]!a}。请删去或补全。") from error
    except (ValueError, RecursionError) as error:
        raise EvaluationError(f"{where}：不是 JSON（{error}）。请每行写一个完整的 JSON 对象。") from error
    shape = _Dialogue if isinstance(entry, dict) and "turns" in entry else _Line
    try:
        read = shape.model_validate(entry)
    except ValidationError as error:
        faults = "；".join(_faults(error))
        raise EvaluationError(f"{where}：{faults}。请改正，格式见 README 的“评测”。") from error
    if isinstance(read, _Dialogue):
        questions = [turn.question_of(file, f"{read.id}#{n}") for n, turn in enumerate(read.turns, 1)]
    else:
        questions = [read.question_of(file, read.id)]
    for question in questions:
        if question.answerable and not question.facts:
            raise EvaluationError(
                f"{where}：{question.id} 可答（answerable 为 true），却没有 must_contain，无从判断答得对不对。"
                "请写上答案里必须有的事实。"
            )
    return questions


_LONGEST_VALUE = 60
"""Characters of a wrong value that an error repeats."""
_FAULTS = {
    "missing": "缺少 {name}",
    "extra_forbidden": "{name} 不是可用的字段",
    "model_type": "应是一个 JSON 对象，收到 {value}",
    "string_type": "{name} 应是文字，收到 {value}",
    "string_too_short": "{name} 不能为空",
    "too_short": "{name} 不能为空",
    "bool_type": "{name} 应是 true 或 false，收到 {value}",
    "list_type": "{name} 应是列表，收到 {value}",
    "literal_error": "{name} 应是 any 或 all，收到 {value}",
}


def _faults(error: ValidationError) -> Iterator[str]:
    for fault in error.errors():
        name = ".".join(str(part + 1) if isinstance(part, int) else part for part in fault["loc"])
        value = json.dumps(fault["input"], ensure_ascii=False, default=str)[:_LONGEST_VALUE]
        known = _FAULTS.get(fault["type"], "{name} 的值 {value} 不可用（" + fault["msg"] + "）")
        yield known.replace("{name}", name).replace("{value}", value)
