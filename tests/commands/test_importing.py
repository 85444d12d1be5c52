"""The district's bundle of the year, in five formats, in one command; and every bad file beside a good one."""

import json
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH

from qa_service import shipped
from qa_service.clock import CHINA
from qa_service.commands.importing import import_files
from qa_service.corpus import fetch as fetching
from qa_service.corpus.intake import IMPORTED, undo
from qa_service.corpus.library import Library, read_library
from qa_service.corpus.marker import Rank
from qa_service.corpus.models import Form, Passage, ValidityState
from qa_service.corpus.passages import outline_of, passages_of
from qa_service.corpus.questions import questions_by_passage
from qa_service.errors import ImportFileError

NOW = datetime(2026, 7, 1, 12, tzinfo=CHINA)
REFERENCE = Path(__file__).parents[3] / "shared" / "reference"
MEASURE = "南通市海门区知识产权高质量发展奖励办法"
OLD = "海门市知识产权资助办法"
DETAIL = "南通市海门区专利质押贴息实施细则"

OLD_TEXT = f"""---
id: {OLD}
title: {OLD}
form: full_text
number: 海政发〔2019〕8号
issued: 2019-03-01
effective: 2019-04-01
---
# {OLD}

第一条 每件专利资助2千元。

第二条 自公布之日起施行。
"""
DETAIL_TEXT = """\u3000\u3000\u3000\u3000\u3000\u3000南通市海门区专利质押贴息实施细则
\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000海市监〔2024〕12号
\u3000\u3000第一条\u3000为规范专利质押贴息工作，根据国家和省、市
有关规定，结合本区实际，制定本细则。
\u3000\u3000第二条\u3000贴息申请由区市场监督管理局受理，自受理
之日起15个工作日内审核完毕，并将审核结果书面告知
申请企业。
\u3000\u3000第三条\u3000本细则自2024年5月1日起施行。

\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000南通市海门区市场监督管理局
\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u30002024年4月20日
- 1 -
"""
EXPLAINED = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>政策解读_海门区人民政府</title>
<meta name="ArticleTitle" content="《{MEASURE}》政策解读"></head><body>
<div class="nav"><a href=/>首页</a> &gt; <a href=/z>政策</a></div>
<ul><li>发布机构：海门区市场监督管理局</li><li>成文日期：2026-03-12</li><li>发文字号：无</li></ul>
<div class="article-content"><p style="text-align:center">《{MEASURE}》政策解读</p>
<p>近日，区政府办公室印发了《{MEASURE}》，《{OLD}》同时废止，现解读如下。</p>
<p>【问】外地企业在海门设的分公司能申报吗？</p><p>【答】不能。申报主体须在海门区登记注册并具有独立法人资格。</p>
<p>二、问：同一项目能不能重复享受奖励？<br>答：按就高不重复的原则执行。</p></div>
<div class="footer">版权所有：海门区人民政府</div></body></html>"""


def centred(document: Any, *texts: str) -> None:
    for text in texts:
        document.add_paragraph(text).alignment = WD_ALIGN_PARAGRAPH.CENTER


def right(document: Any, *texts: str) -> None:
    for text in texts:
        document.add_paragraph(text).alignment = WD_ALIGN_PARAGRAPH.RIGHT


def write_measure(path: Path) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "南通市海门区人民政府公报"
    centred(
        document,
        "南通市海门区人民政府办公室文件",
        "海政办规〔2026〕3号",
        "南通市海门区人民政府办公室",
        f"关于印发《{MEASURE}》的通知",
    )
    for text in (
        "各区镇政府，区各委办局：",
        "现印发给你们，请认真贯彻执行。",
        "附件：1.奖励项目和标准表",
        "2.申报材料清单",
    ):
        document.add_paragraph(text)
    right(document, "南通市海门区人民政府办公室", "2026年3月10日")
    centred(document, MEASURE, "第一章　总则")
    document.add_paragraph("第一条　为了促进知识产权高质量发展，结合本区实际，制定本办法。")
    document.add_paragraph("第二条　本办法所称企业，是指在海门区登记注册、具有独立法人资格的企业。")
    centred(document, "第二章　奖励")
    document.add_paragraph("第三条　奖励项目和标准按附件1执行。")
    document.add_paragraph("第四条　对首次通过知识产权合规管理体系认证的企业，给予一次性奖励3万元。")
    document.add_paragraph("第五条　专利权质押贷款按照实际支付利息的50%给予贴息，每年最高不超过20万元。")
    document.add_paragraph("企业应当在贷款结清后六个月内提出申请。")
    document.add_paragraph("第六条　本办法自2026年4月10日起施行，有效期至2028年12月31日。")
    document.add_paragraph(f"原《{OLD}》（海政发〔2019〕8号）同时废止。")
    document.add_paragraph("附件1")
    centred(document, "奖励项目和标准表")
    rows = [
        ("序号", "奖励项目", "奖励标准", "奖励标准"),
        ("序号", "奖励项目", "国家级", "省级"),
        ("一、专利", "一、专利", "一、专利", "一、专利"),
        ("1", "专利奖", "每项30万元", "每项5万元"),
        ("二、商标", "二、商标", "二、商标", "二、商标"),
        ("2", "马德里国际注册商标", "每件1万元", ""),
    ]
    table = document.add_table(rows=0, cols=4)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph("附件2：申报材料清单")
    document.add_paragraph("1.奖励申报表；")
    document.add_paragraph("2.营业执照复印件。")
    document.save(str(path))


def write_notice(path: Path, write_pdf: Callable[..., Path]) -> None:
    path.write_bytes(
        write_pdf(
            ("centre", "关于组织申报2026年度海门区知识产权奖励的通知"),
            "各有关企业：",
            f"根据《{MEASURE}》（海政办规〔2026〕3号），现将2026年度海门区知识产权奖励申报工作的有关事项通知如下，请各企业按时申报：",
            "一、申报时间",
            "2026年9月1日至9月30日，逾期不再受理。",
            "二、联系方式",
            "联系人：张三，联系电话：0513-00000001；地址：海门区政务服务中心3楼。",
            ("right", "南通市海门区市场监督管理局"),
            ("right", "2026年8月15日"),
            name="tmp.pdf",
        ).read_bytes()
    )


def write_amendment(path: Path) -> None:
    document = docx.Document()
    centred(
        document,
        "南通市海门区人民政府办公室文件",
        "海政办规〔2026〕9号",
        f"南通市海门区人民政府办公室关于修改《{MEASURE}》的通知",
    )
    for text in (
        "各区镇政府，区各委办局：",
        f"经区政府同意，对《{MEASURE}》（海政办规〔2026〕3号）作如下修改：",
        "一、将第四条中的“3万元”修改为“5万元”。",
        "二、第五条第一款修改为：“专利权质押贷款按照实际支付利息的60%给予贴息，每年最高不超过30万元。”",
        "三、将附件1中“马德里国际注册商标”的奖励标准由“每件1万元”调整为“每件1.5万元”。",
        f"四、《{DETAIL}》（海市监〔2024〕12号）自本通知施行之日起停止执行。",
        "本通知自2026年10月1日起施行。",
    ):
        document.add_paragraph(text)
    right(document, "南通市海门区人民政府办公室", "2026年9月20日")
    document.save(str(path))


@pytest.fixture
def corpus(tiny_corpus: Path) -> Path:
    """A corpus that holds the measure of years ago."""
    (tiny_corpus / "laws" / "old.md").write_text(OLD_TEXT, "utf-8")
    return tiny_corpus


@pytest.fixture
def bundle(tmp_path: Path, write_pdf: Callable[..., Path]) -> Path:
    """The folder that the district publishes."""
    folder = tmp_path / "2026年政策"
    folder.mkdir()
    write_measure(folder / "1办法.docx")
    write_notice(folder / "2申报通知.pdf", write_pdf)
    (folder / "3实施细则.txt").write_text(DETAIL_TEXT, "gb18030")
    write_amendment(folder / "4修改通知.docx")
    (folder / "5政策解读.html").write_text(EXPLAINED, "utf-8")
    return folder


def run(sources: list[Path | str], corpus: Path, **options: Any) -> tuple[int, list[str]]:
    said: list[str] = []
    given = options.pop("given", {})
    failed = import_files(
        [str(s) for s in sources],
        read_library(corpus, drafts=True),
        corpus,
        NOW,
        given=given,
        say=said.append,
        **options,
    )
    return failed, said


def passages(library: Library, document_id: str) -> list[Passage]:
    return list(passages_of(library[document_id], len))


def text_at(library: Library, document_id: str, location: str) -> str:
    return next(p.text for p in passages(library, document_id) if p.location == location)


def test_the_bundle_is_taken_in_by_one_command(bundle: Path, corpus: Path) -> None:
    failed, said = run([bundle], corpus)
    assert failed == 0
    assert not [line for line in said if line.startswith("!")]
    library = read_library(corpus)
    measure = library[MEASURE]
    assert (measure.number, measure.issuer) == ("海政办规〔2026〕3号", "南通市海门区人民政府办公室")
    assert (measure.issued, measure.effective) == (date(2026, 3, 10), date(2026, 4, 10))
    assert (measure.expires, measure.level, measure.kind) == (date(2028, 12, 31), "海门区", "办法")


def test_each_row_of_the_table_is_a_passage_with_its_heads(bundle: Path, corpus: Path) -> None:
    run([bundle], corpus)
    row = next(p for p in passages(read_library(corpus), MEASURE) if "马德里" in p.text)
    assert row.text == "〔表1 第2行〕类别：二、商标；序号：2；奖励项目：马德里国际注册商标；奖励标准国家级：每件1万元"
    assert row.heading_path[-1] == "附件1奖励项目和标准表"
    assert row.location == "附件1 表1第2行"


def test_the_amended_amounts_stand_in_the_text_of_the_day(bundle: Path, corpus: Path) -> None:
    run([bundle], corpus)
    library = read_library(corpus)
    later = f"{MEASURE}@2026-10-01"
    before, after = date(2026, 9, 30), date(2026, 10, 1)
    assert library.validity(MEASURE, before).state is ValidityState.IN_FORCE
    assert library.validity(MEASURE, after).replaced_by == later
    assert library.validity(later, before).state is ValidityState.NOT_YET
    assert library.validity(later, after).state is ValidityState.IN_FORCE
    assert "3万元" in text_at(library, MEASURE, "第四条")
    assert "5万元" in text_at(library, later, "第四条")
    assert "60%" in text_at(library, later, "第五条")
    assert "六个月内" in text_at(library, later, "第五条")
    assert "每件1.5万元" in text_at(library, later, "附件1 表1第2行")
    assert "每项30万元" in text_at(library, later, "附件1 表1第1行")


def test_what_the_bundle_ends_is_ended_on_its_day(bundle: Path, corpus: Path) -> None:
    run([bundle], corpus)
    library = read_library(corpus)
    assert library.validity(OLD, date(2026, 4, 9)).state is ValidityState.IN_FORCE
    assert library.validity(OLD, date(2026, 4, 10)).note == f"自2026年4月10日起由《{MEASURE}》废止"
    ended = library.validity(DETAIL, date(2026, 10, 1))
    assert ended.state is ValidityState.REPEALED
    assert ended.note == f"自2026年10月1日起由《南通市海门区人民政府办公室关于修改〈{MEASURE}〉的通知》废止"


def test_windows_and_telephones_are_in_the_notice(bundle: Path, corpus: Path) -> None:
    run([bundle], corpus)
    library = read_library(corpus)
    notice = next(d for d in library.documents if d.startswith("关于组织申报"))
    assert "9月1日至9月30日" in text_at(library, notice, "一、申报时间".partition("、")[0])
    assert "0513-00000001" in text_at(library, notice, "二")
    assert library[notice].issued == date(2026, 8, 15)


def test_the_questions_that_officials_answer_are_asked(bundle: Path, corpus: Path) -> None:
    run([bundle], corpus)
    library = read_library(corpus)
    explained = f"{MEASURE}政策解读"
    found, lost = questions_by_passage(
        passages(library, explained), [q for q in library.questions if q.document_id == explained]
    )
    assert not lost
    answers = {p.id: p.text for p in passages(library, explained)}
    assert {q.text: answers[at] for at, asked in found.items() for q in asked} == {
        "外地企业在海门设的分公司能申报吗？": "答：不能。申报主体须在海门区登记注册并具有独立法人资格。",
        "同一项目能不能重复享受奖励？": "答：按就高不重复的原则执行。",
    }


def test_the_hard_wraps_of_the_text_file_are_gone(bundle: Path, corpus: Path) -> None:
    run([bundle], corpus)
    text = text_at(read_library(corpus), DETAIL, "第二条")
    assert text.endswith("自受理之日起15个工作日内审核完毕，并将审核结果书面告知申请企业。")


def test_what_was_understood_is_shown_with_what_it_does(bundle: Path, corpus: Path) -> None:
    _, said = run([bundle], corpus)
    shown = "\n".join(said)
    assert f"✓ 《{MEASURE}》  编号 {MEASURE}" in shown
    assert (
        "文号 海政办规〔2026〕3号；公布日期 2026-03-10；施行日期 2026-04-10；有效期至 2028-12-31；层级 海门区" in shown
    )
    assert "读出 6 条，2 行表格，2 个附件" in shown
    assert "2 组问答" in shown
    assert "! 没有找到文号（--number）、施行日期（--effective）" in shown
    amends = f"《南通市海门区人民政府办公室关于修改〈{MEASURE}〉的通知》"
    assert f"→ {amends}自 2026-10-01 起修改《{MEASURE}》第四条、第五条第一款、附件1" in said
    assert f"→ {amends}自 2026-10-01 起废止《{DETAIL}》（{DETAIL}）" in said
    assert f"→ 《{MEASURE}》自 2026-04-10 起废止《{OLD}》（{OLD}）" in said
    assert "政策解读》自" not in shown
    assert said[-1].startswith("已导入 5 份")


def test_the_whole_bundle_is_undone(bundle: Path, corpus: Path) -> None:
    before = {p: p.read_bytes() for p in corpus.rglob("*") if p.is_file()}
    run([bundle], corpus)
    assert len(undo(corpus).documents) == 5
    assert {p: p.read_bytes() for p in corpus.rglob("*") if p.is_file()} == before


def test_a_bundle_is_taken_in_again_over_itself(bundle: Path, corpus: Path) -> None:
    run([bundle], corpus)
    first = read_library(corpus).documents
    failed, said = run([bundle], corpus)
    assert failed == 0
    assert f"→ 《{MEASURE}》替换先前导入的文本（{MEASURE}），原有日常问法继续有效" in said
    assert read_library(corpus).documents == first


def test_a_dry_run_writes_nothing(bundle: Path, corpus: Path) -> None:
    failed, said = run([bundle], corpus, dry_run=True)
    assert (failed, said[-1]) == (0, "试读 5 份，没有写入任何文件。")
    assert not (corpus / IMPORTED).exists()


BAD = {
    "空.txt": b"",
    "旧.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64,
    "坏.docx": b"PK\x03\x04" + b"\x07" * 200,
    "坏.pdf": b"%PDF-1.7\n1 0 obj\n<<",
    "假.docx": "只是文字。".encode(),
    "空白.html": b"<html><body></body></html>",
    "无.md": "只有一行标题\n".encode(),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_writes_nothing(corpus: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(BAD[name])
    failed, said = run([path], corpus)
    assert failed == 1
    assert said[0].startswith(f"✗ {path}：")
    assert not (corpus / IMPORTED).exists()


def test_bad_files_do_not_keep_a_good_one_out(bundle: Path, corpus: Path, tmp_path: Path) -> None:
    for name, data in BAD.items():
        (tmp_path / name).write_bytes(data)
    failed, said = run([*(tmp_path / name for name in BAD), bundle / "1办法.docx"], corpus)
    assert failed == len(BAD)
    assert said[-1].startswith("已导入 1 份")
    assert [p.stem for p in (corpus / IMPORTED).glob("*.md")] == [MEASURE]


def test_what_is_missing_is_asked_for_until_it_is_a_date(bundle: Path, corpus: Path) -> None:
    asked: list[str] = []
    answers = {"文号": iter(["海市监〔2026〕20号"]), "施行日期": iter(["秋天"]), "'秋天'": iter(["2026-08-20"])}

    def ask(text: str) -> str:
        asked.append(text)
        return next((next(given) for word, given in answers.items() if word in text), "")

    run([bundle / "2申报通知.pdf"], corpus, ask=ask)
    library = read_library(corpus)
    notice = next(d for i, d in library.documents.items() if i.startswith("关于组织申报"))
    assert (notice.number, notice.effective) == ("海市监〔2026〕20号", date(2026, 8, 20))
    assert len(asked) == 3


def test_an_empty_answer_leaves_it_open(bundle: Path, corpus: Path) -> None:
    _, said = run([bundle / "2申报通知.pdf"], corpus, ask=lambda text: "")
    assert any("没有找到文号" in line for line in said)


def test_flags_take_the_place_of_questions(bundle: Path, corpus: Path) -> None:
    given = {"number": "海市监〔2026〕20号", "effective": date(2026, 8, 20)}
    _, said = run([bundle / "2申报通知.pdf"], corpus, given=given)
    assert not any("没有找到" in line for line in said)


def test_the_same_paper_twice_is_taken_once(bundle: Path, corpus: Path, tmp_path: Path) -> None:
    copy = tmp_path / "副本.docx"
    copy.write_bytes((bundle / "1办法.docx").read_bytes())
    failed, said = run([bundle / "1办法.docx", copy], corpus)
    assert failed == 1
    assert any("是同一文件" in line for line in said)


def test_a_full_text_that_no_import_wrote_is_not_doubled(corpus: Path, tmp_path: Path) -> None:
    path = tmp_path / "旧.txt"
    path.write_text(OLD_TEXT.split("---")[2].replace("# ", "") + "\n本办法自2019年4月1日起施行。\n", "utf-8")
    failed, said = run([path], corpus)
    assert failed == 1
    assert "不是导入的，不能替换" in said[0]
    read_library(corpus)


@pytest.mark.parametrize("url", ["ftp://a.gov.cn/x.pdf", "http://127.0.0.1/x", "http://u:p@a.gov.cn/"])
def test_an_address_that_is_refused_is_a_line_and_no_crash(corpus: Path, url: str) -> None:
    failed, said = run([url], corpus)
    assert failed == 1
    assert said[-1].startswith("✗ ")
    assert not (corpus / IMPORTED).exists()


def test_an_error_in_what_was_fetched_names_the_address(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fetch(url: str, folder: Path) -> Path:
        (folder / "fetched.pdf").write_bytes(b"<html><body>x</body></html>")
        return folder / "fetched.pdf"

    monkeypatch.setattr(fetching, "fetch", fetch)
    _, said = run(["https://www.example.gov.cn/a"], corpus)
    assert said[-1].startswith("✗ https://www.example.gov.cn/a：扩展名是 .pdf，内容却是网页")


def test_a_missing_path_is_named(corpus: Path, tmp_path: Path) -> None:
    failed, said = run([tmp_path / "没有.pdf"], corpus)
    assert (failed, "没有这个文件" in said[0]) == (1, True)


def test_an_unreadable_given_is_an_error_of_that_file(bundle: Path, corpus: Path) -> None:
    failed, said = run([bundle / "1办法.docx"], corpus, given={"expires": date(2020, 1, 1)})
    assert failed == 1
    assert "早于" in said[0]
    assert ImportFileError.__mro__[1].__name__ == "CorpusError"


formats = pytest.mark.skipif(
    not (REFERENCE / "formats" / "manifest.json").is_file(),
    reason="sample files stand beside the checkout in ../shared",
)


@formats
@pytest.mark.parametrize(
    "entry",
    json.loads((REFERENCE / "formats" / "manifest.json").read_text("utf-8"))
    if (REFERENCE / "formats" / "manifest.json").is_file()
    else [],
    ids=lambda entry: entry["file"],
)
def test_laws_as_users_hold_them_are_read_whole(entry: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.md").write_text(OLD_TEXT, "utf-8")
    failed, said = run([REFERENCE / "formats" / entry["file"]], tmp_path / "corpus")
    if entry.get("expect") == "error":
        assert failed == 1
        assert "没有文本层" in said[0]
        return
    assert failed == 0
    document = next(d for d in read_library(tmp_path / "corpus").documents.values() if d.id != OLD)
    articles = [n for _, n in outline_of(document).root.walk() if n.rank is Rank.ARTICLE]
    assert (document.title, len(articles)) == (entry["title"], entry["articles"])
    assert (articles[0].label, articles[-1].label) == (entry["first_article"], entry["last_article"])
    last = re.sub(r"\s", "", "".join(p.text for p in articles[-1].paragraphs))
    assert last.removeprefix(entry["last_article"]) == re.sub(r"\s", "", entry["last_article_text"])


@pytest.mark.skipif(not (REFERENCE / "laws").is_dir(), reason="the laws stand beside the checkout in ../shared")
def test_a_folder_of_laws_replaces_their_notes_in_one_command(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for note in (shipped.corpus_folder() / "notes").glob("*.md"):
        if note.name != "README.md":
            (corpus / note.name).write_bytes(note.read_bytes())
    notes = read_library(corpus, drafts=True).documents
    failed, _ = run([REFERENCE / "laws"], corpus)
    assert failed == 0
    library = read_library(corpus)
    published = {path.stem for path in (REFERENCE / "laws").glob("*.md")}
    assert [i for i in notes if i in published and library[i].form is not Form.FULL_TEXT] == []
    for path in (REFERENCE / "laws").glob("*.md"):
        stated = re.search(r"^articles: (\d+)$", path.read_text("utf-8"), re.MULTILINE)
        if stated:
            title = re.search(r'^title: "(.+)"$', path.read_text("utf-8"), re.MULTILINE)
            assert title is not None
            counts = [
                outline_of(d).count(Rank.ARTICLE)
                for d in library.documents.values()
                if d.title == title[1] and not d.amended_by
            ]
            assert int(stated[1]) in counts, path.name
