"""Founding an instance and lifting it to the present schema: ``init``, ``upgrade``."""

from __future__ import annotations

import click

from qms.cli import output, parameters, story
from qms.cli.house import House, opened
from qms.errors import WrongUse
from qms.model.enums import Role
from qms.usecases import people

ADMINISTRATOR = people.NewPerson(
    "quantri", "Người quản trị", roles=(Role.ADMINISTRATOR, Role.OFFICER, Role.AUTHOR, Role.READER)
)
NAMELESS = "Cơ quan chưa đặt tên"
DATABASE = "qms.sqlite3"
LEFT_BY_INIT = {"keys", "cache", "repository.git", "index", "runner.lock", "SAMPLE", DATABASE}


class FolderInUse(WrongUse):
    """A folder that holds something else."""

    code = "home_in_use"
    sentence = "Thư mục «{home}» đang chứa dữ liệu khác; hãy chọn một thư mục trống (--home hoặc QMS_HOME)."


@click.command()
@click.option("--agency", default=NAMELESS, help="Tên cơ quan, ví dụ «UBND xã An Bình».")
@click.option("--sample", is_flag=True, help="Lập cơ quan mẫu với tài liệu mẫu.")
@parameters.as_json
@click.pass_obj
def init(house: House, agency: str, sample: bool, as_json: bool) -> None:
    """Found an instance and print the first sign-in link."""
    refuse_in_use(house)
    house.create()
    founded = found_sample(house) if sample else _found(house, agency)
    link = sign_in_link(house, founded.login)
    home = house.config.home.absolute()
    if as_json:
        output.emit({"home": str(home), "agency": founded.agency, "login": founded.login, "link": link})
        return
    output.facts((("Cơ quan", founded.agency), ("Thư mục", home), ("Đăng nhập", founded.login)))
    output.say(f"Chạy «qms serve» rồi mở liên kết này (dùng một lần, trong 24 giờ):\n{link}")


@click.command()
@parameters.as_json
@click.pass_obj
def upgrade(house: House, as_json: bool) -> None:
    """Bring the schema to head after a backup."""
    before, after, backup = house.upgrade()
    if as_json:
        output.emit({"from": before, "to": after, "backup": str(backup) if backup else None})
    elif before == after:
        output.say("Cơ sở dữ liệu đã ở phiên bản này.")
    else:
        output.say(f"Đã nâng cơ sở dữ liệu từ {before} lên {after}.")
        output.say(f"Bản sao trước khi nâng: {backup}" if backup else "Chưa có bản sao: hãy dùng pg_dump.")


def refuse_in_use(house: House) -> None:
    """Refuse a home that holds an instance or anything else, before anything in it is touched."""
    home = house.config.home
    try:
        inside = {path.name.removesuffix("-wal").removesuffix("-shm") for path in home.iterdir()}
    except FileNotFoundError:
        return
    except NotADirectoryError:
        raise FolderInUse(home=home) from None
    # whether an instance was founded, the founding itself asks; one of another version is told so here
    if DATABASE in inside and house.exists():
        return
    if inside - LEFT_BY_INIT:
        raise FolderInUse(home=home)


def found_sample(house: House, kind: str = "sample") -> story.Founded:
    """Play the sample agency into an instance that was just made."""
    story.mark(house.config.home, kind, ready=False)
    with output.progress("Đang dựng cơ quan mẫu") as progress:
        founded = story.play(house, progress)
    story.mark(house.config.home, kind, ready=True)
    return founded


def sign_in_link(house: House, login: str) -> str:
    """Return a fresh one-time address at which ``login`` comes in."""
    with opened(house) as qms, qms.work(qms.shell()) as work:
        token = people.one_time_link(work, login)
    return f"http://{house.config.host}:{house.config.port}/sign-in/{token}"


def _found(house: House, agency: str) -> story.Founded:
    with opened(house) as qms:
        with qms.work(qms.shell()) as work:
            people.found(work, agency)
        with qms.work(qms.shell()) as work:
            people.add(work, ADMINISTRATOR)
    return story.Founded(agency, ADMINISTRATOR.login)
