"""What a file holds that is not read as text: said to whoever brings it, for it may matter."""

import re
import zipfile
from pathlib import Path

from qa_service.corpus.readers.file_type import LARGEST_XML

_PICTURE = re.compile(r"word/media/.+\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf)", re.IGNORECASE)
_NOTES = {"word/footnotes.xml": ("脚注", b"<w:footnote "), "word/comments.xml": ("批注", b"<w:comment ")}
_STANDING_NOTES = 2
"""Word's own separators count as footnotes."""


def unread_parts(path: Path) -> tuple[str, ...]:
    """Return what of a file was passed over, in sentences; of formats other than docx nothing is known.

    The file was read before: it is no bomb.
    """
    if path.suffix.lower() != ".docx":
        return ()
    try:
        with zipfile.ZipFile(path) as archive:
            return tuple(_of_word(archive))
    except (OSError, ValueError, KeyError, RuntimeError, NotImplementedError, zipfile.BadZipFile):
        return ()


def _of_word(archive: zipfile.ZipFile) -> list[str]:
    names, found = archive.namelist(), list[str]()
    if pictures := sum(bool(_PICTURE.fullmatch(name)) for name in names):
        found.append(f"有 {pictures} 张图片，图片里的字没有读。")
    if boxes := _part(archive, "word/document.xml").count(b"<w:txbxContent"):
        # Word keeps every text box twice, for readers of two ages.
        found.append(f"有文字框（约 {-(-boxes // 2)} 个），框里的字没有读；若是正文，请移到正文里再上传。")
    for name, (what, mark) in _NOTES.items():
        count = _part(archive, name).count(mark) if name in names else 0
        if count > (_STANDING_NOTES if what == "脚注" else 0):
            found.append(f"有{what}，没有读。")
    return found


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(LARGEST_XML)
