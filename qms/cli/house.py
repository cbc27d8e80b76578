"""What a command may ask of the house: it is opened only when a command needs it, and closed after it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from qms.bootstrap import QMS
    from qms.config import Config
    from qms.usecases.ports import Work


class House(Protocol):
    """The instance behind the terminal; implemented by the start file."""

    @property
    def config(self) -> Config:
        """Return the settings, flags before environment."""

    def settle_in(self, **flags: Any) -> None:
        """Take settings told as flags, which win over the environment; None says nothing."""

    def prefer(self, home: Path) -> None:
        """Use this home unless flag or environment named another."""

    def exists(self) -> bool:
        """Tell whether an instance of this version lies here; raises ``SchemaDiffers`` for another version's."""

    def create(self) -> None:
        """Make what is missing of an instance."""

    def open(self, clock: Callable[[], datetime] | None = None) -> QMS:
        """Open the instance; raises ``NoInstance`` or ``SchemaDiffers``."""

    def upgrade(self) -> tuple[str | None, str, Path | None]:
        """Bring the schema to head after a backup; return where it was, where it is and the backup."""

    def follow_up(self, qms: QMS) -> None:
        """Carry out what is due, unless a runner does."""

    def running(self, qms: QMS) -> AbstractContextManager[Callable[[], None]]:
        """Keep a runner at work beside the web, and hand out what wakes it."""

    def work_off(self, qms: QMS) -> None:
        """Be the runner until told to stop; raises ``RunnerBusy``."""

    def application(self, qms: QMS, wake: Callable[[], None]) -> Callable[..., Any]:
        """Return the web application."""


@contextmanager
def opened(house: House) -> Iterator[QMS]:
    """Open the house and close it again."""
    qms = house.open()
    try:
        yield qms
    finally:
        qms.close()


@contextmanager
def reading(house: House, login: str | None = None) -> Iterator[Work]:
    """Open a unit of work that only reads."""
    with opened(house) as qms, qms.reading(qms.shell(login)) as work:
        yield work


@contextmanager
def acting(house: House, login: str | None = None) -> Iterator[Work]:
    """Open a unit of work for an act, and carry out what follows from it."""
    with opened(house) as qms:
        actor = qms.shell(login)
        with qms.work(actor) as work:
            yield work
        house.follow_up(qms)
