from qa_service.text.book_marks import in_book_marks


def test_a_title_within_a_title_has_single_marks() -> None:
    assert in_book_marks("关于修改《甲办法》的通知") == "《关于修改〈甲办法〉的通知》"
