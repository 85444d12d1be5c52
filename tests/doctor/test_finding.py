from qa_service.doctor import Finding
from qa_service.doctor.finding import judged, warning


def test_a_finding_has_one_of_three_levels() -> None:
    assert Finding(True, "好").level == "ok"
    assert warning("看看").level == "warning"
    assert Finding(False, "坏").level == "fault"
    assert warning("看看").healthy


def test_advice_is_given_only_where_it_is_needed() -> None:
    assert judged(True, "够", "请加").text == "够"
    assert judged(False, "不够", "请加。") == warning("不够。请加。")
