"""What an installation is set up with says the same as the service."""

import configparser
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from qa_service.corpus.intake import IMPORTED
from qa_service.settings import Settings

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
SETTINGS = {f"QA_{name.upper()}" for name in Settings.model_fields}
GRACE_S = Settings.model_fields["shutdown_s"].default


def unit() -> configparser.RawConfigParser:
    parser = configparser.RawConfigParser(strict=False, comment_prefixes=("#",))
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(DEPLOY / "qa-service.service", "utf-8")
    return parser


def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    return loaded


def test_the_unit_is_notified_reloaded_and_given_time_to_end() -> None:
    service = unit()["Service"]
    assert service["Type"] == "notify"
    assert "-HUP" in service["ExecReload"]
    assert int(service["TimeoutStopSec"]) > GRACE_S + 10
    assert service["ExecStart"].endswith("qa-service serve")
    assert service["User"] != "root"


def test_systemd_finds_nothing_wrong_with_the_unit(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("no systemd-analyze")
    text = (DEPLOY / "qa-service.service").read_text("utf-8")
    copy = tmp_path / "qa-service.service"
    copy.write_text(re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", text, flags=re.MULTILINE), "utf-8")
    done = subprocess.run([analyze, "verify", "--man=no", copy], capture_output=True, text=True, timeout=60)
    complaints = [line for line in done.stderr.splitlines() if "qa-service.service" in line]
    assert complaints == []


def test_every_setting_that_is_named_exists() -> None:
    named = set(
        re.findall(r"^Environment=.*?\b(QA_[A-Z_]+)=", (DEPLOY / "qa-service.service").read_text("utf-8"), re.M)
    )
    named |= set(compose()["services"]["app"]["environment"])
    named |= set(re.findall(r"\b(QA_[A-Z_]+)=", re.sub(r"^ARG.*|QA_VENV.*", "", dockerfile(), flags=re.M)))
    assert len(named) > 4
    assert named - {"QA_TORCH_INDEX_URL"} <= SETTINGS


def dockerfile() -> str:
    return (ROOT / "Dockerfile").read_text("utf-8")


def test_the_containers_keep_what_must_last_and_can_do_little_else() -> None:
    services = compose()["services"]
    app = services["app"]
    kept = [volume.split(":")[1] for volume in app["volumes"]]
    assert kept == ["/app/var", "/app/index", f"/app/corpus/{IMPORTED}"]
    for folder in kept:
        assert folder.removeprefix("/app/") in dockerfile()  # made there, so that a new volume belongs to the user
    assert app["read_only"] is True
    assert int(app["stop_grace_period"].removesuffix("s")) > GRACE_S + 10
    assert all(port.startswith("127.0.0.1:") for port in app["ports"])
    for service in services.values():
        assert "no-new-privileges:true" in service["security_opt"]
        assert service["healthcheck"]["test"]
    assert {name for name, service in services.items() if "profiles" not in service} == {"app"}


def test_the_proxy_hides_what_is_internal_and_holds_no_stream_back() -> None:
    text = re.sub(r"#.*", "", (DEPLOY / "nginx.conf").read_text("utf-8"))
    assert text.count("{") == text.count("}")
    for line in filter(None, map(str.strip, text.splitlines())):
        assert line.endswith((";", "{", "}")), line
    assert "proxy_buffering off;" in text
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in text
    assert re.search(r"location = /metrics \{\s+return 404;", text)
    assert "access_log off;" in text


def test_every_alert_asks_for_a_figure_there_is_and_says_what_to_do() -> None:
    source = (ROOT / "qa_service" / "server" / "metrics.py").read_text("utf-8")
    rules = yaml.safe_load((DEPLOY / "alerts.yml").read_text("utf-8"))["groups"][0]["rules"]
    for rule in rules:
        for name in re.findall(r"\bqa_\w+", rule["expr"]):
            assert f'"{re.sub(r"_(total|bucket)$", "", name)}"' in source, name
        assert rule["annotations"]["summary"]
        assert rule["annotations"]["description"].endswith("。")


def test_the_guide_names_only_settings_figures_and_routes_there_are() -> None:
    guide = (ROOT / "docs" / "operations.md").read_text("utf-8")
    source = (ROOT / "qa_service" / "server" / "metrics.py").read_text("utf-8")
    assert set(re.findall(r"\bQA_[A-Z_]+\b", guide)) <= SETTINGS
    figures = set(re.findall(r"`(qa_[a-z_]+)", guide))
    assert len(figures) > 15
    for name in figures:
        assert f'"{name.removesuffix("_total")}"' in source, name
    for file in re.findall(r"deploy/[\w.-]+\w", guide):
        assert (ROOT / file).is_file(), file


def test_every_figure_is_explained_in_the_guide() -> None:
    guide = (ROOT / "docs" / "operations.md").read_text("utf-8")
    source = (ROOT / "qa_service" / "server" / "metrics.py").read_text("utf-8")
    for name in re.findall(r'"(qa_[a-z_]+)"', source):
        assert f"`{name}" in guide, name


def test_the_messages_of_the_guide_are_those_that_are_shown() -> None:
    guide = (ROOT / "docs" / "operations.md").read_text("utf-8")
    table = guide[guide.index("## 常见故障") :]
    source = "".join(path.read_text("utf-8") for path in (ROOT / "qa_service").rglob("*.py"))
    for shown in (
        "端口可能已被占用",
        "索引正在加载，请稍后再试。",
        "工作进程没有启动，原因见上面的日志。",
        "没有启用，仍用",
        "不是用现在的语料、模型和程序建的",
        "校验不符，可能已损坏",
        "另一个进程正在",
        "正在重建索引，请等它结束再试。",
        "是更新的版本写的，本版本读不了",
        "are not recorded until further notice",
        "，不像是对的",
    ):
        assert shown in table, shown
        assert shown in source, shown
