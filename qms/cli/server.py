"""The web under gunicorn: one process that serves in threads, with the runner beside them."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from gunicorn.app.base import BaseApplication

from qms.cli.house import House, opened


class OneProcess(BaseApplication):  # type: ignore[misc]
    """A gunicorn that opens the house in its worker, after the fork: no store is shared between processes."""

    def __init__(self, house: House, listening: socket.socket) -> None:
        # gunicorn closes the descriptor itself, in every process that it forks
        self.house, self.descriptor = house, listening.detach()
        self.held = ExitStack()
        super().__init__()

    def load_config(self) -> None:
        """Settle how many threads, on which socket, and what happens when the worker ends."""
        settings = {
            "bind": f"fd://{self.descriptor}",
            "workers": 1,
            "worker_class": "gthread",
            "threads": self.house.config.threads,
            "loglevel": "warning",
            "worker_exit": lambda _server, _worker: self.held.close(),
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self) -> Callable[..., Any]:
        """Open the house, start the runner and return the application."""
        qms = self.held.enter_context(opened(self.house))
        wake = self.held.enter_context(self.house.running(qms))
        return self.house.application(qms, wake)


def serve_by_gunicorn(house: House, listening: socket.socket) -> None:
    """Serve until told to stop."""
    OneProcess(house, listening).run()
