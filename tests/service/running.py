"""A web application under uvicorn, on a port of the system's choice."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import uvicorn
from starlette.types import ASGIApp


@contextmanager
def serving(app: ASGIApp | uvicorn.Config) -> Iterator[str]:
    """Serve the application in a thread and yield its address."""
    config = app if isinstance(app, uvicorn.Config) else uvicorn.Config(app, log_level="warning")
    started = Event()

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            started.set()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = Server(config)
        thread = Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            assert started.wait(30)
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
