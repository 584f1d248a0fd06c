"""The app for any ASGI server: the framework's routes, our CSV route, and compressed answers."""

from pathlib import Path

from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from streamlit import App

from dashboard import files

SCRIPT = Path(__file__).with_name("app.py")


SEALED = "sandbox; default-src 'none'; style-src 'unsafe-inline'; font-src data:"
"""What a page that is handed out may do: show its own text and type, and reach nothing."""


def fetch(request: Request) -> Response:
    """The table or page behind a link, as a download. It runs in a worker thread, so that a large one stops nobody."""
    offer = files.taken(request.path_params["token"])
    if offer is None:
        return PlainTextResponse("This link is no longer valid. Reload the screen it stands on.", status_code=404)
    headers = {"Content-Disposition": f'attachment; filename="{offer.name}"', "Cache-Control": "no-store"}
    made = offer.make()
    if isinstance(made, str):
        sealed = {"Content-Security-Policy": SEALED, "X-Content-Type-Options": "nosniff"}
        return Response(made, media_type="text/html; charset=utf-8", headers=headers | sealed)
    return Response("\ufeff" + files.csv(made), media_type="text/csv; charset=utf-8", headers=headers)


def make() -> App:
    """The app. The company folder is read from the environment (`SEVENVIEWS_COMPANY`)."""
    return App(
        SCRIPT,
        routes=[Route("/file/{token}/{name}", fetch, methods=["GET"])],
        middleware=[Middleware(GZipMiddleware, minimum_size=800, compresslevel=5)],
    )
