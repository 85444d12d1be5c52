import json
from dataclasses import astuple
from pathlib import Path

import pytest

from qa_service import shipped
from qa_service.answer.calibration import read_calibration
from qa_service.errors import ModelError


def test_the_shipped_calibration_is_read_and_no_ranking_weight_is_negative() -> None:
    calibration = read_calibration(shipped.calibration_file())
    assert min(*astuple(calibration.ranking), *astuple(calibration.sentences)) >= 0
    assert 0 < calibration.confidence.threshold < 1


def test_a_file_from_before_there_were_curated_answers_is_read(tmp_path: Path) -> None:
    parts = json.loads(shipped.calibration_file().read_text("utf-8"))
    del parts["curated"]
    (tmp_path / "old.json").write_text(json.dumps(parts), "utf-8")
    assert read_calibration(tmp_path / "old.json").same_question is None
    assert 0.5 < (read_calibration(shipped.calibration_file()).same_question or 0) < 1


@pytest.mark.parametrize("text", ["{", "{}", '{"ranking": {"words": 1}}', '{"ranking": {"words": "viel"}}', "[]"])
def test_a_damaged_file_is_an_error_in_words(tmp_path: Path, text: str) -> None:
    (tmp_path / "calibration.json").write_text(text, "utf-8")
    with pytest.raises(ModelError, match=r"calibration\.json"):
        read_calibration(tmp_path / "calibration.json")


def test_a_missing_file_names_the_setting(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="QA_CALIBRATION_FILE"):
        read_calibration(tmp_path / "nothing.json")
