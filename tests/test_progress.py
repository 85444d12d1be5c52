from pathlib import Path

import pytest

from qa_service.progress import ProgressFile, Reached, reached, read_progress
from qa_service.service import build_index
from qa_service.settings import Settings
from tests.clocks import Seconds


def test_every_stage_of_a_build_moves_it_on_to_the_end(tiny_corpus: Path, tmp_path: Path) -> None:
    settings = Settings(corpus_dir=tiny_corpus, index_dir=tmp_path / "index", data_dir=tmp_path / "var")
    percents: list[int] = []

    def progress(stage: str, done: int, total: int) -> None:
        percents.append(reached(stage, done, total).percent)
        assert done == 0 or percents[-1], f"the share of {stage} is not known"

    build_index(settings, progress=progress)
    assert percents == sorted(percents)
    assert percents[-1] == 100


def test_progress_is_noted_for_others_and_never_goes_back(tmp_path: Path) -> None:
    path, seconds = tmp_path / "progress", Seconds()
    progress = ProgressFile(path, seconds)
    assert read_progress(path) == Reached()
    progress("计算问法向量", 0, 10)
    assert read_progress(path) == Reached("计算问法向量", 29)
    progress("计算问法向量", 5, 10)
    assert read_progress(path).percent == 29, "it was noted a moment ago"
    seconds.now = 1.0
    progress("计算问法向量", 5, 10)
    assert read_progress(path).percent == 52
    progress("别的", 1, 1)
    assert read_progress(path) == Reached("别的", 52)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"stage": "x"}', '{"stage": "x", "percent": "y"}'])
def test_what_cannot_be_read_is_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "progress").write_text(text, "utf-8")
    assert read_progress(tmp_path / "progress") == Reached()


def test_a_folder_that_is_gone_stops_no_build(tmp_path: Path) -> None:
    ProgressFile(tmp_path / "gone" / "progress")("切分文件", 1, 1)
