"""Which entry of the legal register a citation means; what cannot be told is a stated doubt, never a guess.

Pure. ``Register`` builds its look-ups once (several thousand entries); ``resolve`` then answers in constant time a
citation. Numbers are compared without regard to leading zeros, separators and D for Đ, titles without regard to
letter case, commas and old spelling; a local number needs its issuer (``domain.md`` §4.2).
"""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from qms.citations.citation import Citation
from qms.citations.issuers import issuer_covers, issuer_key
from qms.citations.keys import is_local
from qms.citations.titles import canonical_title, titled_kind
from qms.citations.vocabulary import fold_agency, fold_title


@dataclass(frozen=True)
class RegisterEntry:
    """What the reader needs to know of one registered instrument; ``issued`` is the day of signature if known."""

    key: str
    type: str
    title: str | None = None
    year: int | None = None
    issuer: str | None = None
    issued: datetime.date | None = None

    @property
    def issue_year(self) -> int | None:
        """Return the year of issue: as given, of the day of issue, or as the number states it."""
        if self.year is not None or self.issued is not None:
            return self.year if self.year is not None else self.issued.year if self.issued else None
        stated = re.search(r"/((?:19|20)\d\d)/", self.key)
        return int(stated[1]) if stated else None

    def issued_by(self, day: datetime.date) -> bool:
        """Tell whether the instrument existed on ``day``; one without any date counts as existing."""
        if self.issued is not None:
            return self.issued <= day
        return self.issue_year is None or self.issue_year <= day.year


@dataclass(frozen=True)
class Resolved:
    """A citation, the register's key that it means (or None) and, where anything is unsure, why (Vietnamese)."""

    citation: Citation
    key: str | None
    doubt: str | None = None
    entry: RegisterEntry | None = None


_NUMBER = re.compile(r"(\d+(?:\.\d+)?[A-Z]?)[/-](?:(\d{4})/)?(.*)")
_SHORT = re.compile(r"(\d{1,4})(?:/(\d{4}))?$")


def fold_number(key: str) -> str:
    """Return a number for comparing: no leading zeros, D for Đ, no separators inside the symbol."""
    match = _NUMBER.fullmatch(fold_agency(key))
    if match is None:
        return fold_agency(key)
    number, year, symbol = match.groups()
    return f"{number.lstrip('0')}/{year or ''}/{re.sub(r'[^A-Z0-9]', '', symbol)}"


class Register:
    """The instruments of the legal register, found by number, by short number and by title."""

    def __init__(self, entries: Iterable[RegisterEntry]) -> None:
        self._by_number: dict[str, list[RegisterEntry]] = defaultdict(list)
        self._by_short: dict[tuple[str, str], list[RegisterEntry]] = defaultdict(list)
        self._by_title: dict[tuple[str, ...], list[RegisterEntry]] = defaultdict(list)
        for entry in entries:
            folded = fold_number(entry.key)
            self._by_number[folded].append(entry)
            number, _, rest = folded.partition("/")
            self._by_short[entry.type.lower(), f"{number}/{rest.partition('/')[0]}"].append(entry)
            if entry.title:
                self._by_title[_title_words(entry.type, canonical_title(entry.title))].append(entry)

    def numbered(self, key: str) -> list[RegisterEntry]:
        """Return the entries that bear the number, of whatever issuer."""
        return self._by_number.get(fold_number(key), [])

    def titled(self, kind: str, title: str) -> list[RegisterEntry]:
        """Return the entries of that kind and title, of whatever year."""
        return self._by_title.get(_title_words(kind, canonical_title(title)), [])

    def short(self, kind: str, number: str, year: str) -> list[RegisterEntry]:
        """Return the entries of a kind whose number begins so ("Nghị định 85/2026")."""
        return self._by_short.get((kind, f"{number.lstrip('0')}/{year}"), [])


def resolve(
    citations: Iterable[Citation], register: Register | Iterable[RegisterEntry], day: datetime.date
) -> list[Resolved]:
    """Return for each citation, in order, the entry that it means on ``day``; self references are left out."""
    known = register if isinstance(register, Register) else Register(register)
    return [_resolve(citation, known, day) for citation in citations if not citation.self_reference]


