"""A service of one's own inside a notebook, without a terminal."""

from __future__ import annotations

import socket
import time
from pathlib import Path
from threading import Thread

import uvicorn

from kg.client import Client
from kg.errors import StoreError
from kg.service import create_app
from kg.store import Store, open_store


class LocalService(Client):
    """A client whose service runs in this process, and ends when the client is closed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._server = uvicorn.Server(uvicorn.Config(create_app(store), log_level="warning"))
        self._thread = Thread(target=self._server.run, kwargs={"sockets": [self._socket]}, daemon=True)
        super().__init__(f"http://127.0.0.1:{self._socket.getsockname()[1]}")

    def start(self) -> None:
        """Start the service and wait until it answers."""
        self._thread.start()
        while not self._server.started:
            if not self._thread.is_alive():
                raise StoreError("the service in the background did not start; its log above says why")
            time.sleep(0.01)

    def close(self) -> None:
        """Stop the service and let go of the store."""
        super().close()
        self._server.should_exit = True
        if self._thread.is_alive():
            self._thread.join()
        self._socket.close()
        self._store.close()


def serve_in_background(store: str | Path) -> LocalService:
    """Serve a store on a free port of this machine and return its client; the store is chosen as by `open_store`.

        with serve_in_background("store") as kg:
            kg.saved("who-signed-what").frame()

    Outside a `with`, call `close()` when done.
    """
    service = LocalService(open_store(store))
    service.start()
    return service
