"""What an amending instruction touches: "Bổ sung khoản 2a vào sau khoản 2 Điều 5" is ``art_5__para_2a``.

Pure. An instruction inside another ("2. Sửa đổi một số khoản của Điều 7: a) Sửa đổi khoản 1") is completed by it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qms.citations.intake.targets import read_forms
from qms.citations.provisions import find_provisions

_INTO = re.compile(
    r"(?<!\w)vào(?: (?P<beside>(?:phía |liền )?(?:sau|trước)))?(?: (?:cuối|đầu|trong))? ?", re.IGNORECASE
)
_STOP = re.compile(r" như sau|:|(?<!\w)bằng (?:các )?(?:mẫu|biểu mẫu|phụ lục|nội dung)", re.IGNORECASE)
_RANKS = ("part", "annex", "chp", "sec", "subsec", "art", "para", "point", "subpoint")


def touched(words: str, context: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the provisions that an instruction touches, completed by those of the instruction around it."""
    stop = _STOP.search(words)
    shown = words[: stop.start()] if stop else words
    into = _INTO.search(shown)
    if into is None:
        found = _ids(shown)
    else:
        added, places = _ids(shown[: into.start()]), _ids(shown[into.end() :])
        found = tuple(_inside(one, places, beside=bool(into["beside"])) for one in added) or places
    found = found or read_forms(shown)
    return tuple(dict.fromkeys(completed(one, context) for one in _shared(found)))


def completed(provision: str, context: Sequence[str]) -> str:
    """Return a provision with the larger one it stands in, where the text names that only in the line above."""
    rank = _rank(provision)
    if rank <= _RANKS.index("art") or len(context) != 1:
        return provision
    kept = [step for step in context[0].split("__") if _rank(step) < rank]
    return "__".join((*kept, provision))


def _shared(found: Sequence[str]) -> list[str]:
    """Give parts the article that is named behind them: "điểm c khoản 2 và bổ sung khoản 4 Điều 14"."""
    shared: list[str] = []
    behind: tuple[str, ...] = ()
    for one in reversed(found):
        whole = completed(one, behind)
        behind = (whole,) if whole.startswith("art_") else behind
        shared.append(whole)
    return shared[::-1]


def _ids(words: str) -> tuple[str, ...]:
    return tuple(one for run in find_provisions(words) for one in run.ids if not one.endswith("_"))


def _inside(added: str, places: Sequence[str], *, beside: bool) -> str:
    if not places:
        return added
    steps = places[0].split("__")
    rank = _rank(added)
    kept = [step for step in steps if _rank(step) < rank]
    return "__".join((*kept, added)) if beside or kept else added


def _rank(provision: str) -> int:
    prefix = provision.partition("_")[0]
    return _RANKS.index(prefix) if prefix in _RANKS else 0