def _resolve(citation: Citation, register: Register, day: datetime.date) -> Resolved:
    if citation.partial:
        return _by_short_number(citation, register)
    if citation.instrument is not None:
        if is_local(citation.instrument):
            return _by_issuer(citation, register)
        return _by_number(citation, register.numbered(citation.instrument))
    if citation.title is not None:
        return _by_title(citation, register, day)
    return Resolved(citation, None, "Không đọc được số, ký hiệu hoặc tên văn bản.")


def _by_number(citation: Citation, entries: list[RegisterEntry]) -> Resolved:
    if len({entry.key for entry in entries}) == 1:
        return Resolved(citation, entries[0].key, None, entries[0])
    if entries:
        return Resolved(
            citation, None, f"Có {len(entries)} văn bản trùng số {citation.instrument} trong danh mục."
        )
    return Resolved(
        citation, None, f"Văn bản {citation.instrument} chưa có trong danh mục văn bản bên ngoài."
    )


def _by_issuer(citation: Citation, register: Register) -> Resolved:
    entries = register.numbered(citation.instrument or "")
    if citation.issuer is None:
        doubt = f"Không rõ cơ quan ban hành {citation.instrument}; số này có ở nhiều địa phương."
        return Resolved(citation, None, doubt)
    stated = issuer_key(citation.issuer)
    same = [entry for entry in entries if entry.issuer and issuer_key(entry.issuer) == stated]
    if len(same) == 1:
        return Resolved(citation, same[0].key, None, same[0])
    alike = [entry for entry in entries if entry.issuer and _may_be(stated, issuer_key(entry.issuer))]
    if not same and len(alike) == 1:
        doubt = f"Ghi cơ quan ban hành chưa đủ; hiểu là {alike[0].key} của {alike[0].issuer}."
        return Resolved(citation, alike[0].key, doubt, alike[0])
    doubt = f"{citation.instrument} của {citation.issuer} chưa có trong danh mục văn bản bên ngoài."
    if same:
        doubt = f"Có {len(same)} văn bản trùng số {citation.instrument} của {citation.issuer} trong danh mục."
    return Resolved(citation, None, doubt)


def _may_be(stated: str, registered: str) -> bool:
    return issuer_covers(stated, registered) or issuer_covers(registered, stated)


def _by_title(citation: Citation, register: Register, day: datetime.date) -> Resolved:
    title = citation.title or ""
    entries = register.titled(citation.type or "", title)
    year = citation.year or (citation.date.year if citation.date else None)
    if year is not None:
        same = [entry for entry in entries if entry.issue_year == year]
        if len(same) == 1:
            return Resolved(citation, same[0].key, None, same[0])
        doubt = f"{title} năm {year} chưa có trong danh mục văn bản bên ngoài."
        if same:
            doubt = f"Có {len(same)} văn bản cùng tên {title} năm {year}: {', '.join(entry.key for entry in same)}."
        return Resolved(citation, None, doubt)
    return _latest(citation, [entry for entry in entries if entry.issued_by(day)], title)


def _latest(citation: Citation, entries: list[RegisterEntry], title: str) -> Resolved:
    if not entries:
        return Resolved(citation, None, f"{title} chưa có trong danh mục văn bản bên ngoài.")
    ranked = sorted(entries, key=lambda entry: (entry.issue_year or 0, entry.issued or datetime.date.min))
    last = ranked[-1]
    if len(ranked) == 1:
        return Resolved(citation, last.key, None, last)
    others = ", ".join(entry.key for entry in ranked[:-1])
    doubt = f"Không ghi năm; hiểu là {title} mới nhất ({last.key}), danh mục còn có {others}."
    return Resolved(citation, last.key, doubt, last)


def _by_short_number(citation: Citation, register: Register) -> Resolved:
    short = _SHORT.search(citation.text.rstrip())
    if short is not None and short[2] is not None:
        entries = register.short(citation.type or "", short[1], short[2])
        if len(entries) == 1 and not is_local(entries[0].key):
            doubt = f"Số viết thiếu ký hiệu; hiểu là {entries[0].key}."
            return Resolved(citation, entries[0].key, doubt, entries[0])
    return Resolved(citation, None, f"«{citation.text}» viết thiếu số, ký hiệu nên chưa rõ là văn bản nào.")


def _title_words(kind: str, title: str) -> tuple[str, ...]:
    """Fold kind and title to one form; registers print the kind in the title or leave it out."""
    words = fold_title(title)
    stated = titled_kind(title)
    return words if stated else (*fold_title(kind), *words)
