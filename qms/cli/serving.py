"""Serving: ``serve`` (the web and a runner), ``worker`` (a runner alone), ``demo`` (the sample agency, served)."""

from __future__ import annotations

import shutil
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qms.cli import founding, story
from qms.cli.house import House, opened
from qms.errors import Fault

if TYPE_CHECKING:
    from qms.config import Config

DEMO_HOME = Path("instance-demo")


class PortTaken(Fault):
    """Somebody else listens at the address."""

    code = "port_taken"
    sentence = "Không mở được cổng {port} ({reason}); hãy chọn cổng khác bằng --port."


class NotADemo(founding.FolderInUse):
    """A folder that the demo may not throw away."""

    code = "home_in_use"
    sentence = "Thư mục «{home}» không phải bản xem thử do «qms demo» lập; hãy chọn thư mục khác (--home)."


port_option = click.option(
    "--port", type=click.IntRange(0, 65535), help="Cổng (mặc định: QMS_PORT hoặc 8000)."
)


@click.command()
@port_option
@click.pass_obj
def serve(house: House, port: int | None) -> None:
    """Serve the web with a runner beside it."""
    house.settle_in(port=port)
    with opened(house):
        pass
    with _listen(house.config) as listening:
        _say(f"Trang web chạy tại {_address(listening)} (dừng: Ctrl+C).")
        _serve(house, listening)


@click.command()
@click.pass_obj
def worker(house: House) -> None:
    """Carry out what is due until told to stop."""
    with opened(house) as qms:
        _say("Đang chạy việc nền (dừng: Ctrl+C).")
        house.work_off(qms)


@click.command()
@click.option("--fresh", is_flag=True, help="Xoá bản xem thử cũ và lập lại từ đầu.")
@port_option
@click.pass_obj
def demo(house: House, fresh: bool, port: int | None) -> None:
    """Serve the sample agency and print the link at which one comes in."""
    house.prefer(DEMO_HOME)
    house.settle_in(port=port)
    with _listen(house.config) as listening:
        house.settle_in(port=listening.getsockname()[1])
        home = house.config.home
        _make_demo(house, home, fresh)
        link = founding.sign_in_link(house, story.HOST)
        _say(f"Cơ quan mẫu trong «{home}»: mọi người và số liệu đều là giả định. Dừng: Ctrl+C.")
        _say(f"Mở liên kết này để vào (dùng một lần, trong 24 giờ):\n{link}")
        _serve(house, listening)


def _make_demo(house: House, home: Path, fresh: bool) -> None:
    """Keep the demo between runs; one that was cut off while it was made, or is wanted fresh, is made anew."""
    kind, ready = story.marked(home)
    if kind == "demo" and ready and not fresh:
        return
    if kind == "demo":
        shutil.rmtree(home)
    elif home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise NotADemo(home=home)
    _say("Đang dựng cơ quan mẫu, khoảng nửa phút ...")
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    story.mark(home, "demo", ready=False)
    house.create()
    founding.found_sample(house, "demo")


def _listen(config: Config) -> socket.socket:
    """Open the address before anything else is begun; raises ``PortTaken``."""
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    listening = socket.socket(family)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((config.host, config.port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise PortTaken(port=config.port, reason=error.strerror or str(error)) from None
    return listening


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _serve(house: House, listening: socket.socket) -> None:
    if sys.platform == "win32":
        _serve_by_waitress(house, listening)
        return
    from qms.cli.server import serve_by_gunicorn

    serve_by_gunicorn(house, listening)


def _serve_by_waitress(house: House, listening: socket.socket) -> None:
    import waitress

    with opened(house) as qms, house.running(qms) as wake:
        waitress.serve(house.application(qms, wake), sockets=[listening], threads=house.config.threads)


def _say(sentence: str) -> None:
    """Print at once: whoever waits for the address reads it through a pipe."""
    click.echo(sentence)
    sys.stdout.flush()
