from pathlib import Path

import pytest

from qa_service.corpus.readers import Line, Manuscript, Setting, Table, read_manuscript
from qa_service.errors import ImportFileError

ARTICLE = (
    "<p>第一条　为了促进知识产权高质量发展，结合本区实际，制定本办法。</p><p>第二条　本办法自2026年4月10日起施行。</p>"
)
ARTICLES = ["第一条　为了促进知识产权高质量发展，结合本区实际，制定本办法。", "第二条　本办法自2026年4月10日起施行。"]


def read(tmp_path: Path, body: str, head: str = "") -> Manuscript:
    path = tmp_path / "a.html"
    path.write_text(f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>", "utf-8")
    return read_manuscript(path)


def texts(manuscript: Manuscript) -> list[str]:
    return [block.text for block in manuscript.blocks if isinstance(block, Line)]


def test_what_stands_around_the_article_is_left_out(tmp_path: Path) -> None:
    around = (
        "<div class='top-nav'><a href=/>首页</a>政策</div>",
        "<div id=footer>苏ICP备1号 版权所有</div><script>x</script>",
    )
    page = read(
        tmp_path, f"{around[0]}<div class='TRS_Editor'>{ARTICLE * 2}</div><div class=share>分享到</div>{around[1]}"
    )
    assert texts(page) == ARTICLES * 2


def test_a_page_of_nothing_but_divs_is_read(tmp_path: Path) -> None:
    lines = "".join(f"<div>{text}</div>" for text in ARTICLES * 2)
    page = read(
        tmp_path,
        f"<div><div><a href=/>首页</a></div><div><div>{lines}</div></div><div>打印　关闭</div><div>上一篇：无</div></div>",
    )
    assert texts(page) == ARTICLES * 2


def test_nested_layout_tables_are_read_once(tmp_path: Path) -> None:
    inner = f"<table><tr><td>{ARTICLE}</td></tr></table>"
    page = read(
        tmp_path,
        f"<table><tr><td><a href=/>首页</a></td><td><table><tr><td>{inner}</td></tr></table></td></tr></table>",
    )
    assert texts(page) == ARTICLES


def test_a_table_of_the_article_within_a_layout_table_stays_a_table(tmp_path: Path) -> None:
    data = "<table><tr><th>项目<th>标准</tr><tr><td>专利<td><p>1万元</p><p>每件</p></tr></table>"
    page = read(tmp_path, f"<table><tr><td>{ARTICLE}{data}</td></tr><tr><td>完毕，请遵照执行。</td></tr></table>")
    assert page.blocks[-2] == Table((("项目", "标准"), ("专利", "1万元 每件")))
    assert texts(page) == [*ARTICLES, "完毕，请遵照执行。"]


def test_breaks_and_hard_blanks_make_lines(tmp_path: Path) -> None:
    body = (
        "&nbsp;&nbsp;一、申报时间为每年九月。<br>\r\n&nbsp;&nbsp;二、申报方式\r\n为网上申报。<br/><br/>三、联系 电话。"
    )
    assert texts(read(tmp_path, f"<div>{body}</div>")) == [
        "一、申报时间为每年九月。",
        "二、申报方式为网上申报。",
        "三、联系 电话。",
    ]


def test_paragraphs_within_inline_elements_stay_apart(tmp_path: Path) -> None:
    assert texts(read(tmp_path, f"<div><font><span>{ARTICLE}</span></font></div>")) == ARTICLES


def test_a_numbered_list_keeps_its_numbers(tmp_path: Path) -> None:
    page = read(
        tmp_path, "<div><p>提交下列材料，一式两份：</p><ol><li>申请表；</li><li><b>营业执照</b>。</li></ol></div>"
    )
    assert texts(page)[1:] == ["1.申请表；", "2.营业执照。"]


def test_how_lines_are_set_is_inherited(tmp_path: Path) -> None:
    page = read(tmp_path, f"<div style='text-align: center'><p>标题的第一行</p></div>{ARTICLE}<p align=right>某局</p>")
    settings = [block.setting for block in page.blocks if isinstance(block, Line)]
    assert settings == [Setting.CENTRED, Setting.BODY, Setting.BODY, Setting.RIGHT]


def test_merged_cells_stand_wherever_they_reach(tmp_path: Path) -> None:
    rows = "<tr><th rowspan=2>项目<th colspan=2>标准</tr><tr><th>国家级<th>省级</tr><tr><td>专利<td>2万元<td>1万元</tr>"
    page = read(tmp_path, f"{ARTICLE}<table>{rows}</table>")
    assert page.blocks[-1] == Table((("项目", "标准", "标准"), ("项目", "国家级", "省级"), ("专利", "2万元", "1万元")))


METADATA = (
    "<table><tr><td>索 引 号：</td><td>014/2026</td><td>发布机构：</td><td>海门区市场监管局</td></tr>"
    "<tr><td>发文字号</td><td>海市监〔2026〕3号</td><td>成文日期</td><td>2026-03-10</td></tr>"
    "<tr><td>有效性：</td><td>有效</td><td>发布日期：</td><td>2026-03-12</td></tr></table>"
)


def test_the_table_of_metadata_is_taken_and_does_not_show(tmp_path: Path) -> None:
    page = read(tmp_path, f"<table><tr><td>{METADATA}</td></tr><tr><td>{ARTICLE}</td></tr></table>")
    assert page.stated == {
        "issuer": "海门区市场监管局",
        "number": "海市监〔2026〕3号",
        "issued": "2026-03-10",
        "published": "2026-03-12",
    }
    assert texts(page) == ARTICLES


def test_a_label_without_a_value_takes_none_from_its_neighbour(tmp_path: Path) -> None:
    page = read(tmp_path, f"<ul><li>发文字号：</li><li>成文日期：2026-03-10</li><li>发布机构：某局</li></ul>{ARTICLE}")
    assert page.stated == {"issued": "2026-03-10", "issuer": "某局"}


def test_the_title_is_what_the_page_is_called_and_not_the_name_of_the_site(tmp_path: Path) -> None:
    head = "<title>奖励办法_海门区人民政府</title>"
    page = read(tmp_path, f"<h1>政务公开</h1><div><h1>奖励办法</h1>{ARTICLE}</div>", head)
    assert page.stated["title"] == "奖励办法"


def test_meta_tags_are_read(tmp_path: Path) -> None:
    head = "<meta name=ArticleTitle content=奖励办法><meta name=PubDate content='2026-03-12 10:00'><meta name=ContentSource content=某局>"
    assert read(tmp_path, ARTICLE, head).stated == {
        "title": "奖励办法",
        "published": "2026-03-12 10:00",
        "source": "某局",
    }


@pytest.mark.parametrize("body", ["", "<script>x</script>", "<nav>首页</nav>"])
def test_a_page_without_an_article_is_refused(tmp_path: Path, body: str) -> None:
    with pytest.raises(ImportFileError, match="没有找到正文"):
        read(tmp_path, body)


def test_a_page_nested_without_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportFileError, match="嵌套超过"):
        read(tmp_path, "<b>" * 3000 + "文" + "<p>x" + "</b>" * 3000)
