"""Typed values out of a request; what cannot be understood is ``WrongUse`` with a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from flask import request

from qms.errors import NotFound, WrongUse
from qms.model.days import parse_day
from qms.model.enums import DocumentType, LinkKind, SigningForm
from qms.model.issuance import IssuingDecision

PAGE_SIZE = 25
Word = TypeVar("Word", bound=StrEnum)


class DayNeeded(WrongUse):
    """A date that must be given was left out."""

    code = "day_needed"
    sentence = "Hãy nhập {what}."


class NoFile(WrongUse):
    """A file that must be given was left out."""

    code = "no_file"
    sentence = "Hãy chọn tệp cần tải lên."


class NotChecked(WrongUse):
    """The clerk has not said that the paper was compared."""

    code = "not_checked"
    sentence = "Hãy đánh dấu đã đối chiếu với văn bản giấy."


@dataclass(frozen=True)
class Upload:
    """A file handed in: the name it bears on the sender's machine, and its bytes."""

    name: str
    data: bytes


def query(name: str) -> str:
    """Return a value of the address, or nothing."""
    return request.args.get(name, "").strip()


def query_day(name: str = "on") -> date | None:
    """Return a day of the address; raises ``BadDay``."""
    typed = query(name)
    return parse_day(typed) if typed else None


def query_word(name: str, kind: type[Word]) -> Word | None:
    """Return a closed value of the address; a word that is none of them is as if nothing was chosen."""
    chosen = query(name)
    return kind(chosen) if chosen in set(kind) else None


def query_page() -> int:
    """Return which page of a list was asked for, the first is 1."""
    typed = query("page")
    return max(1, int(typed)) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1


def query_number(name: str) -> int:
    """Return a whole number of the address; nothing sensible is 0, which names nothing."""
    typed = query(name)
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0


def year(number: int) -> int:
    """Return a year that may be one; raises ``NotFound``."""
    if not 1900 <= number < 2200:
        raise NotFound(what="năm này")
    return number


def form(name: str) -> str:
    """Return a line that was typed, without blanks around it."""
    return request.form.get(name, "").strip()


def form_text(name: str) -> str:
    """Return a text as it was typed; browsers end its lines as DOS does, we do not."""
    return request.form.get(name, "").replace("\r\n", "\n")


def form_number(name: str) -> int | None:
    """Return a whole number that was typed; nothing sensible is as if nothing was typed."""
    given = form(name)
    return int(given) if given.isascii() and given.isdigit() and 0 < int(given[:9]) < 10_000 else None


def form_word(name: str, kind: type[Word]) -> Word | None:
    """Return a closed value that was chosen; a word that is none of them is as if nothing was."""
    chosen = form(name)
    return kind(chosen) if chosen in set(kind) else None


def form_day(name: str, what: str) -> date:
    """Return a day that must be given; raises ``DayNeeded`` or ``BadDay``."""
    typed = form(name)
    if not typed:
        raise DayNeeded(what=what)
    return parse_day(typed)


def optional_day(name: str) -> date | None:
    """Return a day that may be left out; raises ``BadDay``."""
    typed = form(name)
    return parse_day(typed) if typed else None


def document_type() -> DocumentType:
    """Return the type that was chosen; a procedure where none was."""
    chosen = form("type")
    return DocumentType(chosen) if chosen in set(DocumentType) else DocumentType.PROCEDURE


def link_kind() -> LinkKind:
    """Return how two documents belong together; a form that is used where nothing else was chosen."""
    chosen = form("kind")
    return LinkKind(chosen) if chosen in set(LinkKind) else LinkKind.USES_FORM


def file(name: str) -> Upload:
    """Return a file that must be given; raises ``NoFile``."""
    found = optional_file(name)
    if found is None:
        raise NoFile
    return found


def files(name: str) -> list[Upload]:
    """Return all the files of a field, at least one; raises ``NoFile``."""
    found = [
        Upload(one.filename.replace("\\", "/").rpartition("/")[2], one.read())
        for one in request.files.getlist(name)
        if one.filename
    ]
    if not found:
        raise NoFile
    return found


def optional_file(name: str) -> Upload | None:
    """Return a file that may be left out."""
    handed = request.files.get(name)
    if handed is None or not handed.filename:
        return None
    return Upload(handed.filename.replace("\\", "/").rpartition("/")[2], handed.read())


def decision() -> IssuingDecision:
    """Return what the paper says, as the clerk typed it; raises ``WrongUse`` for what is missing."""
    scan = optional_file("scan")
    form_chosen = form("signing_form")
    signed = form_day("signed", "ngày ký ghi trên quyết định")
    return IssuingDecision(
        number=form("number") or None,
        signed=signed,
        effective=optional_day("effective") or signed,
        signer_name=form("signer_name"),
        signer_position=form("signer_position"),
        signing_form=SigningForm(form_chosen) if form_chosen in set(SigningForm) else None,
        transition=form("transition"),
        transition_until=optional_day("transition_until"),
        scan=scan.data if scan else None,
        scan_name=scan.name if scan else None,
    )


def compared() -> None:
    """Refuse to go on unless the clerk says that the paper was compared; raises ``NotChecked``."""
    if not form("compared"):
        raise NotChecked


def came_from() -> str:
    """Return the page of this site that a form names as the one to go back to; other sites are not gone to."""
    place = form("back")
    return place if place.startswith("/") and not place.startswith(("//", "/\\")) else ""


def typed() -> Mapping[str, str]:
    """Return everything that was typed, to be given back; secrets are left out."""
    secret = {"password", "csrf_token"}
    return {name: request.form[name] for name in request.form if name not in secret}
