"""Serving: on this machine only unless told otherwise, and a browser only where someone would see it."""

import pytest
import uvicorn

from dashboard import server
from dashboard.screens.frame import COMPANY


@pytest.fixture
def started(monkeypatch):
    """What `serve` would have started, without starting it."""
    seen = {}

    def run(self: uvicorn.Server) -> None:
        seen.update(host=self.config.host, port=self.config.port, address=self._address, browser=self._open_browser)

    monkeypatch.setattr(server._Announcing, "run", run)
    monkeypatch.setattr(server, "_warm", lambda: None)
    return seen


def test_it_binds_this_machine_unless_told_otherwise(started, tmp_path, monkeypatch):
    monkeypatch.setenv(COMPANY, "")
    server.serve(tmp_path, port=8599)
    assert (started["host"], started["address"]) == ("127.0.0.1", "http://127.0.0.1:8599")


def test_the_address_it_prints_can_be_opened_when_the_network_is_let_in(started, tmp_path, monkeypatch):
    monkeypatch.setenv(COMPANY, "")
    server.serve(tmp_path, host="0.0.0.0", port=8599)
    assert (started["host"], started["address"]) == ("0.0.0.0", "http://127.0.0.1:8599")


@pytest.mark.parametrize(("display", "opens"), [(":0", True), ("", False)])
def test_a_browser_opens_only_where_there_is_a_desktop(started, tmp_path, monkeypatch, display, opens):
    monkeypatch.setenv(COMPANY, "")
    monkeypatch.setattr(server.sys, "platform", "linux")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", display)
    server.serve(tmp_path)
    assert started["browser"] is opens
    server.serve(tmp_path, open_browser=False)
    assert started["browser"] is False
