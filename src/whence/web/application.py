"""The application: routes, templates, errors, and the guard around them all."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import jinja2
import msgspec
from litestar import Litestar, Response
from litestar.config.response_cache import ResponseCacheConfig
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.response import Template
from litestar.static_files import create_static_files_router
from litestar.template.config import TemplateConfig

from whence._version import __version__
from whence.errors import Conflict, IntakeError, NotFound, WhenceError

from . import wording
from .asking import paging, wanted
from .entering import enter
from .guarding import LOOPBACK, Guard
from .pages import HANDLERS
from .site import Asked, Site, looking, may, person_of, site_of, token_of, who_of

log = logging.getLogger(__name__)
HERE = Path(__file__).parent
LARGEST = 64_000_000
"""Bytes of a form at most; intake has its own, narrower limits."""
MENU = (
    ("inbox", "Inbox"),
    ("documents", "Documents"),
    ("incidents", "Incidents"),
    ("merge", "Merge"),
    ("coding", "Coding"),
    ("questions", "Questions"),
    ("sources", "Sources"),
    ("actors", "Actors"),
    ("search", "Search"),
    ("export", "Export"),
    ("activity", "Activity"),
)
KEYS = (
    ("j k", "next and previous row or claim"),
    ("Enter", "open the row"),
    ("g", "from a claim to its words, from words to their claim"),
    ("e", "correct the field that is chosen, or the first one"),
    ("a", "accept: grade the report as probably true"),
    ("u", "unsure: grade it as not to be judged"),
    ("x", "reject: hide the report, with a reason"),
    ("m", "merge: the two reports tell of one incident; on an incident, look at what may be of it too"),
    ("s", "split: the two reports do not tell of one incident"),
    ("n", "leave the pair, and go to the next"),
    ("z", "undo the last judgement"),
    ("/", "search"),
    ("Esc", "close the sheet"),
    ("?", "these keys"),
)
"""The keys, as the page of help shows them; `site.js` listens for them."""


def application(site: Site, *, names: tuple[str, ...] = ()) -> Litestar:
    """The site as an ASGI application; it closes nothing, the store is its maker's.

    It answers under loopback names and those that are given; with accounts under bare addresses too.
    """
    app = Litestar(
        route_handlers=[
            *HANDLERS,
            create_static_files_router(path="/static", directories=[HERE / "static"], include_in_schema=False, cache_control=None),
        ],
        dependencies={
            "wanted": Provide(wanted, sync_to_thread=False),
            "paging": Provide(paging, sync_to_thread=False),
        },
        template_config=TemplateConfig(instance=_engine()),
        openapi_config=OpenAPIConfig(
            title="Whence",
            version=__version__,
            description="Sourced event data: documents, incidents, sources and judgements. Every page of the site has its JSON here.",
            path="/schema",
            render_plugins=[JsonRenderPlugin()],
        ),
        exception_handlers={WhenceError: _whence_error, HTTPException: _http_error, Exception: _other_error},
        before_request=enter,
        request_max_body_size=LARGEST,
        response_cache_config=ResponseCacheConfig(default_expiration=0),
        debug=False,
    )
    app.state.site = site
    hosts = (*LOOPBACK, *(n.lower() for n in names))
    app.asgi_handler = Guard(app.asgi_handler, hosts, addresses=site.accounts, secure=site.secure)
    return app


def _engine() -> JinjaTemplateEngine:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.globals |= {
        "words": wording,
        "address": wording.address,
        "menu": MENU,
        "keys": KEYS,
        "version": __version__,
        "token_of": token_of,
        "who_of": who_of,
        "person_of": person_of,
        "may": may,
        "site_of": site_of,
        "looking": looking,
    }
    return JinjaTemplateEngine.from_environment(environment)


def _answer(request: Asked, status: int, message: str) -> Response[Any] | Template:
    path = request.url.path
    if path.endswith((".json", ".csv", ".geojson")) or "text/html" not in request.headers.get("accept", "text/html"):
        return Response(msgspec.json.encode({"status": status, "error": message}), status_code=status, media_type="application/json")
    context = {"here": None, "status": status, "message": message}
    return Template("error.html", context=context, status_code=status)


def _whence_error(request: Asked, error: WhenceError) -> Response[Any] | Template:
    status = 404 if isinstance(error, NotFound) else 409 if isinstance(error, Conflict) else 400 if isinstance(error, IntakeError) else 422
    return _answer(request, status, str(error))


def _http_error(request: Asked, error: HTTPException) -> Response[Any] | Template:
    message = error.detail
    told = getattr(error, "extra", None)
    if isinstance(told, list):
        message += ": " + "; ".join(f"{e.get('key', '')}: {e.get('message', '')}" for e in told if isinstance(e, dict))
    return _answer(request, error.status_code, message)


def _other_error(request: Asked, error: Exception) -> Response[Any] | Template:
    log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return _answer(request, 500, f"something went wrong here ({type(error).__name__}); the terminal that runs `whence serve` says more")
