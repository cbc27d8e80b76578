"""What a printed page bears so that it can be checked: a token in its QR code, a short code to type.

A token is 26 Crockford characters (130 bits). The short code is its first seven and a check character by the hybrid
system of ISO/IEC 7064, here modulo 33 and 32: it tells every single wrong character and nearly every swapped pair.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass

from qms.model.ids import CROCKFORD

TOKEN_LENGTH = 26
SHORT_LENGTH = 8
MAX_COPY = 9999
_TOKEN = re.compile(rf"[{CROCKFORD}]{{{TOKEN_LENGTH}}}")
_SHORT = re.compile(rf"([{CROCKFORD}]{{{SHORT_LENGTH}}})(\d{{1,4}})?")
_MISREAD = str.maketrans("oil", "011")
_BITS = 5


@dataclass(frozen=True)
class ShortCode:
    """A short code as it was typed: eight characters, and the number of a controlled copy where one follows."""

    code: str
    copy: int | None = None


def new_token() -> str:
    """Return a new token that nobody can guess."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(TOKEN_LENGTH))


def derived_token(commit: str, document_id: str, sequence: int) -> str:
    """Return the token of a revision whose act was published without one: always the same, from its commit.

    The commit's name covers a random key, so only who holds the repository could work it out.
    """
    digest = hashlib.sha256(f"qms check token\n{commit}\n{document_id}\n{sequence}\n".encode()).digest()
    number = int.from_bytes(digest, "big")
    return "".join(CROCKFORD[number >> at * _BITS & 31] for at in range(TOKEN_LENGTH))


def is_token(text: str) -> bool:
    """Tell whether ``text`` has the shape of a token."""
    return _TOKEN.fullmatch(text) is not None


def short_code(token: str) -> str:
    """Return the eight characters that stand for a token on paper."""
    head = token[: SHORT_LENGTH - 1]
    return head + _check_character(head)


def print_short_code(code: str, copy: int | None = None) -> str:
    """Return a short code as paper shows it: ``K7M2-Q9XA``, with the number of a controlled copy ``K7M2-Q9XA-03``."""
    shown = f"{code[:4]}-{code[4:]}".upper()
    return shown if copy is None else f"{shown}-{copy:02d}"


def read_short_code(typed: str) -> ShortCode | None:
    """Return what was typed as a short code, letters that look like digits taken for them; None if it is none."""
    parts = typed[:40].strip().lower().replace(" ", "-").split("-")
    joined = "".join(parts)
    match = _SHORT.fullmatch(joined[:SHORT_LENGTH].translate(_MISREAD) + joined[SHORT_LENGTH:])
    if match is None or _check_character(match[1][:-1]) != match[1][-1]:
        return None
    return ShortCode(match[1], int(match[2]) if match[2] else None)


def _check_character(head: str) -> str:
    carried = len(CROCKFORD)
    for char in head:
        carried = (carried + CROCKFORD.index(char)) % len(CROCKFORD) or len(CROCKFORD)
        carried = carried * 2 % (len(CROCKFORD) + 1)
    return CROCKFORD[(len(CROCKFORD) + 1 - carried) % len(CROCKFORD)]
