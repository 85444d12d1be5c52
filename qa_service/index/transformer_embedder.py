"""Any sentence-transformers model, from a folder or a hub."""

import logging
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from qa_service.errors import ModelError
from qa_service.index.embedder import Vectors
from qa_service.index.model_folder import folder_digest

_KNOWN_INSTRUCTIONS = (
    ("bge-small-zh", "为这个句子生成表示以用于检索相关文章："),
    ("bge-base-zh", "为这个句子生成表示以用于检索相关文章："),
    ("bge-large-zh", "为这个句子生成表示以用于检索相关文章："),
)
"""What the makers of common models ask to put before a question, where the model's own files do not say."""


class TransformerEmbedder:
    """Encodes with sentence-transformers; takes seconds and hundreds of megabytes to load."""

    def __init__(self, model: str, *, query_instruction: str | None = None) -> None:
        """Load ``model``.

        Args:
            model: a folder, or a name on a model hub.
            query_instruction: what is put before a question; None takes the model's own ``query`` prompt, or what
                its makers are known to ask for, or nothing.

        Raises:
            ModelError: the model cannot be loaded.
        """
        folder = Path(model)
        if folder.is_dir():
            # A folder needs no network, and must not look for any: 6 s of time-outs on an offline machine.
            os.environ.setdefault("HF_HUB_OFFLINE", "1")
        logging.getLogger("sentence_transformers").setLevel(logging.WARNING)
        try:
            from sentence_transformers import SentenceTransformer

            self._model = SentenceTransformer(model, device="cpu", local_files_only=folder.is_dir()).float().eval()
        except Exception as error:
            reason = (str(error).strip().splitlines() or [type(error).__name__])[0][:300]
            raise ModelError(
                f"向量模型 {model!r} 无法加载：{reason}。请检查 QA_EMBEDDING_MODEL："
                "它应是一个 sentence-transformers 模型目录，或能够下载的模型名；留空则用随包模型。"
            ) from error
        self._instruction = self._choose_instruction(model, query_instruction)
        self._fingerprint = f"{folder_digest(folder) if folder.is_dir() else model}:{self._instruction}"

    def _choose_instruction(self, model: str, given: str | None) -> str:
        if given is not None:
            return given
        own = self._model.prompts.get("query")
        if own:
            return own
        name = Path(model).name.lower()
        return next((text for part, text in _KNOWN_INSTRUCTIONS if part in name), "")

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        size = self._model.get_embedding_dimension()
        assert size is not None
        return size

    @property
    def fingerprint(self) -> str:
        """Identifies the model's files (or name) and its query instruction."""
        return self._fingerprint

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, float32, shape (n, dimension)."""
        return self._encode(list(texts))

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a question, float32, shape (n, dimension)."""
        return self._encode([self._instruction + text for text in texts])

    def _encode(self, texts: list[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        vectors = self._model.encode(
            texts, batch_size=64, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
        )
        return np.asarray(vectors, np.float32)
