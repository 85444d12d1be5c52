from datetime import date

import pytest

from qa_service.corpus.papers.term import effective_of, expires_of

ISSUED = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("本办法自2026年4月10日起施行。", date(2026, 4, 10)),
        ("本办法自二〇二六年四月十日起施行。", date(2026, 4, 10)),
        ("本办法自２０２６年４月１０日起正式实施。", date(2026, 4, 10)),
        ("本通知自印发之日起施行。", ISSUED),
        ("本办法自公布之日起30日后施行。", date(2026, 4, 10)),
        ("原办法自“2019年1月1日起施行”。本办法自2026年4月10日起执行。", date(2026, 4, 10)),
        ("申报自2026年9月1日起受理。", None),
        ("没有说。", None),
    ],
)
def test_the_day_from_which_it_applies_is_found(text: str, day: date | None) -> None:
    assert effective_of(text, ISSUED) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("本办法自2026年4月10日起施行，有效期至2028年12月31日。", date(2028, 12, 31)),
        ("本办法自2026年4月10日起施行，至2028年12月31日止。", date(2028, 12, 31)),
        ("本办法自2026年4月10日起施行，有效期三年。", date(2029, 4, 9)),
        ("本办法自2026年4月10日起施行，有效期为两年。", date(2028, 4, 9)),
        ("本办法自2026年4月10日起试行，试行期一年。", date(2027, 4, 9)),
        ("备案自准予备案之日起生效，有效期为10年。", None),
        ("专利权的期限为二十年。", None),
        ("本办法所称贷款合同有效期至2025年12月31日。", None),
    ],
)
def test_the_last_day_is_found_only_where_the_paper_speaks_of_itself(text: str, day: date | None) -> None:
    assert expires_of(text, date(2026, 4, 10)) == day
