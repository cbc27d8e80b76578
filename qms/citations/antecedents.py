"""What other places of a text say of a citation that does not say all itself.

Pure. A short number ("Nghị định 116") is completed only by a single full one of its kind, or by the symbol that it
shares with the next member of its list ("Nghị định số 61/2018 và 107/2021/NĐ-CP"). A bare number takes the kind that
it has elsewhere or that of the title it follows in a table ("Luật Đất đai31/2024/QH15"). A name that the text gives
("sau đây gọi là Luật Xuất nhập cảnh") means what it was given to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from qms.citations.mentions import Mention
from qms.citations.plain import Page
from qms.citations.symbols import Number
from qms.citations.vocabulary import fold_title

_ALIAS = re.compile(r"gọi (?:tắt )?là:? ?[“\"'‘]?$", re.IGNORECASE)
_FURTHEST_ALIAS = 300
_LISTED = re.compile(r" ?(?:,|;|và|, và) (?:các )?(?:số )?", re.IGNORECASE)


_Name = tuple[str | None, tuple[str, ...] | str | None]


def share_symbols(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions, short numbers completed by the symbol of the next member of their list."""
    shared = list(mentions)
    for index in range(len(mentions) - 2, -1, -1):
        mention = mentions[index]
        if mention.short is None or "/" not in mention.short:
            continue
        following = shared[index + 1]
        number = following.number
        if number is None or number.kind != mention.kind or not text[following.start].isdigit():
            continue
        if _LISTED.fullmatch(text, mention.end, following.start):
            symbol = number.key.rpartition("/")[2]
            whole = number._replace(key=f"{mention.short}/{symbol}")
            shared[index] = mention._replace(number=whole, short=None)
    return shared


def follow_aliases(page: Page, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions, those by a name that the text itself gives meaning what it was given to.

    "Luật Xuất cảnh, nhập cảnh ... (sau đây gọi là Luật Xuất nhập cảnh)": the short title is the long one's.
    """
    followed = list(mentions)
    if "gọi" not in page.text:
        return followed
    meant: dict[_Name, Mention] = {}
    for index, mention in enumerate(mentions):
        if mention.own or mention.number is not None or not (mention.title or mention.short):
            continue
        if index and _is_alias(page, followed[index - 1], mention):
            meant[_name(mention)] = followed[index - 1]
        full = meant.get(_name(mention)) if meant else None
        if full is not None:
            followed[index] = _as_meant(mention, full)
    return followed


def _name(mention: Mention) -> _Name:
    return mention.kind, fold_title(mention.title) if mention.title else mention.short


def _is_alias(page: Page, full: Mention, alias: Mention) -> bool:
    near = alias.start - full.end <= _FURTHEST_ALIAS and page.next_break(full.end) >= alias.start
    if (
        not near
        or alias.number is not None
        or alias.own
        or full.kind != alias.kind
        or not full.names_instrument
    ):
        return False
    return _ALIAS.search(page.text, full.end, alias.start) is not None


def _as_meant(mention: Mention, full: Mention) -> Mention:
    title = full.title or mention.title
    return mention._replace(number=full.number, title=title, year=mention.year or full.year, short=None)


class Antecedents:
    """The full numbers and the kinds that a text names, as far as one of its mentions is open."""

    def __init__(self, page: Page, mentions: Sequence[Mention]) -> None:
        self._keys: dict[tuple[str | None, str], set[str]] = {}
        self._kinds: dict[str, str] = {}
        self._numbers: dict[str, Number] = {}
        open_ones = [mention for mention in mentions if mention.is_open]
        shorts = {_leading(mention.short) for mention in open_ones if mention.short}
        kindless = {mention.number.key for mention in open_ones if mention.number}
        if not open_ones:
            return
        for before, mention in pairwise((None, *mentions)):
            number = mention.number if mention else None
            if mention and number and (number.key in kindless or _leading(number.key) in shorts):
                self._note(mention, number, _kind_before(page, before, mention))

    def completed(self, mention: Mention) -> Mention:
        """Return an open mention with its number completed or its kind taken from elsewhere, where that is sure."""
        if mention.short is None:
            return mention._replace(kind=self._kinds.get(mention.number.key)) if mention.number else mention
        keys = self._keys.get((mention.kind, mention.short.lstrip("0")), set())
        if len(keys) != 1:
            return mention
        return mention._replace(number=self._numbers[next(iter(keys))], short=None)

    def _note(self, mention: Mention, number: Number, titled: str | None) -> None:
        parts = number.key.split("/")
        for short in {parts[0], "/".join(parts[:2])}:
            self._keys.setdefault((mention.kind, short.lstrip("0")), set()).add(number.key)
        self._numbers[number.key] = number
        if titled is not None:
            self._kinds[number.key] = titled
        elif mention.kind is not None:
            self._kinds.setdefault(number.key, mention.kind)


def _leading(number: str) -> str:
    return number.partition("/")[0].lstrip("0")


def _kind_before(page: Page, title: Mention | None, number: Mention) -> str | None:
    """Return the kind of a title that a table's cell puts right before its number."""
    if title is None or not title.title or title.number or number.start - title.end > 1:
        return None
    return title.kind if page.next_break(title.end) >= number.start else None
