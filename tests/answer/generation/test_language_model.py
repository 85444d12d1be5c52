"""What is set for a language model, and what the operator is told of it."""

import sys
from pathlib import Path

import pytest

from qa_service.answer.generation.breaker import Breaker
from qa_service.clock import Clock
from qa_service.doctor import diagnose
from qa_service.errors import SettingsError
from qa_service.service import Service, open_generator, open_language_model
from qa_service.settings import Settings, load_settings, origins
from tests.answer.generation.llm_server import language_model_server, unused_port


def settings_of(**fields: object) -> Settings:
    return Settings(llm_timeout=2, **fields)  # type: ignore[arg-type]


def about_the_model(settings: Settings, tmp_path: Path) -> list[tuple[bool, str]]:
    placed = settings.model_copy(update={"corpus_dir": tmp_path, "index_dir": tmp_path})
    return [
        (found.healthy, found.text)
        for found in diagnose(placed, {})
        if "大模型：" in found.text or "openai" in found.text
    ]


def test_without_an_address_no_model_is_asked_and_nothing_imported(service: Service, fixed_clock: Clock) -> None:
    assert service.generator is None
    assert open_generator(Settings(), service.library, service.searcher.segmenter, Breaker(fixed_clock)) is None
    assert open_language_model(load_settings({"llm_base_url": None})) is None


def test_an_empty_address_switches_it_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_LLM_BASE_URL", "")
    assert open_language_model(load_settings()) is None


def test_an_address_without_a_model_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_LLM_BASE_URL", "http://127.0.0.1:11434/v1")
    with pytest.raises(SettingsError, match="QA_LLM_MODEL"):
        open_language_model(load_settings())


@pytest.mark.parametrize("address", ["127.0.0.1:11434", "ftp://a/v1", "http://key@host/v1", "http://"])
def test_an_address_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("QA_LLM_BASE_URL", address)
    with pytest.raises(SettingsError, match="QA_LLM_BASE_URL"):
        load_settings()


@pytest.mark.parametrize(("name", "value"), [("QA_LLM_TIMEOUT", "0"), ("QA_LLM_MAX_CONCURRENCY", "0")])
def test_a_limit_that_lets_nothing_through_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name):
        load_settings()


def test_without_its_package_the_operator_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openai", None)
    with pytest.raises(SettingsError, match=r"pip install 'qa-service\[llm\]'"):
        open_language_model(settings_of(llm_base_url="http://127.0.0.1:1/v1", llm_model="tiny"))


def test_the_key_is_shown_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_LLM_API_KEY", "sk-very-secret")
    settings = load_settings()
    shown = {origin.name: origin.value for origin in origins(settings)}
    assert shown["QA_LLM_API_KEY"] == "**********"
    assert "sk-very-secret" not in f"{settings!r}{settings.model_dump_json()}"


@pytest.mark.usefixtures("_no_proxy")
def test_the_doctor_finds_the_model_listed_or_says_what_is(tmp_path: Path) -> None:
    assert about_the_model(Settings(), tmp_path) == [(True, "大模型：没有设 QA_LLM_BASE_URL，答复一律摘自原文")]
    with language_model_server() as server:
        healthy, text = about_the_model(settings_of(llm_base_url=server.base_url, llm_model="tiny"), tmp_path)[0]
        assert (healthy, "模型在列" in text) == (True, True)
        healthy, text = about_the_model(settings_of(llm_base_url=server.base_url, llm_model="other"), tmp_path)[0]
        assert (healthy, "tiny" in text) == (False, True)
        elsewhere = server.base_url.replace("/v1", "/v2")
        healthy, text = about_the_model(settings_of(llm_base_url=elsewhere, llm_model="tiny"), tmp_path)[0]
        assert (healthy, "不列模型" in text) == (True, True)


@pytest.mark.usefixtures("_no_proxy")
def test_the_doctor_says_that_nobody_is_there(tmp_path: Path) -> None:
    address = f"http://127.0.0.1:{unused_port()}/v1"
    healthy, text = about_the_model(settings_of(llm_base_url=address, llm_model="tiny"), tmp_path)[0]
    assert (healthy, "连接不上" in text) == (False, True)
    healthy, text = about_the_model(settings_of(llm_base_url=address), tmp_path)[0]
    assert (healthy, "QA_LLM_MODEL" in text) == (False, True)


@pytest.fixture
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
