"""Running the service until it is told to stop; then requests under way are finished, and none are taken."""

from __future__ import annotations

import logging
import sys

import uvicorn

from kg.service.app import Service
from kg.service.connections import guarded
from kg.service.journal import JsonLines
from kg.service.settings import Settings


def run(app: Service, settings: Settings, host: str, port: int) -> None:
    """Serve at an address until SIGTERM or SIGINT; blocks. Logs go to standard error, a line of JSON each."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    uvicorn.Server(config(app, settings, host=host, port=port)).run()


def config(app: Service, settings: Settings, *, host: str = "127.0.0.1", port: int = 0) -> uvicorn.Config:
    """Set up a server with the limits of the settings."""
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        http=guarded(settings),
        h11_max_incomplete_event_size=settings.header_bytes,
        timeout_graceful_shutdown=settings.drain_seconds,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # The service sees to them itself, and believes nobody unless told so.
    )
