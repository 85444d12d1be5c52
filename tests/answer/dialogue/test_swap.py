import pytest

from qa_service import shipped
from qa_service.answer.dialogue.swap import Parallels
from qa_service.corpus.lexicon import read_lexicon


@pytest.fixture(scope="module")
def parallels() -> Parallels:
    return Parallels(read_lexicon(shipped.corpus_folder() / "lexicon"))


@pytest.mark.parametrize(
    ("said", "question", "swapped"),
    [
        ("实用新型", "发明专利保护期是多久", "实用新型保护期是多久"),
        ("个人", "企业申请费减要什么条件", "个人申请费减要什么条件"),
        ("个人申请", "企业申请费减要什么条件", "个人申请费减要什么条件"),
        ("2025年", "2020年质押融资额多少", "2025年质押融资额多少"),
        ("第十二条", "专利法第十一条讲什么", "专利法第十二条讲什么"),
        ("续展", "商标注册要多久", "商标续展要多久"),
        ("作品登记", "软件著作权登记去哪办", "作品登记去哪办"),
        ("南通", "海门有几家代理机构", "南通有几家代理机构"),
        ("个人", "商标注册要多久", None),
        ("地理标志产品销售额", "发明专利拥有量是多少", None),
        ("实用新型", "实用新型保护期是多久", None),
    ],
)
def test_a_part_takes_the_place_of_one_of_its_class(
    parallels: Parallels, said: str, question: str, swapped: str | None
) -> None:
    assert parallels.swapped(said, question) == swapped


def test_what_says_when_and_who_modifies(parallels: Parallels) -> None:
    assert parallels.modifies("个人")
    assert parallels.modifies("2020年")
    assert not parallels.modifies("商标")
    assert not parallels.modifies("从业人数")


def test_times_and_places_are_kept_and_left_out(parallels: Parallels) -> None:
    assert parallels.times_in("海门2020年底有几家代理机构") == "海门2020年底"
    assert parallels.without_times("2020年底专利拥有量") == "专利拥有量"


def test_two_words_of_one_class_are_a_former_and_a_latter(parallels: Parallels) -> None:
    assert parallels.of_one_class("独占许可和普通许可有什么区别") == ("独占许可", "普通许可")
    assert parallels.of_one_class("今天下雨") == ()
