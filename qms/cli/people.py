"""People: ``person add``, ``person link``, ``password``."""

from __future__ import annotations

import sys

import click

from qms.cli import output, parameters
from qms.cli.commands import PERSON, LazyGroup
from qms.cli.founding import sign_in_link
from qms.cli.house import House, acting
from qms.model.enums import Role
from qms.usecases import people

person = LazyGroup(table=PERSON, no_args_is_help=True)


@click.command()
@click.argument("login", metavar="LOGIN")
@click.option("--name", required=True, help="Họ tên.")
@click.option("--position", help="Khoá của vị trí công tác.")
@click.option(
    "--role",
    "roles",
    type=click.Choice([str(one) for one in Role]),
    multiple=True,
    help="Vai trò; lặp lại được.",
)
@click.option("--unit", help="Đơn vị mà vai trò có hiệu lực (mặc định: cả cơ quan).")
@click.option("--as", "actor", help="Tên đăng nhập của người thực hiện.")
@parameters.as_json
@click.pass_obj
def add(
    house: House,
    login: str,
    name: str,
    position: str | None,
    roles: tuple[str, ...],
    unit: str | None,
    actor: str | None,
    as_json: bool,
) -> None:
    """Take a person in and print their sign-in link."""
    granted = [Role(role) for role in roles] or [Role.READER]
    with acting(house, actor) as work:
        people.add(work, people.NewPerson(login, name, position, granted, unit))
    _tell(house, login, as_json)


@click.command()
@click.argument("login", metavar="LOGIN")
@parameters.as_json
@click.pass_obj
def link(house: House, login: str, as_json: bool) -> None:
    """Print a new one-time sign-in link."""
    _tell(house, login, as_json)


@click.command()
@parameters.acting_as
@click.pass_obj
def password(house: House, login: str) -> None:
    """Set the password of the one who acts: asked for on a terminal, else one line of standard input."""
    if sys.stdin.isatty():
        typed = click.prompt("Mật khẩu mới", hide_input=True, confirmation_prompt="Nhập lại", err=True)
    else:
        typed = sys.stdin.readline().rstrip("\r\n")
    with acting(house, login) as work:
        people.set_password(work, typed)
    output.say("Đã đặt mật khẩu.")


def _tell(house: House, login: str, as_json: bool) -> None:
    address = sign_in_link(house, login)
    if as_json:
        output.emit({"login": login, "link": address})
    else:
        output.say(f"Liên kết đăng nhập (dùng một lần, trong 24 giờ):\n{address}")
