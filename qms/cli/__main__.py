"""The start file of the terminal: ties the doorway to the house and runs one command."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qms import __version__
from qms.cli.commands import COMMANDS, LazyGroup, where_and_how
from qms.cli.faults import guarded
from qms.cli.house import House
from qms.errors import WrongUse

if TYPE_CHECKING:
    from qms.bootstrap import QMS
    from qms.config import Config

EXAMPLES = """
Bắt đầu: «qms demo» để xem thử, «qms init --agency "UBND xã ..."» để dùng thật.
Mã thoát: 0 xong; 1 không, hoặc còn việc phải làm; 2 dùng sai; 3 sự cố máy hoặc dữ liệu.
"""


class BadSetting(WrongUse):
    """A setting of the environment that cannot be understood."""

    code = "bad_setting"
    sentence = "Thiết lập {names} có giá trị không dùng được; hãy kiểm tra biến môi trường."


class Start:
    """Implements ``House``; the heavy rooms are entered when a command asks for them."""

    def __init__(self, clock: Callable[[], datetime] | None = None) -> None:
        self._clock = clock
        self._flags: dict[str, Any] = {}
        self._preferred: Path | None = None

    def settle_in(self, **flags: Any) -> None:
        """Take settings told as flags, which win over the environment."""
        self._flags |= {name: value for name, value in flags.items() if value is not None}

    def prefer(self, home: Path) -> None:
        """Use this home unless flag or environment named another."""
        self._preferred = home

    @property
    def config(self) -> Config:
        """Return the settings; a sample agency takes decisions from the shell."""
        from pydantic import ValidationError

        from qms.config import Config

        try:
            told = Config(**self._flags)
        except ValidationError as error:
            names = ", ".join(f"QMS_{str(detail['loc'][0]).upper()}" for detail in error.errors())
            raise BadSetting(names=names) from None
        home = told.home
        if self._preferred is not None and "home" not in told.model_fields_set:
            home = self._preferred
        # git runs in folders of its own: a path that begins where we stand would lead it elsewhere
        changed: dict[str, Any] = {"home": home.absolute()}
        if (home / "SAMPLE").exists():
            changed |= {} if "shell_decisions" in told.model_fields_set else {"shell_decisions": True}
        return told.model_copy(update=changed)

    def exists(self) -> bool:
        """Tell whether an instance of this version lies here."""
        from qms.bootstrap import exists

        return exists(self.config)

    def create(self) -> None:
        """Make what is missing of an instance."""
        from qms.bootstrap import create

        create(self.config)

    def open(self, clock: Callable[[], datetime] | None = None) -> QMS:
        """Open the instance."""
        from qms.bootstrap import build, utc_now

        return build(self.config, clock=clock or self._clock or utc_now)

    def upgrade(self) -> tuple[str | None, str, Path | None]:
        """Bring the schema to head after a backup."""
        from qms.bootstrap import upgrade

        return upgrade(self.config)

    def follow_up(self, qms: QMS) -> None:
        """Carry out what is due, unless a runner does."""
        from qms.jobs.lock import runner_lock
        from qms.jobs.runner import drain

        with runner_lock(qms.config.home) as mine:
            if mine:
                drain(qms)

    @contextmanager
    def running(self, qms: QMS) -> Iterator[Callable[[], None]]:
        """Keep a runner at work beside the web, and hand out what wakes it."""
        from qms.jobs.runner import Runner

        runner = Runner(qms)
        runner.start()
        try:
            yield runner.wake
        finally:
            runner.stop()

    def work_off(self, qms: QMS) -> None:
        """Be the runner until told to stop."""
        from qms.jobs.runner import Runner

        runner = Runner(qms)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_told: runner.leave())
        runner.run()

    def application(self, qms: QMS, wake: Callable[[], None]) -> Callable[..., Any]:
        """Return the web application."""
        from qms.app import create_app

        return create_app(qms, wake=wake)


def command() -> LazyGroup:
    """Return the whole of ``qms``."""
    group = LazyGroup(
        table=COMMANDS,
        name="qms",
        help="Kiểm soát tài liệu ISO 9001 cho cơ quan hành chính.",
        epilog=EXAMPLES,
        no_args_is_help=True,
        params=where_and_how(),
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    return click.version_option(__version__, prog_name="qms")(group)


def run(arguments: Sequence[str], house: House | None = None) -> int:
    """Run one command line, on a house of its own unless one is given, and return its exit code."""
    behind = house or Start()
    return guarded(
        lambda: command().main(list(arguments), prog_name="qms", obj=behind, standalone_mode=False),
        as_json="--json" in arguments,
    )


def main() -> None:
    """Run the command line of this process and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if (stream.encoding or "").lower().replace("-", "") != "utf8":
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
