import contextlib
import time
from datetime import date

import pytest
import yaml

from qa_service.text.yaml_text import read_yaml


def test_what_people_write_is_read() -> None:
    assert read_yaml("id: a\ntopics: [资助, 保护]\nissued: 2026-01-01\n") == {
        "id": "a",
        "topics": ["资助", "保护"],
        "issued": date(2026, 1, 1),
    }


def test_a_reference_to_a_date_is_read_and_one_to_a_list_is_not() -> None:
    assert read_yaml("a: &d 2026-01-01\nb: *d") == {"a": date(2026, 1, 1), "b": date(2026, 1, 1)}
    with pytest.raises(yaml.YAMLError, match="引用"):
        read_yaml("a: &d [1]\nb: *d")


def test_nothing_is_hidden_in_an_escape() -> None:
    assert read_yaml('a: "专\\u200b利\\ud800"') == {"a": "专利"}


LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9)
)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 10_000,
        "a: " * 2_000,
        "- " * 5_000,
        LAUGHS,
        "a: 2026-13-45",
        "a: " + "9" * 5_000,
        "a: 1:99999999999",
        "? [a]\n: b",
        "!!python/object:os.system x",
        "a: *b",
        "\x00",
        "a: 0x",
        "a: 0b",
        "%YAML 9.9\n---\na",
        "&a [*a]",
        "a: .inf\n<<: 1",
    ],
)
def test_what_nobody_writes_is_a_fault_of_the_text_and_takes_no_time(text: str) -> None:
    began = time.perf_counter()
    with contextlib.suppress(yaml.YAMLError):
        read_yaml(text)
    assert time.perf_counter() - began < 2
