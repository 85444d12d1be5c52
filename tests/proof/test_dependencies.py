import json
import subprocess
import sys

import pytest

from proof.dependencies import (
    ROOT,
    Package,
    licence_faults,
    missing_from,
    needed_by,
    normal,
    pins,
    read_advisories,
    unlike_pinned,
)


def packages(*found: tuple[str, str, str]) -> dict[str, Package]:
    return {name: Package(name, version, licence, ()) for name, version, licence in found}


def test_one_package_has_one_spelling() -> None:
    assert normal("Pdfminer.Six") == normal("pdfminer_six") == "pdfminer-six"


def test_another_version_than_the_pinned_one_is_named_and_so_is_what_is_not_pinned() -> None:
    found = packages(("a", "1.0", ""), ("b", "2.0+cpu", ""), ("c", "3", ""))
    faults = unlike_pinned(found, pins("a==1.1  # why\nB==2.0\n"), {"a", "b", "c"})
    assert faults == [
        "a 装的是 1.0，锁定的是 1.1，请重新运行 scripts/install",
        "c 3 没有锁定版本，请写进 constraints.txt",
    ]


@pytest.mark.parametrize(
    "licence", ["MIT", "BSD-3-Clause AND MIT", "Apache Software License", "MPL-2.0", "MIT OR GPL-2.0-or-later"]
)
def test_licences_that_may_be_used(licence: str) -> None:
    assert licence_faults(packages(("a", "1", licence)), {"a"}) == []


@pytest.mark.parametrize(
    "licence", ["", "AGPL-3.0", "GNU General Public License v3 (GPLv3)", "MIT AND GPL-2.0-only", "Secret"]
)
def test_licences_that_may_not(licence: str) -> None:
    assert len(licence_faults(packages(("a", "1", licence)), {"a"})) == 1


def test_what_is_needed_is_followed_to_the_end() -> None:
    found = {
        "a": Package("a", "1", "MIT", ("b", "not-installed")),
        "b": Package("b", "1", "MIT", ("a",)),
        "c": Package("c", "1", "MIT", ()),
    }
    assert needed_by(found, ["a"]) == {"a", "b"}


def test_a_bill_of_materials_that_lacks_a_package_is_not_whole() -> None:
    document = {"components": [{"name": "A", "version": "1"}, {"name": "b", "version": "1"}]}
    assert missing_from(document, packages(("a", "1", ""), ("b", "2", "")), {"a", "b"}) == ["b"]


def test_a_source_that_knows_nothing_was_not_reached() -> None:
    said = {"dependencies": [{"name": "a", "skip_reason": "not found"}, {"name": "b", "skip_reason": "not found"}]}
    assert not read_advisories(json.dumps(said)).was_reached


def test_a_vulnerability_is_named_with_what_mends_it() -> None:
    faulty = {"name": "a", "version": "1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"]}]}
    found = read_advisories(json.dumps({"dependencies": [faulty, {"name": "b", "version": "1", "vulns": []}]}))
    assert found.was_reached
    assert found.vulnerable == ("a 1：PYSEC-1，1.1版本已修复",)


@pytest.mark.parametrize("script", ["load", "soak", "audit"])
def test_a_script_says_what_it_does(script: str) -> None:
    command: list[str] = [sys.executable, str(ROOT / "scripts" / script), "--help"]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=60, env={"PYTHONPATH": str(ROOT)}, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Exit status" in done.stdout
