"""A text in lines that can be read one by one: cut where no citation goes on, each different line read once.

Pure. Long texts are lines that recur: a form's legal basis, a decree's "Nghị định này", whole articles in the next
revision. A line break inside a citation is no cut: text from PDF breaks its lines anywhere.
"""

from __future__ import annotations

import re

_SMALL = "a-zàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
_GOES_ON = (
    rf"[ \t]*(?:[{_SMALL}](?!\))|\d{{1,5}}[a-z]?\d? ?[/-]|Điều \d{{1,4}}[a-zđ]? (?![IVX])|NĐ|QĐ|TT|CP\b)"
)
_ENDINGS = (",", "số", "của", "theo", " và", "tại", "Điều", "khoản", "điểm", "-", "/")
_WANTS_NO_MORE = "(?:(?<=[.;:]\n)|" + "".join(f"(?<!{end}\n)(?<!{end} \n)" for end in _ENDINGS) + ")"
_CUT = re.compile(f"\n(?!{_GOES_ON}){_WANTS_NO_MORE}")
"""A line feed where a new line begins: not before small letters or a number, not after a word that wants more."""


def cut(text: str) -> list[str]:
    """Return the text in pieces that joined by a line feed give it back; no citation is in two of them."""
    return _CUT.split(text)
