import os
from pathlib import Path

import pytest

from qa_service import shipped
from qa_service.errors import SettingsError
from qa_service.settings import Settings, load_settings, origins


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_without_any_setting_the_shipped_corpus_and_model_are_used() -> None:
    settings = load_settings()
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.corpus_dir == shipped.corpus_folder()
    assert settings.model == str(shipped.model_folder())


def test_a_corpus_in_the_current_folder_is_preferred(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    assert load_settings().corpus_dir == Path("corpus")


def test_a_flag_wins_over_the_environment_and_that_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("QA_PORT=7001\nQA_HOST=0.0.0.0\nQA_WORKERS=3\n", "utf-8")
    monkeypatch.setenv("QA_PORT", "7002")
    monkeypatch.setenv("QA_WORKERS", "2")
    settings = load_settings({"workers": 1, "host": None})
    assert (settings.host, settings.port, settings.workers) == ("0.0.0.0", 7002, 1)
    found = {o.name: (o.value, o.source) for o in origins(settings, {"workers": 1, "host": None})}
    assert found["QA_HOST"] == ("0.0.0.0", ".env")
    assert found["QA_PORT"] == ("7002", "环境变量")
    assert found["QA_WORKERS"] == ("1", "命令行")
    assert found["QA_EMBEDDING_MODEL"] == ("（空）", "默认值")


@pytest.mark.parametrize(("name", "value"), [("QA_PORT", "70000"), ("QA_PORT", "acht"), ("QA_WORKERS", "0")])
def test_an_unusable_value_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert name in str(caught.value)
    assert value in str(caught.value)


def test_every_setting_is_explained_in_the_readme() -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
    missing = [f"QA_{name.upper()}" for name in Settings.model_fields if f"`QA_{name.upper()}`" not in readme]
    assert missing == []
    assert all(field.description for field in Settings.model_fields.values())
    assert os.environ.get("QA_PORT") is None
