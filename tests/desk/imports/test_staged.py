import pytest

from qa_service.desk.imports.staged import harmless_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("办法.docx", "办法.docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\办法.docx", "办法.docx"),
        ("a\u202egpj.exe\x00", "agpj.exe"),
        ("a\r\nb .txt", "ab .txt"),
        ("..", "没有名字的文件"),
        ("", "没有名字的文件"),
        ("字" * 500 + ".docx", "字" * 110 + "….docx"),
    ],
)
def test_a_name_is_one_line_without_a_path_or_a_trick(name: str, shown: str) -> None:
    assert harmless_name(name) == shown
