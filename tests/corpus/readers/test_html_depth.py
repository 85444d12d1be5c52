import time

import pytest

from qa_service.corpus.readers.html_depth import is_deeper


@pytest.mark.parametrize(
    "markup",
    [
        "<p>甲" * 5000,
        "<ul>" + "<li>甲" * 5000 + "</ul>",
        "<table>" + "<tr><td>甲<td>乙" * 5000 + "</table>",
        "<table>" + "<tr><td><div><b>甲</td></tr>" * 5000 + "</table>",
        "<br><img src=a>" * 5000,
        "<!--" + "<div>" * 5000 + "-->",
        "<script>" + "'<div>'" * 5000 + "</script>",
        "a < b " * 5000,
    ],
)
def test_a_long_page_is_not_deep(markup: str) -> None:
    assert not is_deeper(markup, 100)


@pytest.mark.parametrize("piece", ["<div>", "<span><i>", "<table><tr><td>", "<ul><li>", "<svg>"])
def test_a_deep_one_is(piece: str) -> None:
    assert is_deeper(piece * 101, 100)


def test_letters_that_are_set_in_ever_new_ways_and_never_end_are_deep_as_well() -> None:
    assert is_deeper("".join(f"<p><font size={n}>甲" for n in range(101)), 100)
    assert not is_deeper("<p><font size=3>甲" * 5000, 100)


@pytest.mark.parametrize("piece", ["<!--", "<script", "<style>", "<", "</div>", "<p>", "<a b='"])
def test_it_is_told_in_time_in_proportion_to_the_length(piece: str) -> None:
    began = time.perf_counter()
    is_deeper(piece * 200_000, 400)
    assert time.perf_counter() - began < 5
