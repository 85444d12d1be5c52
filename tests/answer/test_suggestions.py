from qa_service.answer.suggestions import suggestions_from
from qa_service.corpus.models import EverydayQuestion, Passage
from qa_service.search.ranking import NOTHING, Features
from qa_service.search.searcher import Hit


def hit(name: str, *asked: tuple[str, str, float]) -> Hit:
    """A passage that was found, with its everyday questions: the question, the sentence it asks of, its cosine."""
    passage = Passage(f"d#{name}", "d", name, (), "", "文", 0, 1)
    questions = tuple((EverydayQuestion(text, "d", name, starts), score) for text, starts, score in asked)
    return Hit(passage, 1.0, NOTHING, Features(*[0.0] * len(Features._fields)), {}, questions)


def test_the_nearest_questions_on_other_sentences_are_suggested() -> None:
    found = [
        hit("一", ("商标注册费是多少钱？", "甲", 0.85), ("商标注册费怎么缴纳？", "乙", 0.8)),
        hit("二", ("商标续展在哪里办理？", "丙", 0.7), ("商标续展去哪里办？", "丙", 0.6)),
        hit("三", ("商标转让去哪里办？", "丁", 0.5)),
        hit("四", ("商标许可备案怎么办？", "戊", 0.4)),
    ]
    assert suggestions_from(found, "商标注册多少钱") == (
        "商标注册费怎么缴纳？",
        "商标续展在哪里办理？",
        "商标转让去哪里办？",
    )


def test_neither_the_question_asked_nor_one_as_good_as_it_is_suggested() -> None:
    found = [
        hit("一", ("甲乙丙丁多少？", "", 0.5)),
        hit("二", ("商标转让去哪里办?", "甲", 0.6), ("商标转让到哪里办？", "乙", 0.95)),
    ]
    assert suggestions_from(found, "商标转让去哪里办？") == ()


def test_a_question_from_somebody_s_own_story_or_for_a_verdict_is_not_suggested() -> None:
    own = ("我家商标被人抢注怎么办？", "商标被抢注了是不是没救？", "商标转让必须登记吗？", "去哪？", "没有问号的一句话")
    found = [hit("零"), *(hit(text, (text, "甲", 0.5)) for text in own)]
    assert suggestions_from(found, "别的") == ()


def test_nothing_found_suggests_nothing() -> None:
    assert suggestions_from([], "商标") == ()
