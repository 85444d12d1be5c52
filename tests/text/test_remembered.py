from qa_service.text.remembered import remembered


def test_a_short_text_is_worked_out_once_and_a_long_one_each_time() -> None:
    worked: list[int] = []

    @remembered(2)
    def length(text: str) -> int:
        """How long it is."""
        worked.append(len(text))
        return len(text)

    for text in ("专利", "专利", "字" * 501, "字" * 501):
        assert length(text) == len(text)
    assert worked == [2, 501, 501]
    length("商标法")
    length("著作权法")
    length("专利")  # the third of two was forgotten
    assert worked == [2, 501, 501, 3, 4, 2]
    assert (length.__name__, length.__doc__) == ("length", "How long it is.")
