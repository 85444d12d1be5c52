"""The embedding model, and whether the thresholds were measured on it."""

from collections.abc import Iterator

from qa_service.doctor.finding import Finding, warning
from qa_service.index.embedder import Embedder
from qa_service.settings import Settings


def look_at_model(settings: Settings, embedder: Embedder) -> Iterator[Finding]:
    """Look at a model that could be opened."""
    yield Finding(True, f"向量模型：{embedder.dimension} 维，指纹 {embedder.fingerprint}")
    if settings.embedding_model and settings.calibration_file is None:
        yield warning("校准：换用了其他向量模型，而排序权重和拒答门槛仍是随包模型的，建议重新校准（见 README）")
