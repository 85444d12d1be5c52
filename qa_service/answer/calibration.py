"""The weights and the threshold that ``scripts/calibrate`` learns, as one file."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from qa_service.answer.confidence import Confidence, Evidence
from qa_service.answer.extract import SentenceWeights
from qa_service.errors import ModelError
from qa_service.search.ranking import RankingWeights


@dataclass(frozen=True, slots=True)
class Calibration:
    """How passages and sentences are ranked, and when nothing is answered."""

    ranking: RankingWeights
    sentences: SentenceWeights
    confidence: Confidence
    same_question: float | None
    """The cosine from which two questions ask the same; None where it was not measured."""
    same_gap: float | None
    """The cosine from which two questions that were not answered are looked at together; None where not measured."""


def read_calibration(path: Path) -> Calibration:
    """Read a calibration file.

    Raises:
        ModelError: it is missing, or lacks a number for one of the signals.
    """
    try:
        parts = json.loads(path.read_text("utf-8"))
        confidence = parts["confidence"]
        return Calibration(
            RankingWeights(**_numbers(parts["ranking"], [f.name for f in fields(RankingWeights)])),
            SentenceWeights(**_numbers(parts["sentences"], [f.name for f in fields(SentenceWeights)])),
            Confidence(
                float(confidence["intercept"]),
                _numbers(confidence, Evidence._fields),
                float(confidence["threshold"]),
                float(confidence["margin"]),
            ),
            # A file that was made before there were curated answers lacks it: then they are matched exactly only.
            float(parts["curated"]["threshold"]) if "curated" in parts else None,
            float(parts["gaps"]["threshold"]) if "gaps" in parts else None,
        )
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ModelError(
            f"校准文件 {path} 无法读取（{type(error).__name__}: {error}）。请检查 QA_CALIBRATION_FILE，或重新安装本软件包。"
        ) from error


def _numbers(part: Mapping[str, float], names: Iterable[str]) -> dict[str, float]:
    return {name: float(part[name]) for name in names}
