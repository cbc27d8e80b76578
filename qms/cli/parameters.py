"""Arguments and options that several commands share: days, paths, who acts, what the paper says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from qms.errors import WrongUse
from qms.model.days import parse_day

if TYPE_CHECKING:
    from qms.bootstrap import QMS
    from qms.model.issuance import IssuingDecision

Command = TypeVar("Command", bound=Callable[..., Any])

SCAN_LIMIT = 20 * 1024 * 1024
SIGNING_FORMS = ("HEAD", "TM", "KT", "TL", "TUQ")


class NoSuchPath(WrongUse):
    """A path on the command line that leads nowhere."""

    code = "no_such_path"
    sentence = "Không có tệp hoặc thư mục «{path}»; hãy kiểm tra lại đường dẫn."


class NotAFile(WrongUse):
    """A folder where one file is needed, or one that may not be read."""

    code = "not_a_file"
    sentence = "Không đọc được tệp «{path}» ({reason})."


class ScanTooLarge(WrongUse):
    """A scan beyond the bounds of an upload (``design.md`` §8)."""

    code = "too_large"
    sentence = "Bản quét «{path}» nặng quá {limit} MB; hãy quét lại ở độ phân giải thấp hơn."


class Day(click.ParamType[date]):
    """A day as people type it; raises ``BadDay``."""

    name = "NGÀY"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day."""
        return value if isinstance(value, date) else parse_day(str(value))


class Existing(click.ParamType[str]):
    """A path that is there, as it was given; raises ``NoSuchPath`` before anything else is opened."""

    name = "TỆP"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Look whether the path exists."""
        path = str(value)
        try:
            Path(path).stat()
        except (OSError, ValueError):
            raise NoSuchPath(path=path) from None
        return path


DAY = Day()
EXISTING = Existing()

as_json = click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
on_day = click.option("--on", type=DAY, help="Ngày cần xem (mặc định: hôm nay).")
acting_as = click.option("--as", "login", required=True, help="Tên đăng nhập của người thực hiện.")
perhaps_as = click.option("--as", "login", help="Tên đăng nhập của người thực hiện.")


def paper(*, required: bool) -> Callable[[Command], Command]:
    """Return the options that say what a decision on paper says."""
    options = (
        click.option("--number", required=required, help="Số, ký hiệu quyết định, ví dụ 145/QĐ-UBND."),
        click.option("--signed", type=DAY, required=required, help="Ngày ký."),
        click.option("--effective", type=DAY, help="Ngày có hiệu lực (mặc định: ngày ký)."),
        click.option("--signer", default="", help="Người ký: tên đăng nhập, hoặc «Họ tên, Chức vụ»."),
        click.option("--signed-as", type=click.Choice(SIGNING_FORMS), help="Thể thức ký."),
        click.option("--scan", type=EXISTING, help="Bản quét quyết định (PDF, PNG, JPG)."),
    )

    def add(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return add


def read_file(path: str, limit: int | None = None) -> bytes:
    """Return the bytes of a file named on the command line; raises ``NotAFile`` or ``ScanTooLarge``."""
    try:
        with Path(path).open("rb") as file:
            data = file.read() if limit is None else file.read(limit + 1)
    except OSError as error:
        raise NotAFile(path=path, reason=error.strerror) from None
    if limit is not None and len(data) > limit:
        raise ScanTooLarge(path=path, limit=limit // (1024 * 1024))
    return data


def decision(
    qms: QMS,
    *,
    number: str | None,
    signed: date,
    effective: date | None,
    signer: str,
    signed_as: str | None,
    scan: bytes | None,
    scan_name: str | None,
) -> IssuingDecision:
    """Return the decision that the options describe."""
    from qms.model.enums import SigningForm
    from qms.model.issuance import IssuingDecision

    name, position = _signer(qms, signer)
    return IssuingDecision(
        number=number,
        signed=signed,
        effective=effective or signed,
        signer_name=name,
        signer_position=position,
        signing_form=SigningForm(signed_as) if signed_as else None,
        scan=scan,
        scan_name=scan_name,
    )


def _signer(qms: QMS, typed: str) -> tuple[str, str]:
    from qms.usecases.people import UnknownLogin

    if not typed:
        return "", ""
    try:
        person = qms.shell(typed)
    except UnknownLogin:
        name, _, position = typed.partition(",")
        return name.strip(), position.strip()
    return person.name, person.position
