import asyncio
from collections.abc import AsyncIterator

from qa_service.answer.models import Answer, Reason, Status
from qa_service.answer.speech import Generator, Piece, speak, whole

ANSWER = Answer("问", Status.ANSWERED, Reason.COMPLETE, "最高五万元。[1]自受理之日起三日内。[2]\n- 材料一[3]")


def spoken(answer: Answer, generator: Generator | None = None) -> list[Piece | Answer]:
    async def collect() -> list[Piece | Answer]:
        return [piece async for piece in speak(answer, generator)]

    return asyncio.run(collect())


def test_an_answer_is_spoken_sentence_by_sentence_and_ends_whole() -> None:
    *pieces, last = spoken(ANSWER)
    assert [p.text for p in pieces if isinstance(p, Piece)] == [
        "最高五万元。[1]",
        "自受理之日起三日内。[2]",
        "\n- 材料一[3]",
    ]
    assert last is ANSWER


def test_a_generator_has_the_word_where_there_is_one() -> None:
    class Shout:
        async def write(self, answer: Answer) -> AsyncIterator[Piece | Answer]:
            yield Piece("五万元！[1]")
            yield Answer(answer.question, answer.status, answer.reason, "五万元！[1]")

    assert isinstance(spoken(ANSWER, Shout())[0], Piece)
    assert asyncio.run(whole(ANSWER, Shout())).text == "五万元！[1]"
