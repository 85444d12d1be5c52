"""What a government page says of a paper beside its text: meta tags, and the table of 索引号, 发文机关, 文号, 日期."""

from __future__ import annotations

import itertools
import re

from selectolax.lexbor import LexborHTMLParser

from qa_service.corpus.readers.html_text import inline_text

_STATED = {
    "标题": "title",
    "名称": "title",
    "文件名称": "title",
    "发文机关": "issuer",
    "发文单位": "issuer",
    "发布机构": "issuer",
    "发布机关": "issuer",
    "制发机关": "issuer",
    "发文字号": "number",
    "文号": "number",
    "文件编号": "number",
    "成文日期": "issued",
    "生成日期": "issued",
    "发文日期": "issued",
    "印发日期": "issued",
    "发布日期": "published",
    "公开日期": "published",
    "施行日期": "effective",
    "实施日期": "effective",
    "生效日期": "effective",
    "失效日期": "expires",
    "废止日期": "expires",
}
_META = {"ArticleTitle": "title", "ContentSource": "source", "PubDate": "published"}
_PUBLISHED = re.compile(r"(?:发布|公布|更新)(?:日期|时间)[：:]\s*([12][0-9]{3}[-年./][0-9]{1,2}[-月./][0-9]{1,2}日?)")
_LABEL = re.compile(r"[\[【]?(?P<key>[\u4e00-\u9fff\s\u3000]{2,10})[\]】]?(?:[：:]\s*(?P<value>.*)|\s*)", re.DOTALL)
_LONGEST = 2000
"""Characters of a table of metadata; what is longer lays out the page."""


def take_metadata(tree: LexborHTMLParser) -> dict[str, str]:
    """Return what the page states, under the names of the front matter, and take the table that states it off the page.

    ``published`` and ``source`` are the page's own: they speak for the paper only where it is silent.
    """
    found: dict[str, str] = {}
    for meta in tree.css("meta[name]"):
        key = _META.get(meta.attributes.get("name") or "")
        if key and (value := (meta.attributes.get("content") or "").strip()):
            found[key] = value
    for table in tree.css("table, ul, dl"):
        if table.css("table, ul, dl")[1:] or len(table.text()) > _LONGEST:
            continue
        pairs = _labelled([inline_text(cell) for cell in table.css("td, th, li, dt, dd")])
        if len(pairs) >= 2:  # one label alone may be a table of the article
            found.update(pairs)
            table.decompose()
    body = tree.body.text(separator="\n") if tree.body else ""
    if "published" not in found and (date := _PUBLISHED.search(body)):
        found["published"] = date[1]
    if "title" not in found and (title := _heading(tree)):
        found["title"] = title
    return found


def _heading(tree: LexborHTMLParser) -> str:
    """Return the first-rank heading that the page's own title begins with: not the name of the site."""
    title = tree.css_first("title")
    page = re.sub(r"\s", "", title.text()) if title is not None else ""
    headings = [text for node in tree.css("h1") if (text := inline_text(node))]
    named = [text for text in headings if re.sub(r"\s", "", text) in page]
    return named[0] if named else headings[0] if len(headings) == 1 and not page else ""


def _labelled(cells: list[str]) -> dict[str, str]:
    pairs = {}
    for cell, following in itertools.zip_longest(cells, cells[1:], fillvalue=""):
        match = _LABEL.fullmatch(cell)
        if match and (key := _STATED.get(re.sub(r"\s", "", match["key"]))):
            value = (match["value"] or "").strip() or following
            if value and not _is_label(value):
                pairs[key] = value
    return pairs


def _is_label(text: str) -> bool:
    """Whether a cell is the next label, so that the one before it was left empty."""
    match = _LABEL.fullmatch(text)
    return match is not None and (text.endswith(("：", ":")) or re.sub(r"\s", "", match["key"]) in _STATED)
