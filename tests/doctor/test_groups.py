import os
import sys
from pathlib import Path

import pytest

from qa_service.clock import Clock
from qa_service.corpus.library import read_library
from qa_service.doctor import diagnose
from qa_service.doctor.diagnosis import by_group
from qa_service.doctor.finding import Finding
from qa_service.doctor.index import look_at_index
from qa_service.doctor.journal import look_at_journal
from qa_service.doctor.machine import look_at_machine
from qa_service.doctor.network import look_at_network
from qa_service.doctor.packages import look_at_packages
from qa_service.doctor.secret import look_at_secret
from qa_service.doctor.setting import look_at_settings
from qa_service.journal.audit import AuditTrail
from qa_service.keeping import open_journal
from qa_service.secret_key import read_secret_key
from qa_service.service import build_index, open_query_embedder
from qa_service.settings import Settings


@pytest.fixture
def settings(tiny_corpus: Path, tmp_path: Path) -> Settings:
    return Settings(corpus_dir=tiny_corpus, index_dir=tmp_path / "index", data_dir=tmp_path / "var")


def levels(findings: list[Finding]) -> set[str]:
    return {finding.level for finding in findings}


def text_of(findings: list[Finding], level: str) -> str:
    return "\n".join(finding.text for finding in findings if finding.level == level)


def test_a_fresh_installation_has_no_fault_and_every_group_speaks(settings: Settings) -> None:
    found = list(by_group(settings, {}))
    assert text_of([finding for _, finding in found], "fault") == ""
    groups = list(dict.fromkeys(group for group, _ in found))
    assert groups == [
        "版本",
        "设置",
        "语料",
        "模型",
        "索引",
        "记录库",
        "密钥",
        "大模型",
        "网络",
        "防护",
        "员工",
        "机器",
    ]


def test_a_broken_part_does_not_hide_the_others(settings: Settings, tmp_path: Path) -> None:
    broken = settings.model_copy(update={"corpus_dir": tmp_path / "nowhere"})
    found = list(diagnose(broken, {}))
    assert "nowhere" in text_of(found, "fault")
    assert "系统时间" in text_of(found, "ok")


def test_a_misspelt_setting_is_named_with_the_one_that_was_meant(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QA_WORKER", "2")
    (tmp_path / ".env").write_text("QA_LLM_APIKEY=geheim\n", "utf-8")
    found = list(look_at_settings(settings, {}))
    assert "QA_WORKER 这一项设置，不起作用。是不是 QA_WORKERS？" in text_of(found, "warning")
    assert "是不是 QA_LLM_API_KEY？" in text_of(found, "warning")
    assert "geheim" not in str(found)


def test_an_index_is_whole_and_fits_or_it_is_said_what_to_do(settings: Settings, tiny_corpus: Path) -> None:
    library, embedder = read_library(tiny_corpus), open_query_embedder(settings)
    assert "还没有索引" in text_of(list(look_at_index(settings, library, embedder)), "ok")
    build = build_index(settings)
    assert levels(list(look_at_index(settings, library, embedder))) == {"ok"}
    law = tiny_corpus / "laws" / "test-law.md"
    law.write_text(law.read_text("utf-8") + "\n第四条 质押融资给予贴息。\n", "utf-8")
    stale = list(look_at_index(settings, read_library(tiny_corpus), embedder))
    assert "qa-service build" in text_of(stale, "warning")
    (build / "passages.jsonl").write_text("{}\n", "utf-8")
    assert "passages.jsonl" in text_of(list(look_at_index(settings, library, embedder)), "fault")


def test_a_journal_is_asked_and_measured(settings: Settings, fixed_clock: Clock) -> None:
    assert "还没有" in text_of(list(look_at_journal(settings)), "ok")
    AuditTrail(open_journal(settings), fixed_clock).note("王", "switch.off", "answers")
    found = list(look_at_journal(settings))
    assert levels(found) == {"ok"}
    assert "毫秒" in text_of(found, "ok")
    assert "预写日志" in text_of(found, "ok")
    (settings.data_dir / "journal.db").write_bytes(b"not a database" * 100)
    assert "journal.db 无法使用" in text_of(
        [finding for group, finding in by_group(settings, {}) if group == "记录库"], "fault"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_a_key_that_others_can_read_is_warned_of(settings: Settings) -> None:
    assert levels(list(look_at_secret(settings))) == {"ok"}
    read_secret_key(None, settings.data_dir).derived("any")
    assert levels(list(look_at_secret(settings))) == {"ok"}
    (settings.data_dir / "secret.key").chmod(0o644)
    assert "chmod 600" in text_of(list(look_at_secret(settings)), "warning")


def test_who_can_reach_it_is_warned_of(settings: Settings) -> None:
    assert levels(list(look_at_network(settings))) == {"ok"}
    wide = settings.model_copy(update={"host": "0.0.0.0", "metrics_networks": "0.0.0.0/0"})
    warned = text_of(list(look_at_network(wide)), "warning")
    assert "HTTPS" in warned
    assert "/metrics 会公开" in warned


def test_more_workers_than_cores_are_warned_of(settings: Settings) -> None:
    many = settings.model_copy(update={"workers": 64})
    warned = text_of(list(look_at_machine(many)), "warning")
    if (os.cpu_count() or 1) < 64:
        assert "QA_WORKERS" in warned
    assert text_of(list(look_at_machine(settings)), "fault") == ""


def test_a_clock_that_files_are_ahead_of_is_a_fault(settings: Settings) -> None:
    settings.data_dir.mkdir()
    later = 4_000_000_000
    os.utime(settings.data_dir, (later, later))
    assert "timedatectl" in text_of(list(look_at_machine(settings)), "fault")


def test_the_packages_are_named_with_their_versions() -> None:
    found = list(look_at_packages())
    assert "fault" not in levels(found)
    assert "fastapi 0." in text_of(found, "ok")
