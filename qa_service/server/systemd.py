"""What systemd is told where it asks to be: ready, stopping (sd_notify(3), ``Type=notify``)."""

import os
import socket

READY = "READY=1"
STOPPING = "STOPPING=1"


def notify(state: str) -> bool:
    """Tell the service manager of a state; returns whether there is one that was told.

    Nothing depends on it: a manager that cannot be reached is left out.

    Args:
        state: assignments, one a line, as sd_notify has them.
    """
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")) or not hasattr(socket, "AF_UNIX"):
        return False
    if address.startswith("@"):  # a name in the abstract namespace
        address = f"\0{address[1:]}"
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
            manager.connect(address)
            manager.sendall(state.encode())
    except OSError:
        return False
    return True
