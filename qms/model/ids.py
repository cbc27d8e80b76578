"""Identity: stable ids made of characters that cannot be misread, and the border where text becomes NFC."""

from __future__ import annotations

import re
import secrets
import unicodedata
from functools import lru_cache

CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
ID_LENGTH = 8
_ID = re.compile(rf"[{CROCKFORD}]{{{ID_LENGTH}}}")
LINE = 200
"""Characters of what is remembered folded."""
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u200e\u200f\ufeff\u2060\u00ad]+")


def new_id() -> str:
    """Return a new id: 8 lower-case Crockford base32 characters (40 random bits)."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(ID_LENGTH))


def is_id(text: str) -> bool:
    """Tell whether ``text`` has the shape of an id; only such texts reach a path or a git argument."""
    return _ID.fullmatch(text) is not None


def clean(text: str) -> str:
    """Return text as it may enter the tool: NFC, no invisible marks, every run of blanks one blank."""
    # an invisible mark may part a letter from its accent: it goes first, then the two may join
    return " ".join(unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).split())


def fold(text: str) -> str:
    """Return text for comparing titles and names: no marks, đ as d, lower case, letters and digits only."""
    return _fold_line(text) if len(text) <= LINE else _folded(text)


@lru_cache(maxsize=4096)
def _fold_line(text: str) -> str:
    """The same, remembered: whoever reads a paper compares its lines with one thing after the other."""
    return _folded(text)


def _folded(text: str) -> str:
    return " ".join(clean(text).lower().translate(_FOLDING).split())


class _Folding(dict[int, str]):
    """Every small letter without its marks, everything else a blank, made when first met."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFD", chr(code).replace("đ", "d"))
        kept = "".join(char for char in plain if not unicodedata.combining(char))
        self[code] = re.sub(r"[^a-z0-9]", " ", kept)
        return self[code]


_FOLDING = _Folding()


def fold_code(code: str) -> str:
    """Return a document code for comparing: blanks dropped, capitals, marks kept (``QT 01/CX-HCTP``)."""
    return "".join(clean(code).upper().split())
