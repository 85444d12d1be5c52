"""Files of JSON lines: an object a line, all of one shape."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from qa_service.corpus.readers import read_text
from qa_service.errors import CorpusError

_LONGEST_REASON = 500
_HALF = "\\ud"
_Shape = TypeVar("_Shape", bound=BaseModel)


def read_json_lines(path: Path, shape: type[_Shape], holding: str) -> Iterator[_Shape]:
    """Yield the objects of a file, blank lines passed over.

    Args:
        path: the file.
        shape: what each line must be.
        holding: its fields, in Chinese, as an error names them.

    Raises:
        CorpusError: the file cannot be read, or a line is not JSON or of another shape; the message names the line.
    """
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            if _HALF in line:
                json.dumps(entry, ensure_ascii=False).encode()  # JSON can name half a character, which nobody can write
            yield shape.model_validate(entry)
        except (ValueError, RecursionError) as error:  # ValidationError and JSONDecodeError are ValueErrors
            reason = " ".join(str(error).split())[:_LONGEST_REASON]
            raise CorpusError(f"{path} 第 {number} 行：应是含 {holding} 的 JSON 对象（{reason}）。") from error
