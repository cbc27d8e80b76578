"""Which provisions belong to a mention: the run right before it, past the words that may stand between.

Pure. "khoản 2 Điều 5 của Quy chế ban hành kèm theo Nghị định ..." is of the decree; "Điều 5 và những quy định khác về
... tại Nghị định ..." too. The notes of the official codification name articles by their headings ("có nội dung liên
quan đến Điều 25. Sổ hộ khẩu; Điều 26. ... của Luật 81/2006/QH11"): there every article of the note is of the
instrument that ends it. Elsewhere a heading parts an article from what its title quotes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from qms.citations.mentions import Mention
from qms.citations.provisions import Provisions

_CONNECTED = re.compile(
    r"(?: ?\([^()\n]{0,40}\))?[.,:]? ?(?:(?:của|tại|thuộc|theo|trong|ở|và) )?(?:các |nội dung )?"
    r"(?:(?-i:[A-ZĐ])[^;.()\d\n]{2,180}(?= (?:ban hành )?kèm theo) |(?:quy chế|quy định)[^;.()\d\n]{0,80}? )?"
    r"[,(]? ?(?:được )?(?:ban hành )?(?:(?:đính )?(?:kèm|kem) )?(?:theo )?(?:(?:của|tại) )?(?:thong tu so )?"
    r"| và (?:các|những) (?:quy định|nội dung) [^;.()\d\n]{0,90}?(?:của|tại) (?:các )?",
    re.IGNORECASE,
)
_LONGEST_CONNECTION = 240
_LONGEST_HEADING = 280
_OF = r" của (?:của )?"
_HEADED_PART = re.compile(rf" (?=[^\Wa-zđ\d_])[^;.,\n()\d]{{2,110}}{_OF}")
_HEADED = re.compile(rf"\.? [^;\n()]{{2,250}}{_OF}")
_NOTE = "liên quan đến "
_LONGEST_NOTE = 1500


def provisions_of(
    text: str, mention: Mention, runs: Sequence[Provisions], ends: Sequence[int], after: int
) -> Provisions | None:
    """Return the provisions that the mention's instrument is cited with; none that begin before ``after``.

    ``runs`` are those of the whole text in order, ``ends`` where each of them ends.
    """
    near = bisect_right(ends, mention.start) - 1
    if near < 0 or runs[near].start < after:
        return None
    run = runs[near]
    length = mention.start - run.end
    if length <= _LONGEST_CONNECTION and _CONNECTED.fullmatch(text, run.end, mention.start):
        return run
    if mention.number is None or not text.startswith(_OF[:5], mention.start - len(_OF[:5])):
        return None
    if text[run.start : run.start + 1] in "CcMmP" and _HEADED_PART.fullmatch(text, run.end, mention.start):
        return run
    if length <= _LONGEST_HEADING and _HEADED.fullmatch(text, run.end, mention.start):
        return _of_note(text, runs, near, after)
    return None


def _of_note(text: str, runs: Sequence[Provisions], near: int, after: int) -> Provisions | None:
    """Return all runs of a note of the codification as one; None if the last of them stands in no such note."""
    last = runs[near]
    note = text.rfind(_NOTE, max(0, last.start - _LONGEST_NOTE), last.start)
    if note < 0 or any(mark in text[note : last.start] for mark in ")\n"):
        return None
    first = near
    while first and runs[first - 1].start >= max(after, note):
        if " của ;" in text[runs[first - 1].end : runs[first].start]:
            break
        first -= 1
    ids = dict.fromkeys(one for run in runs[first : near + 1] for one in run.ids)
    return Provisions(runs[first].start, last.end, tuple(ids))
