"""The error tree: an error carries a code, facts and a Vietnamese sentence; doorways translate it.

::

    QmsError
    ├── NotFound      what was named is not there, or not for this person to know     HTTP 404 · exit 1
    ├── Refused       the rules say no; nothing was changed                           HTTP 409 · exit 1
    │   └── Forbidden   this person may not                                           HTTP 403 · exit 1
    ├── WrongUse      the request itself cannot be understood                         HTTP 422 · exit 2
    └── Fault         the instance or the machine is at fault; needs a person         HTTP 503 · exit 3

The sentence is the msgid of the catalogues. It is written with ``{named}`` facts and says what is wrong and
what to do about it.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar


class QmsError(Exception):
    """Anything the tool refuses or cannot do, told in one sentence."""

    code: ClassVar[str] = "error"
    sentence: ClassVar[str] = "Không thực hiện được."
    http_status: ClassVar[int] = 500
    exit_code: ClassVar[int] = 3

    def __init__(self, **facts: object) -> None:
        super().__init__()
        self.facts = facts

    def __str__(self) -> str:
        return self.sentence.format(**{name: _as_read(fact) for name, fact in self.facts.items()})

    def __reduce__(self) -> tuple[object, ...]:
        return (_revive, (type(self), self.facts))


def _as_read(fact: object) -> object:
    return f"{fact:%d/%m/%Y}" if isinstance(fact, date) else fact


def _revive(kind: type[QmsError], facts: dict[str, object]) -> QmsError:
    return kind(**facts)


class NotFound(QmsError):
    """What was named is not there, or this person may not know of it."""

    code = "not_found"
    sentence = "Không tìm thấy {what}."
    http_status = 404
    exit_code = 1


class Refused(QmsError):
    """The rules of document control say no; nothing was changed."""

    code = "refused"
    sentence = "Không thực hiện được: {reason}"
    http_status = 409
    exit_code = 1


class Forbidden(Refused):
    """The act is not for this person to do here."""

    code = "forbidden"
    sentence = "Bạn không có quyền thực hiện việc này."
    http_status = 403


class WrongUse(QmsError):
    """The request cannot be understood as it stands."""

    code = "wrong_use"
    sentence = "Yêu cầu không hợp lệ: {reason}"
    http_status = 422
    exit_code = 2


class Fault(QmsError):
    """The instance or the machine is at fault: disk, lock, damage. A person has to look."""

    code = "fault"
    sentence = "Hệ thống gặp sự cố: {reason}"
    http_status = 503
    exit_code = 3
