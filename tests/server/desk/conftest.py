"""The desk is staff's: its tests stand on what the staff API's stand on."""

from tests.server.staff.conftest import app, browser, field, gate, hands, settings, signed_in

__all__ = ["app", "browser", "field", "gate", "hands", "settings", "signed_in"]
