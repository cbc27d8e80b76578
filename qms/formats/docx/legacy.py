"""Words set in the fonts that Vietnamese had before Unicode: TCVN3 (``.VnTime``) and VNI, told by the font's name.

Such a file holds Latin letters and signs that only its font shows as Vietnamese. Papers that were converted often
keep the old font's name over words that are Unicode already, so the name alone decides nothing: a paragraph is
converted when its letters say so, one that says nothing goes with the rest of the file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum

_TCVN3_LETTERS = (
    "ĂÂÊÔƠƯĐăâêôơưđẶ\u0300\u0309\u0303\u0301\u0323àảãáạ"
    "ẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵ"
)
"""What the places 0xA1 to 0xFE show (TCVN 5712:1993, as glibc's TCVN5712-1 has them)."""
_TCVN3 = {0xA1 + at: letter for at, letter in enumerate(_TCVN3_LETTERS)}

_TONES = dict(zip("ùøûõïÙØÛÕÏ", "\u0301\u0300\u0309\u0303\u0323" * 2, strict=True))
_CIRCUMFLEX = "\u0302"
_BREVE = "\u0306"
_VNI_MARKS: dict[str, str] = {
    **_TONES,
    **{
        mark: _CIRCUMFLEX + tone
        for mark, tone in zip("âáàåãäÂÁÀÅÃÄ", ("", *"\u0301\u0300\u0309\u0303\u0323") * 2, strict=True)
    },
    **{
        mark: _BREVE + tone
        for mark, tone in zip("êéèúüëÊÉÈÚÜË", ("", *"\u0301\u0300\u0309\u0303\u0323") * 2, strict=True)
    },
}
_VNI_LETTERS = str.maketrans("ôÔöÖñÑæÆóÓòÒîÎ", "ơƠưƯđĐỉỈĩĨịỊỵỴ")
_VNI = re.compile(
    "[aA][âáàåãäÂÁÀÅÃÄêéèúüëÊÉÈÚÜËùøûõïÙØÛÕÏ]|[eEoO][âáàåãäÂÁÀÅÃÄùøûõïÙØÛÕÏ]|[uUyYôÔöÖ][ùøûõïÙØÛÕÏ]"
)
_UNICODE_ONLY = re.compile("[\u0100-\u01b0\u0300-\u0323\u1ea0-\u1ef9]")
_NOT_VIETNAMESE = re.compile("[\xa1-\xff]")
_LATIN_VIETNAMESE = frozenset("àáâãèéêìíòóôõùúýÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ½¼¾«»°·§×")
_OLD_CODE = re.compile(
    r"[^\W\d_][\xa1-\xbf\xd7\xf7][^\W\d_]|[^\W\d_][µ¸¶·¹](?![^\W\d_])|[aeo][äåâ]|[uyö][øûï]"
)
"""What stands in no word of Unicode: signs between letters (TCVN3), a vowel with a second one as its mark (VNI)."""


class Legacy(StrEnum):
    """How a font of the old kind writes Vietnamese; the capitals of TCVN3 have fonts of their own (``.VnTimeH``)."""

    TCVN3 = "tcvn3"
    TCVN3_CAPITALS = "tcvn3_capitals"
    VNI = "vni"


def legacy_of(font: str) -> Legacy | None:
    """Return how a font writes, by its name; None for a font of Unicode."""
    name = font.strip().lower()
    if name.startswith(".vn"):
        return Legacy.TCVN3_CAPITALS if name.endswith("h") else Legacy.TCVN3
    return Legacy.VNI if name.startswith(("vni-", "vni ")) else None


def says_legacy(words: str) -> bool | None:
    """Tell whether words under an old font's name are in its code; None when their letters could be either."""
    if _UNICODE_ONLY.search(words):
        return False
    foreign = any(match[0] not in _LATIN_VIETNAMESE for match in _NOT_VIETNAMESE.finditer(words))
    return True if foreign else None


def to_unicode(words: str, legacy: Legacy) -> str:
    """Return words in the code of an old font as Unicode (NFC)."""
    if legacy is Legacy.VNI:
        return unicodedata.normalize("NFC", _VNI.sub(_composed, words).translate(_VNI_LETTERS))
    shown = unicodedata.normalize("NFC", words.translate(_TCVN3))
    return shown.upper() if legacy is Legacy.TCVN3_CAPITALS else shown


def shown_in(pieces: Iterable[tuple[str, Legacy | None]], otherwise: bool) -> tuple[str, bool]:
    """Return the words of a paragraph as its fonts show them, and whether any were converted.

    ``otherwise`` is what holds for a paragraph whose letters could be either. A letter and its mark may stand in
    different runs, so neighbours in one code are read together.
    """
    runs: list[tuple[str, Legacy | None]] = []
    for words, legacy in pieces:
        if runs and runs[-1][1] is legacy:
            runs[-1] = (runs[-1][0] + words, legacy)
        else:
            runs.append((words, legacy))
    said = says_legacy("".join(words for words, legacy in runs if legacy is not None))
    if not (otherwise if said is None else said):
        return "".join(words for words, _ in runs), False
    shown = "".join(words if legacy is None else to_unicode(words, legacy) for words, legacy in runs)
    return shown, True


def looks_legacy(words: str) -> bool:
    """Tell whether a text without an old font's name is written in an old code all the same, so not readable."""
    glued = len(_OLD_CODE.findall(words))
    return glued >= 5 and 20 * glued > len(_UNICODE_ONLY.findall(words))


def _composed(match: re.Match[str]) -> str:
    pair: str = match[0]
    return pair[0].translate(_VNI_LETTERS) + _VNI_MARKS[pair[1]]
