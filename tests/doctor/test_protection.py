from pathlib import Path

from pydantic import SecretStr

from qa_service.access.staff import Role
from qa_service.clock import china_clock
from qa_service.doctor.protection import look_at_protection, look_at_staff, look_at_switches
from qa_service.journal.switches import SwitchStore
from qa_service.keeping import open_journal
from qa_service.settings import Settings
from qa_service.staff_gate import open_staff_gate


def warnings(settings: Settings) -> str:
    return "\n".join(finding.text for finding in look_at_protection(settings) if finding.warning)


def test_the_defaults_need_no_warning(tmp_path: Path) -> None:
    assert warnings(Settings(data_dir=tmp_path)) == ""


def test_what_lets_anybody_in_is_warned_of(tmp_path: Path) -> None:
    assert "没有限流" in warnings(Settings(data_dir=tmp_path, rate_limit="off"))
    assert "各数各的" in warnings(Settings(data_dir=tmp_path, workers=2))
    assert "任何网站" in warnings(Settings(data_dir=tmp_path, widget_origins="*"))
    assert "太宽" in warnings(Settings(data_dir=tmp_path, trusted_proxies="0.0.0.0/4"))
    assert "当成一个地址" in warnings(Settings(data_dir=tmp_path, public_url="https://qa.example.gov.cn"))
    assert "Redis 连不上" in warnings(Settings(data_dir=tmp_path, redis_url=SecretStr("redis://127.0.0.1:1/0")))


def test_what_is_switched_off_is_told(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    assert not any(finding.warning for finding in look_at_switches(settings))
    SwitchStore(open_journal(settings), china_clock).switch_off("llm", "王", "费用超了")
    (finding,) = look_at_switches(settings)
    assert finding.warning
    assert "费用超了" in finding.text


def test_staff_without_an_admin_are_warned_of(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, public_url="https://qa.example.gov.cn")
    (none,) = look_at_staff(settings)
    assert "第一个管理员" in none.text
    accounts = open_staff_gate(settings).accounts
    accounts.add("li", Role.READER, "cli:test")
    assert "没有管理员" in next(iter(look_at_staff(settings))).text
    accounts.add("wang", Role.ADMIN, "cli:test")
    assert [finding.warning for finding in look_at_staff(settings)] == [False]
