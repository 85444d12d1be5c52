import pytest

from qa_service.answer.figures.right import besides_rights, may_hold_for, rights_in


@pytest.mark.parametrize(
    ("text", "rights"),
    [
        ("发明专利申请费900元", {"发明"}),
        ("实用新型、外观设计各300元", {"实用新型", "外观设计"}),
        ("专利年费", {"专利"}),
        ("职务发明的发明人", set()),
        ("发明创造", set()),
        ("集体商标注册费", {"集体商标"}),
        ("注册商标", {"商标"}),
    ],
)
def test_the_narrowest_kind_is_named(text: str, rights: set[str]) -> None:
    assert rights_in(text) == rights


def test_what_is_said_of_the_wider_kind_holds_for_the_narrower_and_not_the_other_way() -> None:
    assert may_hold_for(frozenset({"专利"}), frozenset({"发明"}))
    assert not may_hold_for(frozenset({"发明"}), frozenset({"专利"}))
    assert not may_hold_for(frozenset({"发明"}), frozenset({"实用新型"}))
    assert not may_hold_for(frozenset({"集体商标"}), frozenset({"商标"}))
    assert not may_hold_for(frozenset({"发明"}), frozenset())
    assert may_hold_for(frozenset({"专利"}), frozenset())
    assert may_hold_for(frozenset(), frozenset({"发明"}))


def test_a_word_may_say_nothing_but_the_kind() -> None:
    assert [besides_rights(w) for w in ("发明专利", "商标", "专利许可", "保护期")] == ["", "", "许可", "保护期"]
