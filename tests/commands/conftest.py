from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _own_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What commands keep is kept for the test alone."""
    monkeypatch.setenv("QA_DATA_DIR", str(tmp_path / "var"))
