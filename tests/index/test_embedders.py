import shutil
from pathlib import Path

import numpy as np
import pytest

from qa_service import shipped
from qa_service.errors import ModelError
from qa_service.index.static_embedder import StaticEmbedder, is_static_model
from qa_service.index.transformer_embedder import TransformerEmbedder
from qa_service.service import open_query_embedder
from qa_service.settings import Settings

TEXTS = ["知识产权质押融资", "How do I pledge a patent?", "第六十五条　未经专利权人许可", "𠮷野家😀", ""]


def test_the_bundled_model_gives_the_vectors_of_sentence_transformers() -> None:
    fast = StaticEmbedder(shipped.model_folder())
    slow = TransformerEmbedder(str(shipped.model_folder()))
    assert fast.dimension == slow.dimension
    assert fast.fingerprint == slow.fingerprint
    np.testing.assert_allclose(fast.encode_queries(TEXTS), slow.encode_queries(TEXTS), atol=1e-5)


def test_vectors_have_length_one_and_no_text_gives_zeros() -> None:
    norms = np.linalg.norm(StaticEmbedder(shipped.model_folder()).encode_passages(TEXTS), axis=1)
    np.testing.assert_allclose(norms, [1, 1, 1, 1, 0], atol=1e-5)


def test_no_texts_give_no_vectors() -> None:
    assert StaticEmbedder(shipped.model_folder()).encode_passages([]).shape == (0, 256)


def test_a_question_instruction_is_put_before_questions_only() -> None:
    model = TransformerEmbedder(str(shipped.model_folder()), query_instruction="检索：")
    np.testing.assert_allclose(model.encode_queries(["专利"]), model.encode_passages(["检索：专利"]), atol=1e-6)
    assert model.fingerprint != TransformerEmbedder(str(shipped.model_folder())).fingerprint


def test_a_bge_model_gets_its_makers_instruction(tmp_path: Path) -> None:
    folder = tmp_path / "bge-small-zh-v1.5"
    shutil.copytree(shipped.model_folder(), folder)
    model = TransformerEmbedder(str(folder))
    np.testing.assert_allclose(
        model.encode_queries(["专利"]),
        model.encode_passages(["为这个句子生成表示以用于检索相关文章：专利"]),
        atol=1e-6,
    )


def test_a_model_that_cannot_be_loaded_names_the_setting_and_the_value(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    for model in (str(tmp_path), "nobody/no-such-model"):
        with pytest.raises(ModelError) as caught:
            open_query_embedder(Settings(embedding_model=model))
        assert "QA_EMBEDDING_MODEL" in str(caught.value)
        assert model in str(caught.value)


def test_a_damaged_model_folder_is_an_error_in_words(tmp_path: Path) -> None:
    shutil.copytree(shipped.model_folder(), tmp_path / "model")
    (tmp_path / "model" / "model.safetensors").write_bytes(b"\0" * 100)
    assert is_static_model(tmp_path / "model")
    with pytest.raises(ModelError, match="已损坏"):
        StaticEmbedder(tmp_path / "model")
