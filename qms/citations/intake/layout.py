"""The lines of a regulation: printed lines joined, each with its own provision, inserted wording told apart.

Pure; linear in the text. Numbering is that of Decree 78/2025: Điều (article), khoản "1." (clause), điểm "a)" (point).
What stands between quotation marks over several lines is wording for another instrument, not what this one does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from qms.citations.plain import read_plain

LEVELS = ("head", "article", "clause", "point", "dash", "plain")

_LABELS = (
    (
        "head",
        re.compile(r"(?:Chương|CHƯƠNG|Phần|PHẦN|Mục|MỤC|PHỤ LỤC|Phụ lục) (?:thứ \w+|[IVXLC\d]+\w?)\b[.:]? ?"),
    ),
    ("article", re.compile(r"Điều (\d{1,4}[a-zđ]?) ?(?:[.:](?!\d) ?|(?=[A-ZĐ]))")),
    ("clause", re.compile(r"(\d{1,3}[a-zđ]?) ?[.)/](?!\d) ?(?=\S)")),
    ("point", re.compile(r"([a-zđ]{1,2}\d?(?=\))|[a-zđ](?=\.)) ?[).] ?(?=\S)")),
    ("dash", re.compile(r"[-–+•*]+ ?(?=\S)")),
)
_LINK = re.compile(r"\[([^\[\]]{1,200})\]\([^()\s]{1,500}\)")
_MARKS = re.compile(r"\*+|^#+ ")
_CYRILLIC = {"а": "a", "с": "c", "е": "e", "о": "o", "р": "p", "х": "x", "у": "y"}
_STEPS = {"article": "art", "clause": "para", "point": "point"}
_CONNECTOR = re.compile(
    r"(?:,|\b(?:của|số|ngày|tháng|năm|và|hoặc|tại|theo|các|từ|khoản|Điều|điểm|về|cho|với|bởi|Nghị|Thông|Quyết))$"
)
_LOWER = re.compile(r"[a-zà-ỹđ(]")
_BEGINS = re.compile(
    r"(?:Căn cứ|Theo đề nghị|Xét đề nghị|Số ?:|Nơi nhận)|[A-ZĐÀ-Ỹ]{2,} [A-ZĐÀ-Ỹ]{2,}(?![^\W\d_])"
)
_OPENING = re.compile(
    r"(?:sửa đổi|bổ sung|bãi bỏ|thay thế|bỏ|hủy bỏ|hiệu lực|điều khoản|tổ chức|trách nhiệm)\b", re.IGNORECASE
)
_STOP = re.compile(
    r"(?<=[\w)”\"’])(?<!\bTP)(?<!\bTp)(?<!\bSt)\.(?:/\.)? *(?=[A-ZĐÁÀẢÃẠÂĂÊÔƠƯỨỪỦÍÝÚÓÉ])(?!\S*\d)"
)
_INLINE = re.compile(r"“[^“”\n]{0,400}”|\"[^\"\n]{0,400}\"|«[^«»\n]{0,400}»")


@dataclass(frozen=True)
class Line:
    """One paragraph: ``words`` without its label, ``path`` the own provision it stands in, ``level`` its rank."""

    words: str
    level: int
    label: str = ""
    path: tuple[str, ...] = ()
    quoted: bool = False

    @property
    def provision(self) -> str:
        """Return the own provision as an id (``art_5__para_2``), empty where the text tells none."""
        return "__".join(self.path)


def read_lines(text: str) -> list[Line]:
    """Return the paragraphs of a text in order; empty lines and marks of emphasis are gone."""
    labelled = [_labelled(words) for words in _joined(_printed(text))]
    return list(_placed(_told_apart(labelled)))


def sentences(words: str) -> list[str]:
    """Return the sentences of a paragraph; the stop of an abbreviation ("TP. Hồ Chí Minh") ends none."""
    return [one for one in _STOP.split(words) if one.strip()]


def mask_quotes(words: str) -> str:
    """Return the words with what is quoted inside them blanked, every position kept."""
    return _INLINE.sub(lambda quote: " " * len(quote.group()), words)


def _printed(text: str) -> Iterator[str]:
    for line in text.splitlines():
        plain = _MARKS.sub("", _LINK.sub(r"\1", read_plain(line).text)).strip()
        if plain[:1] in _CYRILLIC and plain[1:2] in (")", "."):
            plain = _CYRILLIC[plain[0]] + plain[1:]
        if plain.strip("-_=–. "):
            yield plain


def _joined(lines: Iterator[str]) -> list[str]:
    """Join printed lines of one paragraph: it goes on in lower case, or after a word that needs another."""
    joined: list[str] = []
    pending: list[str] = []
    for line in lines:
        before = pending[-1] if pending else ""
        if before and _goes_on(before, line):
            pending.append(line)
            continue
        if pending:
            joined.append(_one(pending))
        pending = [line]
    if pending:
        joined.append(_one(pending))
    return joined


def _one(pieces: Sequence[str]) -> str:
    words = pieces[0]
    parts = [words]
    for before, after in pairwise(pieces):
        parts.append(after if before.endswith(("NĐ-", "/")) else f" {after}")
    return "".join(parts)


def _goes_on(before: str, line: str) -> bool:
    if _BEGINS.match(line) or any(pattern.match(line) for name, pattern in _LABELS if name != "clause"):
        return False
    if _LOWER.match(line) and not before.endswith((":", ";", ".")):
        return True
    clause = _LABELS[2][1].match(line)
    return bool(_CONNECTOR.search(before)) and (clause is None or before.endswith(("số", "ngày", "tháng")))


def _labelled(words: str) -> Line:
    for level, (_name, pattern) in enumerate(_LABELS):
        if label := pattern.match(words):
            return Line(words[label.end() :], level, label.group(1) if pattern.groups else label.group())
    return Line(words, len(LEVELS) - 1)


def _told_apart(lines: Sequence[Line]) -> Iterator[Line]:
    """Mark the lines of inserted wording: from an opening mark that is not closed on its line to its closing."""
    depth, last = 0, dict[str, int]()
    closed = _closed_later(lines)
    for at, line in enumerate(lines):
        if depth and (closed[at] or not _takes_over(line, last)):
            depth = _depth_after(line.words, depth)
            yield replace(line, quoted=True)
            continue
        depth = _depth_after(line.words, 0)
        shown = line.words[: _open_at(line.words)].rstrip() if depth else line.words
        _note(line, last)
        if shown or line.label:
            yield replace(line, words=shown)


def _closed_later(lines: Sequence[Line]) -> list[bool]:
    """Tell for each line whether, from it on, more quotations are closed than opened: it stands inside one."""
    balances = [_depth(line.words) for line in lines]
    lowest, found = 0, []
    for balance in reversed(balances):
        lowest = min(balance + min(lowest, 0), balance)
        found.append(lowest < 0)
    return found[::-1]


def _depth(words: str) -> int:
    return sum(words.count(mark) for mark in "“«") - sum(words.count(mark) for mark in "”»")


def _depth_after(words: str, depth: int) -> int:
    """Return how many quotations are open behind the words; straight marks close what is open, else open it."""
    opening, closing, straight = (sum(words.count(mark) for mark in marks) for marks in ("“«", "”»", '"'))
    depth += opening - closing
    if straight % 2:
        depth += -1 if depth > 0 else 1
    return max(depth, 0)


def _open_at(words: str) -> int:
    bare = mask_quotes(words)
    found = [at for mark in '“"«' if (at := bare.find(mark)) >= 0]
    return min(found, default=len(words))


def _takes_over(line: Line, last: dict[str, int]) -> bool:
    """Tell whether a line within unclosed quotes is plainly the regulation's own next article or clause."""
    name = LEVELS[line.level]
    number = re.match(r"\d+", line.label)
    if name not in ("article", "clause") or number is None or not _OPENING.match(line.words):
        return False
    return int(number.group()) == last.get(name, 0) + 1


def _note(line: Line, last: dict[str, int]) -> None:
    number = re.match(r"\d+", line.label)
    if number is not None:
        last[LEVELS[line.level]] = int(number.group())
        if LEVELS[line.level] == "article":
            last.pop("clause", None)


def _placed(lines: Iterator[Line]) -> Iterator[Line]:
    """Give each own line the provision in which it stands."""
    path: list[tuple[int, str]] = []
    for line in lines:
        step = _STEPS.get(LEVELS[line.level])
        if line.quoted:
            yield line
            continue
        if step is not None:
            path = [one for one in path if one[0] < line.level]
            path.append((line.level, f"{step}_{line.label}"))
        elif LEVELS[line.level] == "head":
            path = []
        yield replace(line, path=tuple(name for _, name in path))
