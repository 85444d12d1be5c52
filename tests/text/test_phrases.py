import random

from qa_service.text.phrases import Phrases


def test_a_phrase_inside_a_longer_one_does_not_count_unless_it_stands_elsewhere() -> None:
    phrases = Phrases(["专利", "专利贷款", "贷款"])
    assert phrases.standing_in("专利贷款找谁") == ["专利贷款"]
    assert phrases.standing_in("专利贷款和专利") == ["专利贷款", "专利"]


def test_a_phrase_of_one_character_is_found() -> None:
    assert Phrases(["费", "年费"]).standing_in("缴费") == ["费"]
    assert Phrases(["费"]).standing_in("") == []


def test_looking_up_by_first_characters_finds_what_looking_for_each_phrase_finds() -> None:
    rng = random.Random(11)
    phrases = ["".join(rng.choices("甲乙丙", k=rng.randint(1, 4))) for _ in range(30)]
    for _ in range(200):
        text = "".join(rng.choices("甲乙丙丁", k=12))
        rest, expected = text, []
        for phrase in sorted(dict.fromkeys(phrases), key=len, reverse=True):
            if phrase in rest:
                rest = rest.replace(phrase, "\n")
                expected.append(phrase)
        assert Phrases(phrases).standing_in(text) == expected
