import pytest

from qa_service.text.pinyin import Sounds, coarse


@pytest.fixture(scope="module")
def sounds() -> Sounds:
    return Sounds()


@pytest.mark.parametrize(("one", "other"), [("专利", "砖力"), ("商标", "伤镖"), ("质押", "制呀")])
def test_homophones_have_the_same_marks(sounds: Sounds, one: str, other: str) -> None:
    assert sounds.exact(one) == sounds.exact(other)


@pytest.mark.parametrize(("one", "other"), [("zhi", "zi"), ("ning", "lin"), ("shang", "san"), ("fu", "hu")])
def test_what_is_easily_misheard_is_one_coarse_sound(one: str, other: str) -> None:
    assert coarse(one) == coarse(other)


@pytest.mark.parametrize(("one", "other"), [("ban", "pan"), ("zhu", "zhuan"), ("qing", "qiong")])
def test_what_is_plainly_different_stays_so(one: str, other: str) -> None:
    assert coarse(one) != coarse(other)


def test_a_character_that_is_only_much_alike_is_no_homophone(sounds: Sounds) -> None:
    assert sounds.exact("注") != sounds.exact("组")
    assert sounds.coarse("注") == sounds.coarse("组")


def test_a_word_is_heard_as_it_is_read_in_it_and_character_by_character(sounds: Sounds) -> None:
    assert sounds.coarse("银杭") in sounds.heard_as("银行")
    assert sounds.coarse("银形") in sounds.heard_as("银行")


def test_there_is_one_mark_a_character(sounds: Sounds) -> None:
    assert len(sounds.exact("专利 PCT，𠀀")) == len("专利 PCT，𠀀")
