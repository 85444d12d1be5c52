"""The parsers of text take whatever they are given."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from qa_service.corpus.document_file import read_document, split_front_matter
from qa_service.corpus.fetch import fetch
from qa_service.corpus.json_lines import read_json_lines
from qa_service.corpus.lexicon import read_lexicon
from qa_service.corpus.marker import read_marker
from qa_service.corpus.outline import parse_outline
from qa_service.corpus.readers import read_paragraphs
from qa_service.corpus.readers.plain_text import read_markdown
from qa_service.errors import CorpusError, ImportFileError
from qa_service.journal.curated_file import read_curated_file
from qa_service.text.dates import dates_in, parse_date
from qa_service.text.normal import normalise
from qa_service.text.numerals import parse_numeral
from qa_service.text.ordinals import ordinals_in
from qa_service.text.personal import masked
from qa_service.text.quantities import figure_terms, quantities
from qa_service.text.sentences import sentence_spans
from tests.damage import read_or_refused, tried

pytestmark = pytest.mark.fuzz

_CHARACTERS = "零〇一二两三四五六七八九十百千万亿0123456789０９年月日条款项章节编元%成半点分之第至到—–-~、，。：:（）()[]{}#|*&!>\"'\\\n\t \u3000"
_WORDS = [
    "第",
    "附件",
    "问：",
    "答：",
    "——",
    "百分之",
    "万元",
    "个月",
    "2026-01-01",
    "title:",
    "\u200b",
    "�",
    "\U000e0041",
    "𠮷",
    "\x00",
]
PIECES = st.sampled_from([*_CHARACTERS, *_WORDS, "〔表1 第2行〕", "---\n", "- "])
TEXTS = st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=120)
PARSERS: dict[str, Callable[[str], object]] = {
    "numeral": parse_numeral,
    "date": parse_date,
    "dates": lambda text: list(dates_in(text)),
    "quantities": quantities,
    "figures": lambda text: figure_terms(normalise(text)),
    "ordinals": ordinals_in,
    "marker": read_marker,
    "sentences": sentence_spans,
    "masked": masked,
    "markdown": read_markdown,
    "outline": lambda text: parse_outline(read_paragraphs(text, markup="markdown"), "办法"),
    "front matter": split_front_matter,
}


@pytest.mark.parametrize("parser", PARSERS)
@tried(100)
@given(text=TEXTS)
def test_a_parser_takes_any_text(parser: str, text: str) -> None:
    read_or_refused(lambda: PARSERS[parser](text))


class Shape(BaseModel):
    location: str
    questions: list[str]


WRITERS: dict[str, tuple[str, Callable[[Path], object]]] = {
    "document": ("a.md", read_document),
    "lexicon": ("everyday.yaml", lambda path: read_lexicon(path.parent)),
    "topics": ("topics.yaml", lambda path: read_lexicon(path.parent)),
    "json lines": ("a.jsonl", lambda path: list(read_json_lines(path, Shape, "location"))),
    "curated": ("a.yaml", read_curated_file),
}
STRUCTURES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates().map(str),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "title", "form", "say", "text", "question", "cites", "topics", "effective"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@pytest.mark.parametrize("kind", WRITERS)
@tried(60)
@given(text=TEXTS | STRUCTURES.map(str) | STRUCTURES.map(lambda made: f"---\n{made}\n---\n正文"))
def test_a_file_of_any_text_is_read_or_refused(kind: str, text: str, tmp_path: Path) -> None:
    name, read = WRITERS[kind]
    (tmp_path / name).write_bytes(text.encode("utf-8", "surrogatepass"))
    read_or_refused(lambda: read(tmp_path / name), tmp_path)


@pytest.mark.parametrize(
    "line",
    [
        "[" * 100_000,
        "9" * 10_000,
        '{"location": "' + "\\ud800" + '", "questions": []}',
        '{"location": 1e999, "questions": NaN}',
    ],
)
def test_json_that_nobody_writes_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.jsonl").write_text(line, "utf-8")
    with pytest.raises(CorpusError, match="第 1 行"):
        list(read_json_lines(tmp_path / "a.jsonl", Shape, "location"))


HOSTS = st.sampled_from(["127.0.0.1", "localhost", "0", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f000001", "example.com@127.0.0.1", "１２７.０.０.１", "①②⑦.0.0.1", "a" * 300, "xn--", ".", "-", "%31", "[v1.x]", "[::1%lo]", "a..b", "\ud800", "例子.中国"])  # fmt: skip
URLS = st.builds(
    "{}{}{}{}{}".format,
    st.sampled_from(
        [
            "http://",
            "https://",
            "HTTP://",
            "http:/",
            "http:\\\\",
            "//",
            "file://",
            "ftp://",
            "javascript:",
            "http://a@",
            "",
        ]
    ),
    HOSTS | st.text(max_size=10),
    st.sampled_from(["", ":80", ":", ":0", ":65536", ":-1", ":a", ":８０"]),
    st.sampled_from(["", "/", "/a.pdf", "\\a", "/\r\nHost: b", "/\x00", "/%00", "/../..", "/\ud800"]),
    st.sampled_from(["", "?a=b", "#c", "?\n", "?é"]),
)


@tried(150)
@given(url=URLS)
def test_an_address_of_any_form_leads_nowhere_within(url: str, tmp_path: Path) -> None:
    import socket

    import httpcore

    class Nowhere(httpcore.NetworkBackend):
        def connect_tcp(self, host: str, port: int, *args: object, **kwargs: object) -> httpcore.NetworkStream:
            assert host == "93.184.215.14", host
            raise httpcore.ConnectError("nowhere")

    def resolve(host: str, port: int) -> list[str]:
        try:  # what the machine's own resolver takes for a number, without asking anybody
            return [str(info[4][0]) for info in socket.getaddrinfo(host, port, flags=socket.AI_NUMERICHOST)]
        except (OSError, UnicodeError):
            return ["93.184.215.14"]

    with pytest.raises(ImportFileError):
        fetch(url, tmp_path, resolve=resolve, backend=Nowhere())
    assert list(tmp_path.iterdir()) == []
