from pathlib import Path

import pytest
from pydantic import BaseModel

from qa_service.corpus.json_lines import read_json_lines
from qa_service.errors import CorpusError


class Fruit(BaseModel):
    name: str


def test_objects_come_in_order_and_blank_lines_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "fruit.jsonl"
    path.write_text('{"name": "梨"}\n\n  \n{"name": "桃"}\n', "utf-8")
    assert list(read_json_lines(path, Fruit, "name")) == [Fruit(name="梨"), Fruit(name="桃")]


@pytest.mark.parametrize("line", ["{", "[]", '{"colour": "红"}', '{"name": 1}'])
def test_a_line_that_is_not_of_the_shape_is_named_with_what_it_should_hold(tmp_path: Path, line: str) -> None:
    path = tmp_path / "fruit.jsonl"
    path.write_text(f'{{"name": "梨"}}\n{line}\n', "utf-8")
    with pytest.raises(CorpusError, match=r"fruit\.jsonl 第 2 行：应是含 name 的 JSON 对象"):
        list(read_json_lines(path, Fruit, "name"))
