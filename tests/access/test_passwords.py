from unittest.mock import patch

import pytest

from qa_service.access.passwords import (
    LONGEST,
    Passwords,
    generated_password,
    refuse_weak,
)
from qa_service.errors import AccessError


def test_a_password_is_kept_as_argon2id_at_the_cost_that_is_recommended() -> None:
    kept = Passwords().hashed("一句好记的话，我记得住")
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert Passwords().matches(kept, "一句好记的话，我记得住")
    assert not Passwords().matches(kept, "一句好记的话，我记不住")


def test_the_same_characters_of_another_keyboard_are_the_same_password(cheap: Passwords) -> None:
    assert cheap.matches(cheap.hashed("correct horse 12"), "ｃorrect horse １２")


def test_nobodys_password_is_looked_at_like_anybodys(cheap: Passwords) -> None:
    with patch.object(cheap, "_hasher", wraps=cheap._hasher) as hasher:
        assert not cheap.matches(None, "一句好记的话，我记得住")
    assert hasher.verify.call_count == 1


def test_what_is_no_hash_matches_nothing(cheap: Passwords) -> None:
    assert not cheap.matches("", "x" * 12)
    assert not cheap.matches("$argon2id$broken", "x" * 12)


def test_a_hash_at_another_cost_is_outdated(cheap: Passwords) -> None:
    assert Passwords(memory_kib=16, passes=1).outdated(cheap.hashed("a long password"))
    assert not cheap.outdated(cheap.hashed("a long password"))


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("short", "5 个字符"),
        ("九个字的密码不够长", "9 个字符"),
        ("x" * (LONGEST + 1), "应为 10—128"),
        ("1234567890", "太常见"),
        ("Password123", "太常见"),
        ("１２３４５６７８９０", "太常见"),
        ("aaaaaaaaaaaa", "太常见"),
        ("wangxiaoming", "账号名"),
        ("WangXiaoming01", "账号名"),
        ("tab\there and more", "控制字符"),
    ],
)
def test_a_weak_password_is_refused_in_words(password: str, fault: str) -> None:
    with pytest.raises(AccessError, match=fault):
        refuse_weak(password, "wangxiaoming")


@pytest.mark.parametrize(
    "password", ["一句好记的话一二三四", "correct horse battery", "lowercaseonly", "x y z w q r s t", "8 4 7 1 9 3 5 2"]
)
def test_no_kind_of_character_is_asked_for(password: str) -> None:
    refuse_weak(password, "王")


def test_a_password_that_is_made_can_be_taken_and_is_another_each_time() -> None:
    made = {generated_password() for _ in range(50)}
    assert len(made) == 50
    for password in made:
        refuse_weak(password, "admin")
