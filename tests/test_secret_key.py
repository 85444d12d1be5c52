import os
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from qa_service.errors import SettingsError
from qa_service.secret_key import SecretKey, read_secret_key


def test_a_key_is_made_when_it_is_first_needed_and_found_again(tmp_path: Path) -> None:
    first = read_secret_key(None, tmp_path / "var")
    assert not (tmp_path / "var").exists()
    first.derived("a")
    assert read_secret_key(None, tmp_path / "var").derived("a") == first.derived("a")
    assert read_secret_key(None, tmp_path / "other").derived("a") != first.derived("a")


@pytest.mark.skipif(sys.platform == "win32", reason="no POSIX permissions")
def test_only_its_owner_reads_the_key(tmp_path: Path) -> None:
    read_secret_key(None, tmp_path).derived("a")
    assert stat.S_IMODE(os.stat(tmp_path / "secret.key").st_mode) == 0o600


def test_those_who_start_at_once_have_the_same_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(lambda _: read_secret_key(None, tmp_path).derived("a"), range(16)))
    assert len(set(keys)) == 1


def test_a_key_means_another_thing_for_each_purpose() -> None:
    key = SecretKey(b"k" * 32)
    assert key.derived("cookie") != key.derived("session")
    assert key.pseudonym("session", "x") == key.pseudonym("session", "x")
    assert key.pseudonym("session", "x") != key.pseudonym("address", "x")
    assert len(key.pseudonym("address", "10.0.0.1", characters=12)) == 12
    assert SecretKey(b"j" * 32).pseudonym("session", "x") != key.pseudonym("session", "x")
    assert "kkk" not in repr(key)


def test_a_short_or_damaged_key_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="至少要 32"):
        read_secret_key("short", tmp_path)
    (tmp_path / "secret.key").write_text("not hexadecimal", "ascii")
    with pytest.raises(SettingsError, match=r"secret\.key"):
        read_secret_key(None, tmp_path).derived("a")
