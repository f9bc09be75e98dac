"""Running the service until it is told to stop; then requests under way are finished, and none are taken."""

from __future__ import annotations

import logging
import socket
import sys

import uvicorn

from kg.errors import StoreError
from kg.service.app import Service
from kg.service.connections import guarded
from kg.service.journal import JsonLines
from kg.service.settings import Settings


def run(app: Service, settings: Settings, listening: socket.socket) -> None:
    """Serve at an address that is taken until SIGTERM or SIGINT; blocks. Logs go to standard error, a line of JSON each."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    uvicorn.Server(config(app, settings)).run(sockets=[listening])


def listener(host: str, port: int, *, shared: bool = False) -> socket.socket:
    """Take an address, for several processes to listen at if it is `shared`; raises StoreError if it cannot be had."""
    found = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if shared:
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        found.bind((host, port))
    except OSError as error:
        found.close()
        raise StoreError(f"cannot listen at {host}, port {port}: {error.strerror or error}; is another server there?") from error
    return found


def config(app: Service, settings: Settings) -> uvicorn.Config:
    """Set up a server with the limits of the settings."""
    return uvicorn.Config(
        app,
        http=guarded(settings),
        h11_max_incomplete_event_size=settings.header_bytes,
        timeout_graceful_shutdown=settings.drain_seconds,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # The service sees to them itself, and believes nobody unless told so.
    )
