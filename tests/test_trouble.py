import logging

import pytest

from qa_service.trouble import Trouble


def test_what_goes_wrong_is_told_once_until_it_has_been_right(caplog: pytest.LogCaptureFixture) -> None:
    trouble = Trouble(logging.getLogger("mended"), "%s is broken: %s")
    with caplog.at_level(logging.WARNING):
        trouble.over()
        assert not trouble.lasts
        for _ in range(3):
            trouble.met("the door", "no key")
        assert trouble.lasts
        trouble.over()
        trouble.met("the door", "no lock")
    assert [record.getMessage() for record in caplog.records] == [
        "the door is broken: no key",
        "the door is broken: no lock",
    ]
    assert {record.name for record in caplog.records} == {"mended"}
