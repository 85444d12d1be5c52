"""Files that a request brings: how large they may be, how long they may take, how they are kept out of memory."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import BinaryIO

from fastapi import Request
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from qa_service.corpus.readers.file_type import LARGEST_FILE
from qa_service.desk.imports.staged import Brought
from qa_service.errors import ImportFileError

UPLOAD_PATHS = frozenset({"/api/v1/staff/imports", "/desk/documents/imports"})
"""Where files may be sent."""
LARGEST_UPLOAD_BYTES = 2 * LARGEST_FILE
"""All files of one request together."""
LONGEST_UPLOAD_S = 300.0
MOST_FILES = 20
MOST_ADDRESSES = 5
LONGEST_ADDRESS = 500
FILES, ADDRESSES = "files", "addresses"
"""The fields of the form."""
Fetch = Callable[[str, Path], Path]
"""Downloads an address into a folder; returns the file."""
_COPIED_AT_ONCE = 1024 * 1024
_MOST_FIELDS = 20
_BROKEN = "上传的内容不完整，或不是表单（multipart/form-data）。请重新选择文件再上传。"


async def read_form(request: Request) -> FormData:
    """Return what a form holds; its files lie on the disk, or where they are small in memory.

    Raises:
        ImportFileError: it is none, or it is broken.
    """
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise ImportFileError(_BROKEN)
    try:
        return await request.form(max_files=MOST_FILES + 1, max_fields=_MOST_FIELDS)
    except HTTPException as error:
        if error.status_code in (408, 413):
            raise
        raise ImportFileError(_BROKEN) from error
    except (UnicodeDecodeError, KeyError, ValueError) as error:
        raise ImportFileError(_BROKEN) from error


def brought_by(form: FormData, fetch: Fetch) -> list[Brought]:
    """Return the files of a form, and those that its addresses name, as they can be kept.

    Raises:
        ImportFileError: there are too many, or an address is none.
    """
    files = [one for one in form.getlist(FILES) if isinstance(one, UploadFile) and (one.filename or one.size)]
    lines = [line for text in form.getlist(ADDRESSES) if isinstance(text, str) for line in text.split()]
    addresses = list(dict.fromkeys(lines))
    if len(files) > MOST_FILES or len(addresses) > MOST_ADDRESSES:
        raise ImportFileError(f"一次最多上传 {MOST_FILES} 个文件、{MOST_ADDRESSES} 个网址。请分几次上传。")
    for address in addresses:
        if len(address) > LONGEST_ADDRESS or not address.startswith(("http://", "https://")):
            raise ImportFileError(f"{address[:80]}：不是网址，应以 http:// 或 https:// 开头，一行一个。")
    kept = [Brought(one.filename or "", partial(_keep, one.file)) for one in files]
    return kept + [Brought(address, partial(fetch, address), address) for address in addresses]


def _keep(file: BinaryIO, folder: Path) -> Path:
    target = folder / ".incoming"
    file.seek(0)
    with target.open("wb") as kept:
        shutil.copyfileobj(file, kept, _COPIED_AT_ONCE)
    return target
