import base64
import io
from pathlib import Path
from typing import Any

from docx.oxml import parse_xml

from qa_service.desk.imports.unread import unread_parts
from tests.conftest import WriteDocx

_DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
_BOX = (
    '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:r><w:pict>'
    "<w:txbxContent><w:p><w:r><w:t>框里的字</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"
)


def test_pictures_and_text_boxes_are_named(write_docx: WriteDocx) -> None:
    def add(document: Any) -> None:
        document.add_picture(io.BytesIO(_DOT))
        document.element.body.insert(0, parse_xml(_BOX))

    found = unread_parts(write_docx("第一条 正文。", then=add))
    assert "1 张图片" in found[0]
    assert "文字框" in found[1]


def test_of_a_plain_file_nothing_is_said(write_docx: WriteDocx, tmp_path: Path) -> None:
    assert unread_parts(write_docx("第一条 正文。")) == ()
    (tmp_path / "a.docx").write_bytes(b"PK no zip")
    assert unread_parts(tmp_path / "a.docx") == ()
    assert unread_parts(tmp_path / "a.pdf") == ()
