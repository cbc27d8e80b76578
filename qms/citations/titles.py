"""Titles of laws as they stand in running text: known ones by longest match, unknown ones by where titles end.

Pure. A title is read from the word of its kind on ("Luật Hộ tịch", "Bộ luật Dân sự"). Words of a known title may
be written with or without commas, in any letter case and in either spelling of tone marks. A title that is not
in ``law_titles.txt`` must begin with a capital and ends where a sentence goes on; so "pháp luật đất đai",
"luật sư" and "luật định" are no titles. A law that amends others is titled by the whole phrase.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from qms.citations.plain import Page
from qms.citations.vocabulary import KINDS, LAW_TITLES, TITLE_SHORTS, Kind, fold_title, fold_word
from qms.model.ids import clean


@dataclass(frozen=True)
class Inner:
    """A law named inside the title of the law that amends it."""

    start: int
    end: int
    kind: str
    text: str


@dataclass(frozen=True)
class Title:
    """A title read from a plain text: its words, where it ends, and the laws named inside it."""

    text: str
    end: int
    inner: tuple[Inner, ...] = ()


@dataclass
class _Branch:
    next: dict[str, _Branch] = field(default_factory=dict)
    ends: bool = False


_TITLED = tuple(kind for kind in KINDS if kind.titled)
_WORD = re.compile(r"[^\W\d_]{1,12}")
_STEP = re.compile(r" ?[,;/(&-] ?| ")
_AMENDING = re.compile(
    r"(?:sửa đổi|bổ sung|bãi bỏ)(?:(?:,| và|, ?và)? ?(?:bổ sung|sửa đổi|bãi bỏ)){0,2}"
    r"(?: một số| các)?(?: điều| nội dung| quy định| khoản)?(?: \d{1,3})?(?:(?: của| tại)?(?: các)? ?)",
    re.IGNORECASE,
)
_AMENDED_MANY = re.compile(r"\d{1,3} (?:bộ )?luật[^;.:()\n\d]{0,150}?(?= ngày|[;.:()\n]|\d|$)", re.IGNORECASE)
_LISTED = re.compile(r",? (?:và )?|, ?")
_REVISED = re.compile(r" sửa đổi(?= ?(?:\d|năm \d|[;,.()\n]|$))", re.IGNORECASE)
_GOES_ON = re.compile(
    "này|đó|trên|nêu|năm|số|ngày|được|đã|có|theo|hoặc|thì|để|nhưng|khi|nếu|do|về|là|trong|ban|hiện|mới|của|không|phải"
    "|cho|từ|kể|đối|với|như|còn|vẫn|sẽ|bao|căn|hướng|quy|tại|bởi|nhằm|cũng|chưa|mà|bằng|thay|bãi|sửa|bổ|nay|việc|hết"
    "|trực|nộp|gửi|thực|cùng|trừ|phù|áp|nếu|xem|mở|đang|đều|chỉ|vì|sau|trước|nói|cấp|yêu",
    re.IGNORECASE,
)
_NO_TITLE = re.compile("sư|gia|pháp|định|lệ|số|này|đó|năm|ngày|nào|khác|trên|mới|cũ", re.IGNORECASE)
_AFTER_AND = re.compile(
    r"(?:,| và| hoặc) (?:các|những|nghị|thông|luật|bộ luật|pháp|quyết|văn bản|quy định|hướng dẫn|điều|khoản|điểm)\b",
    re.IGNORECASE,
)
_LONGEST_UNKNOWN = 18


def read_title(page: Page, word_end: int, kind: Kind, *, capital: bool) -> Title | None:
    """Return the title whose kind word ends at ``word_end``, or None if no title follows.

    ``capital`` says that the kind word was written with a capital, without which only known titles are read.
    """
    name = kind.word.capitalize()
    amending = _read_amending(page, word_end, name) if capital else None
    if amending is not None:
        return amending
    end = _known_end(page.text, word_end, kind)
    if end is None and capital:
        end = word_end if kind.word == "hiến pháp" else _unknown_end(page, word_end)
    if end is None:
        return None
    if revised := _REVISED.match(page.text, end):
        end = revised.end()
    return Title(clean(name + page.text[word_end:end]), end)


def canonical_title(title: str) -> str:
    """Return a title as the law itself writes it where known, else cleaned: the same law, the same words."""
    words = fold_title(title)
    official = _OFFICIAL.get(words)
    if official is not None:
        return "Hiến pháp" if official.startswith("Hiến pháp") else official
    return clean(title)


def titled_kind(title: str) -> str | None:
    """Return the kind that a title begins with ("bộ luật"), or None."""
    words = fold_title(title)
    for kind in _TITLED:
        kind_words = fold_title(kind.word)
        if words[: len(kind_words)] == kind_words:
            return kind.word
    return None


def _read_amending(page: Page, word_end: int, name: str) -> Title | None:
    text = page.text
    amending = _AMENDING.match(text, word_end + 1) if text[word_end : word_end + 1] == " " else None
    if amending is None:
        return None
    end, inner = amending.end(), list[Inner]()
    if many := _AMENDED_MANY.match(text, end):
        return Title(clean(name + text[word_end : many.end()]), many.end())
    while (item := _titled_at(page, end)) is not None:
        inner.append(item)
        end = item.end
        listed = _LISTED.match(text, end)
        if listed is None or _titled_at(page, listed.end()) is None:
            return Title(clean(name + text[word_end:end]), end, tuple(inner))
        end = listed.end()
    return None


def _titled_at(page: Page, position: int) -> Inner | None:
    for kind in _TITLED:
        word_end = position + len(kind.word)
        if fold_word(page.text[position:word_end]) == kind.word:
            end = _known_end(page.text, word_end, kind)
            if end is None and page.text[position].isupper():
                end = _unknown_end(page, word_end)
            name = kind.word.capitalize()
            return Inner(position, end, kind.word, clean(name + page.text[word_end:end])) if end else None
    return None


def _known_end(text: str, position: int, kind: Kind) -> int | None:
    branch, best = _KNOWN[kind.word], None
    if text.startswith(" về ", position):
        position += len(" về")
    while (step := _STEP.match(text, position)) and (word := _word_at(text, step.end())):
        following = branch.next.get(fold_word(word))
        if following is None:
            break
        branch, position = following, step.end() + len(word)
        if branch.ends:
            best = (
                position + 1
                if "(" in step.group() or text[position - 5 : position + 1] == "AIDS)"
                else position
            )
    return best


def _unknown_end(page: Page, position: int) -> int | None:
    """Where a title that is not in the vocabulary ends: it begins with a capital and a sentence stops it."""
    text, limit, end, count = page.text, page.next_break(position), None, 0
    while position < limit and count < _LONGEST_UNKNOWN:
        comma = text[position : position + 2] == ", "
        step = 2 if comma else 1
        if text[position : position + step] not in (" ", ", ") or _AFTER_AND.match(text, position):
            break
        word = _word_at(text, position + step)
        if (
            not word
            or (count == 0 and not word[0].isupper())
            or (comma and (count != 1 or word[0].isupper()))
        ):
            break
        if (_GOES_ON if count else _NO_TITLE).fullmatch(word):
            break
        position += step + len(word)
        end, count = position, count + 1
        if _glued(text, position):
            break
    return end


def _word_at(text: str, position: int) -> str:
    match = _WORD.match(text, position)
    word = match.group() if match else ""
    for index in range(1, len(word)):
        if word[index].isupper() and word[index - 1].islower():
            return word[:index]
    return word


def _glued(text: str, position: int) -> bool:
    return text[position : position + 1].isalnum()


def _grow() -> Mapping[str, _Branch]:
    roots = {kind.word: _Branch() for kind in _TITLED}
    for title in (*LAW_TITLES, *TITLE_SHORTS):
        kind = titled_kind(title)
        if kind is None:
            continue
        branch = roots[kind]
        for word in fold_title(title)[len(fold_title(kind)) :]:
            branch = branch.next.setdefault(word, _Branch())
        branch.ends = True
    return roots


_KNOWN = _grow()
_OFFICIAL: Mapping[tuple[str, ...], str] = {
    **{fold_title(title): title for title in LAW_TITLES},
    **{fold_title(short): title for short, title in TITLE_SHORTS.items()},
}
