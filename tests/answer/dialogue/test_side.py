import pytest

from qa_service.answer.dialogue.side import SIDES, side_asked, side_named, take_apart, trimmed, without_other_sides


@pytest.mark.parametrize(
    ("question", "matter", "tail"),
    [
        ("发明专利保护期是多久", "发明专利", "保护期是多久"),
        ("知识产权质押金额目标是多少", "知识产权质押金额", "目标是多少"),
        ("商标注册要交哪些材料", "商标注册", "要交哪些材料"),
        ("委托别人设计的花型版权归谁", "委托别人设计的花型版权", "归谁"),
        ("什么是地理标志", "地理标志", "是什么"),
        ("请问一下商标被驳回了能复审吗", "商标被驳回了能复审", "能复审吗"),
        ("展会上被侵权了去哪里投诉", "展会上被侵权", "去哪里投诉"),
        ("专利质押贷款有补贴吗", "专利质押贷款", "有补贴吗"),
        ("画花型的没签合同，版权归谁？", "画花型的没签合同，版权", "归谁"),
        ("技术转让所得", "技术转让所得", ""),
        ("", "", ""),
    ],
)
def test_a_question_is_a_matter_and_how_it_asks(question: str, matter: str, tail: str) -> None:
    asked = take_apart(question)
    assert (asked.matter, asked.tail) == (matter, tail)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("要多少钱", "费用"),
        ("多久", "时间"),
        ("去哪办", "地点"),
        ("有补贴吗", "补贴"),
        ("罚多少", "责任"),
        ("归谁", "主体"),
    ],
)
def test_a_side_is_told_by_how_it_is_asked_for(text: str, name: str) -> None:
    side = side_asked(text)
    assert side is not None
    assert side.name == name


def test_a_side_may_be_called_by_its_name_alone() -> None:
    named = side_named("费用")
    assert named is not None
    assert (named[0].name, named[1]) == ("费用", "费用")
    assert side_named("实用新型") is None


def test_the_name_of_another_side_is_no_part_of_a_matter() -> None:
    assert without_other_sides("商标异议期", None) == "商标异议"
    costs = next(side for side in SIDES if side.name == "费用")
    assert without_other_sides("商标注册费用", costs) == "商标注册"
    assert without_other_sides("期", None) == "期"


@pytest.mark.parametrize("word", ["展会", "共有", "摘要", "功能", "所得", "委员会"])
def test_a_word_that_ends_like_a_particle_stays_whole(word: str) -> None:
    assert trimmed(f"{word}，") == word
