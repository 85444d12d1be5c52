import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from qa_service.corpus.readers import Line, Setting, Table, pdf_bomb, read_manuscript
from qa_service.corpus.readers import pdf as reader
from qa_service.errors import ImportFileError

LONG = "为了促进本区知识产权高质量发展，鼓励企业创造、运用、保护知识产权，根据有关法律法规，结合本区实际，制定本办法，请遵照执行。"
HEAD = "南通市海门区人民政府公报 2026年第3期"
WritePdf = Callable[..., Path]


def texts(path: Path) -> list[str]:
    return [block.text for block in read_manuscript(path).blocks if isinstance(block, Line)]


def tables(path: Path) -> list[tuple[tuple[str, ...], ...]]:
    return [block.rows for block in read_manuscript(path).blocks if isinstance(block, Table)]


def test_hard_wraps_running_heads_and_page_numbers_disappear(write_pdf: WritePdf) -> None:
    paragraphs = [f"第{n}条 {LONG}" for n in "一二三四五六七八九十"] * 2
    path = write_pdf(("centre", "示例办法"), *paragraphs, head=HEAD)
    assert texts(path) == ["示例办法", *paragraphs]


def test_how_a_line_is_set_is_seen(write_pdf: WritePdf) -> None:
    path = write_pdf(("centre", "示例办法"), LONG, ("right", "海门区市场监督管理局"))
    settings = [block.setting for block in read_manuscript(path).blocks if isinstance(block, Line)]
    assert settings == [Setting.CENTRED, Setting.BODY, Setting.RIGHT]


def test_a_table_over_a_page_break_is_one_table_with_one_head(write_pdf: WritePdf) -> None:
    rows = [["序号", "项目", "标准"], *([str(n), f"第{n}类项目", f"每件{n}万元"] for n in range(1, 61))]
    found = tables(write_pdf("奖励标准如下：", rows, "以上标准自印发之日起执行。", head=HEAD))
    assert found == [tuple(map(tuple, rows))]


def test_text_of_a_table_is_not_text_beside_it(write_pdf: WritePdf) -> None:
    path = write_pdf("奖励标准如下：", [["项目", "标准"], ["专利", "一万元"]], "以上标准自印发之日起执行。")
    assert texts(path) == ["奖励标准如下：", "以上标准自印发之日起执行。"]


def test_a_cell_that_wraps_is_one_cell(write_pdf: WritePdf) -> None:
    rows = [["项目", "说明"], ["专利", LONG]]
    assert tables(write_pdf("标准：", rows)) == [tuple(map(tuple, rows))]


@pytest.mark.parametrize(
    ("parts", "rows"),
    [
        (
            ((("甲", "乙", "丙"), ("1", "长的", "说明")), (("", "", "续完"),)),
            (("甲", "乙", "丙"), ("1", "长的", "说明续完")),
        ),
        (
            ((("类", "乙"), ("专利", "金奖")), (("类", "乙"), ("", "银奖"))),
            (("类", "乙"), ("专利", "金奖"), ("专利", "银奖")),
        ),
        (
            ((("类", "乙"), ("专利", "金奖")), (("商标", "马德里"),)),
            (("类", "乙"), ("专利", "金奖"), ("商标", "马德里")),
        ),
    ],
)
def test_what_a_page_break_cut_is_put_together(
    parts: tuple[tuple[tuple[str, ...], ...], ...], rows: tuple[tuple[str, ...], ...]
) -> None:
    assert list(reader._merge_tables(iter([Table(part) for part in parts]))) == [Table(rows)]


def test_two_tables_of_different_width_stay_apart() -> None:
    two = [Table((("甲", "乙"),)), Table((("甲", "乙", "丙"),))]
    assert list(reader._merge_tables(iter(two))) == two


@pytest.mark.parametrize("text", ["- 1 -", "— 12 —", "3", "第 3 页", "第3页 共10页", "第 1 页，共 3 页", "1/3"])
def test_page_numbers_are_known_in_every_form(text: str) -> None:
    assert reader._PAGE_NUMBER.fullmatch(text)


@pytest.mark.parametrize("text", ["第三条", "2026年3月", "3万元", "第3页的表"])
def test_what_only_looks_like_a_page_number_stays(text: str) -> None:
    assert not reader._PAGE_NUMBER.fullmatch(text)


def test_an_encrypted_file_asks_for_the_password_to_be_taken_off(write_pdf: WritePdf) -> None:
    with pytest.raises(ImportFileError, match="加了密码"):
        read_manuscript(write_pdf(LONG, password="geheim"))


def test_a_page_that_is_a_picture_is_a_scan(tmp_path: Path) -> None:
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "扫描.pdf"
    picture = tmp_path / "p.png"
    from PIL import Image

    Image.new("L", (60, 80), 255).save(picture)
    canvas = Canvas(str(path))
    canvas.drawImage(ImageReader(str(picture)), 0, 0, 595, 842)
    canvas.showPage()
    canvas.save()
    with pytest.raises(ImportFileError, match=r"没有文本层.*OCR"):
        read_manuscript(path)


def test_too_many_pages_are_refused(write_pdf: WritePdf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_PAGES", 0)
    with pytest.raises(ImportFileError, match="超过 0 页"):
        read_manuscript(write_pdf(LONG))


def test_a_truncated_file_is_damaged(write_pdf: WritePdf, tmp_path: Path) -> None:
    data = write_pdf(*[LONG] * 30).read_bytes()
    path = tmp_path / "断.pdf"
    path.write_bytes(data[: len(data) // 3])
    with pytest.raises(ImportFileError, match="PDF"):
        read_manuscript(path)


def packed(tmp_path: Path, stream: bytes, filters: str = "/FlateDecode") -> Path:
    path = tmp_path / "弹.pdf"
    path.write_bytes(
        b"%PDF-1.4\n1 0 obj\n<< /Length "
        + str(len(stream)).encode()
        + f" /Filter [{filters}]".encode()
        + b" >>\nstream\n"
        + stream
        + b"\nendstream\nendobj\n"
    )
    return path


def test_a_stream_that_unpacks_to_too_much_is_refused_unopened(tmp_path: Path) -> None:
    bomb = zlib.compress(b" " * (pdf_bomb.LARGEST_STREAM + 2_000_000))
    with pytest.raises(ImportFileError, match="压缩炸弹"):
        read_manuscript(packed(tmp_path, bomb))


def test_a_stream_packed_twice_is_refused_unopened(tmp_path: Path) -> None:
    bomb = zlib.compress(zlib.compress(b" " * 1000))
    with pytest.raises(ImportFileError, match="压缩炸弹"):
        read_manuscript(packed(tmp_path, bomb, "/FlateDecode /FlateDecode"))
