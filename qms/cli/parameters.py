"""Arguments and options that several commands share: days, paths, who acts, what the paper says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qms.errors import WrongUse
from qms.model.days import parse_day
from qms.model.enums import SigningForm
from qms.model.issuance import IssuingDecision
from qms.usecases.people import UnknownLogin

if TYPE_CHECKING:
    from qms.bootstrap import QMS

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

UPLOAD_LIMIT = 20 * 1024 * 1024


class NoSuchPath(WrongUse):
    """A path on the command line that leads nowhere."""

    code = "no_such_path"
    sentence = "Không có tệp hoặc thư mục «{path}»; hãy kiểm tra lại đường dẫn."


class NotAFile(WrongUse):
    """A folder where one file is needed, or one that may not be read."""

    code = "not_a_file"
    sentence = "Không đọc được tệp «{path}» ({reason})."


class CannotWrite(WrongUse):
    """A path at which nothing can be written."""

    code = "cannot_write"
    sentence = "Không ghi được vào «{path}» ({reason}); hãy chọn tệp khác."


class FileTooLarge(WrongUse):
    """A file beyond the bounds of an upload (``design.md`` §8)."""

    code = "too_large"
    sentence = (
        "Tệp «{path}» nặng quá {limit} MB; hãy giảm dung lượng (quét ở độ phân giải thấp hơn) rồi thử lại."
    )


class NumberWithoutDay(WrongUse):
    """Number and day of a decision belong together."""

    code = "number_without_day"
    sentence = "Quyết định cần cả số (--number) và ngày ký (--signed)."


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


@dataclass(frozen=True)
class Paper:
    """What the options say of a decision on paper."""

    number: str | None
    signed: date | None
    effective: date | None
    signer: str
    signed_as: str | None
    scan: str | None

    @property
    def silent(self) -> bool:
        """Tell whether nothing at all was said."""
        return not any((self.number, self.signed, self.effective, self.signer, self.signed_as, self.scan))

    def decision(self, qms: QMS) -> IssuingDecision:
        """Return the decision; raises ``NumberWithoutDay``, ``NotAFile`` or ``FileTooLarge``."""
        if not self.number or self.signed is None:
            raise NumberWithoutDay
        name, position = _signer(qms, self.signer)
        return IssuingDecision(
            number=self.number,
            signed=self.signed,
            effective=self.effective or self.signed,
            signer_name=name,
            signer_position=position,
            signing_form=SigningForm(self.signed_as) if self.signed_as else None,
            scan=read_file(self.scan) if self.scan else None,
            scan_name=Path(self.scan).name if self.scan else None,
        )


def paper(*, required: bool) -> Decorator:
    """Add the options that say what a decision on paper says, handed to the command as one ``paper``."""
    return bundled(
        Paper,
        click.option("--number", required=required, help="Số, ký hiệu quyết định, ví dụ 145/QĐ-UBND."),
        click.option("--signed", type=DAY, required=required, help="Ngày ký."),
        click.option("--effective", type=DAY, help="Ngày có hiệu lực (mặc định: ngày ký)."),
        click.option("--signer", default="", help="Người ký: tên đăng nhập, hoặc «Họ tên, Chức vụ»."),
        click.option(
            "--signed-as", type=click.Choice([str(one) for one in SigningForm]), help="Thể thức ký."
        ),
        click.option("--scan", type=EXISTING, help="Bản quét quyết định (PDF, PNG, JPG)."),
    )


def bundled(kind: type[Any], *options: Decorator) -> Decorator:
    """Add options that belong together, handed to the command as one value named like its (frozen) class."""

    def add(command: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(command)
        def gathered(*args: Any, **given: Any) -> Any:
            told = {field.name: given.pop(field.name) for field in fields(kind)}
            return command(*args, **given, **{kind.__name__.lower(): kind(**told)})

        complete: Callable[..., Any] = gathered
        for option in reversed(options):
            complete = option(complete)
        return complete

    return add


def read_file(path: str) -> bytes:
    """Return the bytes of a file named on the command line; raises ``NotAFile`` or ``FileTooLarge``."""
    try:
        with Path(path).open("rb") as file:
            data = file.read(UPLOAD_LIMIT + 1)
    except OSError as error:
        raise NotAFile(path=path, reason=error.strerror) from None
    if len(data) > UPLOAD_LIMIT:
        raise FileTooLarge(path=path, limit=UPLOAD_LIMIT // (1024 * 1024))
    return data


def write_file(path: str, data: bytes) -> None:
    """Write a file named on the command line; raises ``CannotWrite``."""
    try:
        Path(path).write_bytes(data)
    except OSError as error:
        raise CannotWrite(path=path, reason=error.strerror) from None


def _signer(qms: QMS, typed: str) -> tuple[str, str]:
    if not typed:
        return "", ""
    try:
        person = qms.shell(typed)
    except UnknownLogin:
        name, _, position = typed.partition(",")
        return name.strip(), position.strip()
    return person.name, person.position
