import csv
import io

import pytest

from qa_service.desk.spreadsheet import csv_bytes


@pytest.mark.parametrize("cell", ["=1+1", " =1", "\u3000@a", "\n=1", "\t1", "＝1", "-1", "+1"])
def test_nothing_in_a_table_is_worked_out(cell: str) -> None:
    rows = list(csv.reader(io.StringIO(csv_bytes(("问题",), [(cell,)]).decode("utf-8-sig"))))
    assert rows == [["问题"], [f"'{cell}"]]


def test_numbers_stay_numbers_and_text_stays_text() -> None:
    assert csv_bytes(("甲", "乙"), [(-3, "专利")]) == "\ufeff甲,乙\r\n-3,专利\r\n".encode()
