from collections import Counter
from itertools import islice
from pathlib import Path

import httptools

from proof.asking import distinct, everyday_questions, natural, request_of, write_bodies


def test_the_questions_are_the_same_every_time_and_none_comes_twice(tiny_corpus: Path) -> None:
    questions = everyday_questions(tiny_corpus)
    assert sorted(questions) == ["拿到发明证书给多少钱", "授权了有补贴吗"]
    assert everyday_questions(tiny_corpus) == questions


def test_none_is_repeated_before_all_were_asked() -> None:
    questions = [str(number) for number in range(50)]
    assert sorted(islice(distinct(questions, 20), 50)) == sorted(questions)


def test_people_ask_a_few_questions_often_and_most_seldom() -> None:
    asked = Counter(islice(natural([str(number) for number in range(1000)]), 20_000))
    assert 5 * asked["9"] < asked["0"] < 20 * asked["9"]
    assert len(asked) > 900


def test_a_request_is_one_that_a_server_can_read(tmp_path: Path) -> None:
    bodies: list[bytes] = []

    class Read:
        def on_body(self, body: bytes) -> None:
            bodies.append(body)

    httptools.HttpRequestParser(Read()).feed_data(request_of("拿专利能贷款吗"))
    assert b"".join(bodies).decode() == '{"question": "拿专利能贷款吗"}'
    write_bodies(tmp_path / "bodies", distinct(["a", "b"]), 3)
    assert (tmp_path / "bodies").read_text().count("\n") == 3
