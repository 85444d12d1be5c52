from pathlib import Path

import pytest

from qa_service.corpus.readers import read_text
from qa_service.errors import CorpusError


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_text_is_read_in_every_encoding_that_offices_save(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("〔2026〕第五条\r\n奖励30万元\r".encode(encoding))
    assert read_text(path) == "〔2026〕第五条\n奖励30万元\n"


@pytest.mark.parametrize("data", [b"\xff\xff\xff", "文".encode("utf-16"), b"a\x00b"])
def test_what_is_no_text_is_refused_with_advice(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with pytest.raises(CorpusError, match=r"编码.*UTF-8"):
        read_text(path)
