import pytest
from typer.testing import CliRunner

from qa_service.commands.switch import switch_app
from qa_service.errors import SwitchError


def run(*arguments: str) -> str:
    result = CliRunner().invoke(switch_app, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_a_switch_is_listed_switched_off_and_on_again() -> None:
    assert run("list").count("：开") == run("list").count("\n")
    run("off", "llm", "--comment", "费用超了")
    (line,) = [line for line in run("list").splitlines() if "停用" in line]
    assert line.startswith("llm")
    assert "费用超了" in line
    run("on", "llm", "--comment", "续费了")
    assert "停用" not in run("list")


def test_a_switch_that_does_not_exist_is_named() -> None:
    with pytest.raises(SwitchError, match="everything"):
        run("off", "everything", "--comment", "演练")
    assert CliRunner().invoke(switch_app, ["off", "llm"]).exit_code == 2
