import os
import signal
import sys
from unittest.mock import Mock

import pytest

from qa_service.server.reload_signal import reloaded_by_signal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGHUP")


def test_the_signal_means_a_look_and_only_meanwhile() -> None:
    before = signal.getsignal(signal.SIGHUP)
    live = Mock()
    with reloaded_by_signal(live):
        os.kill(os.getpid(), signal.SIGHUP)
        signal.sigtimedwait([], 0.01)
        live.look_now.assert_called_once_with()
    assert signal.getsignal(signal.SIGHUP) is before


def test_a_service_without_a_live_build_leaves_the_signal_alone() -> None:
    before = signal.getsignal(signal.SIGHUP)
    with reloaded_by_signal(None):
        assert signal.getsignal(signal.SIGHUP) is before
