"""What the pages, the image and the package promise each other."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LAYERS = [
    "text",
    "corpus",
    "index",
    "search",
    "answer",
    "journal",
    "access",
    "desk",
    "evaluation",
    "benchmark",
    "server",
]


def imports_of(path: Path) -> set[str]:
    return set(re.findall(r"^\s*(?:from|import) qa_service\.(\w+)", path.read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("layer", LAYERS)
def test_a_folder_imports_only_from_those_to_its_left(layer: str) -> None:
    right = set(LAYERS[LAYERS.index(layer) + 1 :])
    offenders = {p.name: imports_of(p) & right for p in (ROOT / "qa_service" / layer).rglob("*.py")}
    assert {name: bad for name, bad in offenders.items() if bad} == {}


def test_the_image_installs_with_the_step_that_scripts_run_uses() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text("utf-8")
    assert "scripts/install" in (ROOT / "scripts" / "run").read_text("utf-8")
    assert re.search(r"^RUN .*\./scripts/install$", dockerfile, re.MULTILINE)
    assert re.search(r"^USER (?!root)\w+", dockerfile, re.MULTILINE)
    assert "HEALTHCHECK" in dockerfile
    assert "qa-service build" in dockerfile


def test_what_the_image_copies_is_there() -> None:
    for line in re.findall(r"^COPY (.+)$", (ROOT / "Dockerfile").read_text("utf-8"), re.MULTILINE):
        for source in line.split()[:-1]:
            assert (ROOT / source).exists(), source


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *(w for extra in project["optional-dependencies"].values() for w in extra)]
    names = {re.split(r"[><=\[]", w)[0].lower().replace("_", "-") for w in wanted}
    pins = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pinned = {line.split("==")[0].lower().replace("_", "-") for line in pins if "==" in line}
    assert names <= pinned
    assert "torch==2.13.0" in pins


def test_who_installs_gets_the_optional_features_and_who_tests_all_they_need() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    line = re.search(r"^runtime=(\S+)", (ROOT / "scripts" / "install").read_text("utf-8"), re.MULTILINE)
    assert line
    for extra in line[1].split(","):
        assert set(extras[extra]) <= set(extras["dev"]), extra


def test_the_shipped_model_is_small() -> None:
    size = sum(p.stat().st_size for p in (ROOT / "qa_service" / "shipped" / "model").rglob("*") if p.is_file())
    assert size < 40_000_000


@pytest.mark.parametrize("script", ["fuzz", "install", "run", "test"])
def test_a_script_is_executable_and_parses(script: str) -> None:
    path = ROOT / "scripts" / script
    assert path.stat().st_mode & 0o111
    if sys.platform != "win32":
        subprocess.run(["bash", "-n", str(path)], check=True)
