"""Durations as offices write them: ½ ngày, 1/2, 1,5 ngày, 04 giờ; the unit is the day of 8 working hours."""

from __future__ import annotations

import re
from fractions import Fraction

_HALVES = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}
_DURATION = re.compile(
    r"-?\s*(?P<whole>\d{1,3})?\s*(?P<glyph>[½¼¾])?(?:\s*/\s*(?P<under>\d{1,2})|[.,](?P<tenths>\d{1,2}))?"
    r"\s*(?:\([^()]*\)\s*)?(?P<unit>ngày|giờ|h\b)?(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_LEADS = re.compile(r"^(?:không quá|tối đa|trong(?: thời hạn)?|thời (?:gian|hạn):?)\s+", re.IGNORECASE)
_WORKING = re.compile(
    r"^\s*(?:làm việc)?\s*[.;,]?\s*(?:$|[,;.(]?\s*(?:kể từ|tính từ|sau khi|\(|trường hợp|hoặc)\b.*)",
    re.I | re.S,
)
_HOURS_A_DAY = 8


def read_days(text: str) -> Fraction | None:
    """Return a duration in days; None when the text is no single plain duration."""
    words = _LEADS.sub("", text.strip())
    match = _DURATION.fullmatch(words)
    if match is None or not (match["whole"] or match["glyph"]):
        return None
    if not _WORKING.match(match["rest"]):
        return None
    count = Fraction(int(match["whole"] or 0)) + _HALVES.get(match["glyph"] or "", Fraction(0))
    if match["under"]:
        count = count / int(match["under"]) if int(match["under"]) else count
    elif match["tenths"]:
        count += Fraction(int(match["tenths"]), 10 ** len(match["tenths"]))
    unit = (match["unit"] or "ngày").lower()
    return count if unit == "ngày" else count / _HOURS_A_DAY
