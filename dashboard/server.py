"""Serves the dashboard of one company folder on this machine."""

import os
import sys
import threading
import webbrowser
from pathlib import Path

import uvicorn

from dashboard.screens.frame import COMPANY


def serve(folder: Path, host: str = "127.0.0.1", port: int = 8501, open_browser: bool = True) -> None:
    """Serve until stopped. Prints the address, and opens it where there is a desktop.

    Binds 127.0.0.1 unless told otherwise: whoever lets the network in says so.
    """
    os.environ[COMPANY] = str(folder.resolve())
    from dashboard import app_asgi

    _warm()
    address = f"http://{'127.0.0.1' if host in ('0.0.0.0', '::') else host}:{port}"
    config = uvicorn.Config(app_asgi.make(), host=host, port=port, log_level="warning", access_log=False)
    server = _Announcing(config, address, open_browser and has_desktop())
    server.run()


class _Announcing(uvicorn.Server):
    """Says where it can be reached once it can be."""

    def __init__(self, config: uvicorn.Config, address: str, open_browser: bool) -> None:
        super().__init__(config)
        self._address, self._open_browser = address, open_browser

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        await super().startup(sockets)  # type: ignore[arg-type]
        if self.started:
            print(f"Seven Views is at {self._address} (stop with Ctrl+C)", flush=True)
            if self._open_browser:
                threading.Thread(target=webbrowser.open, args=(self._address,), daemon=True).start()


def has_desktop() -> bool:
    """Whether a browser opened here would be seen."""
    if sys.platform in ("darwin", "win32"):
        return not os.environ.get("SSH_CONNECTION")
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _warm() -> None:
    """Import and compile what the first page needs before anyone asks for it."""
    from dashboard.screens import bar, week  # noqa: F401
    from dashboard.templating import environment

    for name in ("week", "bar"):
        environment().get_template(f"{name}.html")
