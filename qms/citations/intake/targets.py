"""Which instruments a list of objects means: those that are its members, not those quoted in a member's title.

Pure. "Thông tư A sửa đổi Thông tư B; khoản 2 Điều 5 Thông tư C và Nghị định D đã được sửa đổi theo Nghị định E" lists
A, C (its clause), D and E; B stands in A's title. Told apart by what joins them, by rank (a circular ends no
decree: Law 64/2025/QH15 art. 58) and by year (a title quotes nothing later than itself).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from qms.citations.citation import Citation
from qms.citations.keys import instrument_type, is_local
from qms.citations.provisions import expand, find_provisions
from qms.citations.reader import find
from qms.citations.titles import canonical_title

_LEAD = (
    r"(?:(?:các|những|cả|toàn bộ|một phần|một số|và) )*"
    r"(?:(?:nội dung|quy định|biểu mẫu|mẫu|phụ lục|danh mục|phần|hướng dẫn|cụm từ|tên|điều|khoản|điểm|chương|mục)\b"
    r"[^;\n]*(?:tại|của|trong|thuộc|kèm theo) )?(?:các )?(?:số )?"
)
_CITED = re.compile(r"(?<!kèm )theo (?:quy định )?(?:tại |của )?(?:các )?$", re.IGNORECASE)
"""What leads to an instrument that is only followed, not acted on: "hủy bỏ quyết định theo Điều 11 Luật ..."."""
_STRONG = re.compile(rf"[;:\n]\W*(?:và )?{_LEAD}$", re.IGNORECASE)
_WEAK = re.compile(rf"(?:,|\bvà|\bhoặc|\bcùng với|\bcùng)\W+(?:và )?(?P<lead>{_LEAD})$", re.IGNORECASE)
_AMENDER = re.compile(
    r"(?:được|đã|bị)[^;\n]{0,80}(?:sửa đổi|bổ sung|thay thế|đính chính|bãi bỏ)[^;\n]{0,60}"
    r"(?:theo|bởi|tại|bằng)(?: quy định)?(?: tại| của)?(?: các)? ?$",
    re.IGNORECASE,
)
_AMENDING = re.compile(r"sửa đổi|bổ sung|đính chính|bãi bỏ", re.IGNORECASE)
_ADJACENT = re.compile(
    r"[ ,(]*(?:ngày [\d /.-]+(?:tháng \d+ năm \d+)?)?[ ,)]*"
    r"(?:của (?:(?! về | quy định| hướng dẫn| ban hành| sửa đổi)[^,;\d]){2,70}?)?(?:,| và|, và) ?(?:các )?(?:số )?"
)
EXCEPT = re.compile(
    r"[,(]? ?(?<!bù )(?<!miễn )(?<!khấu )(?<!giảm )(?<!loại )(?<!\w)(?:trừ|ngoại trừ)(?! đi\b)\b[^;\n]*",
    re.IGNORECASE,
)
_FORMS = re.compile(r"(?:biểu mẫu|mẫu biểu|mẫu|phiếu)(?: số)? ", re.IGNORECASE)
_FORM = re.compile(
    r"(?:(?:biểu )?mẫu (?:số )?)?(\d{1,3}[a-zA-ZĐ]?(?:[-./][A-ZĐ\d]{1,12}){0,3})(?![\w/])", re.IGNORECASE
)
_OF_FORMS = re.compile(r"\W*(?:(?:và|các|những|toàn bộ) )*(?:biểu )?mẫu(?!\w)", re.IGNORECASE)
_RANGE = re.compile(r",? (?:đến|tới)(?: hết)? $", re.IGNORECASE)
_JOINT = re.compile(r"(?: ?[,;] ?| và |,? đến |,? tới )(?=(?:(?:biểu )?mẫu )?(?:số )?\d)", re.IGNORECASE)
_HOLDS = re.compile(r"(?:tại|của|trong|kèm theo) (?:các )?$", re.IGNORECASE)
_PART = re.compile(
    r"(?:^|[,;:\n]|\bvà)\W*(?:(?:các|những|một số|một phần) )*"
    r"(?:(?:nội dung|quy định|danh mục|hướng dẫn|phần)\b(?! chi tiết| (?:tại|của|trong) (?:các )?$)"
    r"[^;\n]* (?:tại|của|trong)|(?:biểu )?mẫu\b[^;\n]*(?:tại|của|trong|theo)) (?:các )?$",
    re.IGNORECASE,
)
LONGEST_TITLE = 600
"""Characters of a title or a lead that are looked at; the longest seen has 450."""
_OTHER_TITLE = re.compile(r"quy định|hướng dẫn|thi hành|thực hiện|(?:được|đã|bị) $", re.IGNORECASE)
_RANKS = {"hiến pháp": 0, "bộ luật": 1, "luật": 1, "pháp lệnh": 2, "lệnh": 3, "nghị định": 4, "thông tư": 6}
_RANK_OF_BODY = {"QH": 1, "UBTVQH": 2, "CTN": 3, "CP": 4, "TTg": 5, "HĐND": 7, "UBND": 8}
_MINISTRY = 6


@dataclass(frozen=True)
class Target:
    """One member of a list: the citation, which parts of it, and parts that stay as they were."""

    citation: Citation
    provisions: tuple[str, ...] = ()
    excepted: tuple[str, ...] = ()
    partly: bool = False
    """Only a part is meant, but no provision is named ("các nội dung về ... tại Thông tư ...")."""
    title: str = ""
    amender: bool = False
    """It is named only as what amended the member before it."""

    @property
    def key(self) -> str:
        """Return the number, or title and year as the gold of the field writes them."""
        return target_key(self.citation)

    @property
    def issuer(self) -> str:
        """Return who issued it, where the number alone is no key."""
        number = self.citation.instrument
        return (self.citation.issuer or "") if number and is_local(number) else ""


@dataclass(frozen=True)
class Targets:
    """The members of a list, and what in it could not be told."""

    members: tuple[Target, ...] = ()
    unnamed: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()


@dataclass
class _Walk:
    source_rank: int | None
    members: list[Target] = field(default_factory=list)
    quoted: list[Citation] = field(default_factory=list)
    unnamed: list[str] = field(default_factory=list)
    amenders: bool = False
    cited: bool = False
    since_last: str = ""
    """The words behind the last member: its title, as far as it was read."""


def target_key(citation: Citation) -> str:
    """Return the number, else "Luật Thương mại năm 1997" as registers and gold write it."""
    if citation.instrument is not None:
        return citation.instrument
    year = citation.year or (citation.date.year if citation.date else None)
    title = canonical_title(citation.title or "")
    return title if year is None else f"{title} năm {year}"


def read_targets(words: str, number: str | None, kind: str | None) -> Targets:
    """Return the instruments that the words list as objects of one verb.

    ``number`` and ``kind`` are those of the regulation itself: it is no object, and its rank bounds what it can end.
    """
    exceptions = tuple(zone.group().strip(" ,(") for zone in EXCEPT.finditer(words))
    shown = EXCEPT.sub(lambda zone: " " * len(zone.group()), words)
    walk = _Walk(_rank(number, kind))
    end = 0
    for citation in find(shown):
        gap, end = shown[max(end, citation.start - LONGEST_TITLE) : citation.start], citation.end
        if citation.self_reference or (number and citation.instrument == number):
            continue
        count = len(walk.members)
        _step(walk, citation, gap)
        walk.since_last = "" if len(walk.members) > count else f"{walk.since_last}{gap} "[:LONGEST_TITLE]
    members = _with_exceptions(walk.members, exceptions)
    return Targets(tuple(_titled(members, shown)), tuple(walk.unnamed), exceptions)


def read_forms(words: str) -> tuple[str, ...]:
    """Return the forms that the words name, a range in full: "Mẫu số 15-DS đến Mẫu số 17-DS"."""
    found: list[str] = []
    end = 0
    for opening in _FORMS.finditer(words):
        if opening.start() < end:
            continue
        first = _FORM.match(words, opening.start()) or _FORM.match(words, opening.end())
        if first is not None:
            labels, end = _labels(words, first)
            found += (f"form_{label}" for label in labels)
    return tuple(dict.fromkeys(found))


def _labels(words: str, first: re.Match[str]) -> tuple[list[str], int]:
    labels, end = [first[1]], first.end()
    while joint := _JOINT.match(words, end):
        following = _FORM.match(words, joint.end()) or _FORM.match(words, joint.end() + len("số "))
        if following is None:
            break
        if _RANGE.match(f"{joint.group().rstrip()} "):
            labels += _between(labels[-1], following[1])
        labels.append(following[1])
        end = following.end()
    return labels, end


def _between(first: str, last: str) -> Iterator[str]:
    head, tail = re.match(r"(\d+)(.*)", first), re.match(r"(\d+)(.*)", last)
    if head is None or tail is None or head[2] != tail[2]:
        return
    for number in expand(str(int(head[1])), str(int(tail[1])))[1:-1]:
        yield f"{number.zfill(len(head[1]))}{head[2]}"


def _step(walk: _Walk, citation: Citation, gap: str) -> None:
    strong, weak = _STRONG.search(gap), _WEAK.search(gap)
    if not walk.members:
        walk.cited = walk.cited or _CITED.search(gap) is not None
        if strong or not walk.cited:
            _add(walk, citation, gap)
    elif _is_number_of_last(walk, citation, gap):
        walk.members[-1] = replace(walk.members[-1], citation=citation)
    elif _outranks(walk, citation):
        walk.quoted.append(citation)
    elif _AMENDER.search(gap):
        walk.amenders = True
        _add_amender(walk, citation)
    elif strong:
        walk.amenders = False
        _add(walk, citation, re.split(r"[;\n]", gap)[-1])
    elif weak and walk.amenders and _ADJACENT.fullmatch(gap):
        _add_amender(walk, citation)
    elif weak and not (weak["lead"] and _AMENDING.search(gap)) and _is_member(walk, citation, gap):
        walk.amenders = False
        _add(walk, citation, weak["lead"])
    elif not _is_own_title(walk, citation, gap):
        walk.quoted.append(citation)


def _is_number_of_last(walk: _Walk, citation: Citation, gap: str) -> bool:
    """Tell whether a bare number is that of a law named by title: "Luật sửa đổi ... của Luật X số N" is N."""
    last = walk.members[-1].citation
    bare = citation.type is None or citation.nested
    named = last.title is not None and last.instrument is None and last.year is None and last.date is None
    return bare and named and citation.instrument is not None and gap.strip().lower() in ("số", "của", "")


def _is_own_title(walk: _Walk, citation: Citation, gap: str) -> bool:
    """Tell whether a law is part of the last member's own name: "Luật sửa đổi, bổ sung một số điều của Luật X"."""
    last = walk.members[-1].citation
    return citation.nested and last.title is not None and gap.strip() in ("của", "")


def _outranks(walk: _Walk, citation: Citation) -> bool:
    rank = _rank(citation.instrument, citation.type)
    return rank is not None and walk.source_rank is not None and rank < walk.source_rank


def _is_member(walk: _Walk, citation: Citation, gap: str) -> bool:
    """Tell whether what follows by comma or "và" is the next member, or one more in the last one's title."""
    last = walk.members[-1]
    if not walk.quoted or walk.quoted[-1].start < last.citation.start:
        return True
    if any(one.key == citation.key for one in walk.quoted):
        return False
    year, last_year = _year(citation), _year(last.citation)
    if year and last_year and year > last_year:
        return True
    if last.provisions and not citation.provisions and _AMENDING.search(walk.since_last + gap):
        return False
    return not _ADJACENT.fullmatch(gap)


def _add(walk: _Walk, citation: Citation, lead: str) -> None:
    """Add a member; ``lead`` are the words between what joins it to the list and the instrument itself."""
    if citation.key is None:
        walk.unnamed.append(citation.text)
        return
    provisions = tuple(one for one in citation.provisions if not one.endswith("_"))
    if "cụm từ" in lead and provisions:
        provisions = tuple(dict.fromkeys((*_ids(lead), *provisions)))
    # of forms, the provision behind them only tells where they stand
    forms = read_forms(lead) if _OF_FORMS.match(lead) or not provisions else ()
    provisions = forms or provisions or _detached(lead)
    partly = not provisions and (bool(citation.provisions) or bool(_PART.search(lead)))
    walk.members.append(Target(citation, provisions, partly=partly))
    walk.quoted = []


def _detached(near: str) -> tuple[str, ...]:
    """Return provisions that other words part from their instrument: "Điều 4 của Quy định về ... kèm theo"."""
    if not _HOLDS.search(near):
        return ()
    runs = [
        run for run in find_provisions(near) if not re.search(r"theo (?:quy định tại )?$", near[: run.start])
    ]
    return tuple(dict.fromkeys(one for run in runs for one in run.ids if not one.endswith("_")))


def _add_amender(walk: _Walk, citation: Citation) -> None:
    """Add what amended the member before it: it ends with the whole, or by its provisions with the part."""
    if citation.key is None:
        walk.unnamed.append(citation.text)
    elif citation.provisions or not (walk.members[-1].provisions or walk.members[-1].partly):
        walk.members.append(Target(citation, citation.provisions, amender=True))


def _with_exceptions(members: Sequence[Target], exceptions: Sequence[str]) -> list[Target]:
    """Give exceptions to the member that they name; of several members, one that names none belongs to nobody."""
    found = list(members)
    for words in exceptions:
        cited = next(iter(find(words)), None)
        if re.search(r"(?<!\w)này(?!\w)", words):
            continue
        for at, member in enumerate(found):
            same = cited is not None and cited.key == member.citation.key
            if same or (cited is None and len(found) == 1):
                ids = cited.provisions if cited is not None else _ids(words)
                found[at] = replace(member, excepted=ids)
    return found


def _ids(words: str) -> tuple[str, ...]:
    return tuple(one for run in find_provisions(words) for one in run.ids if not one.endswith("_"))


def _titled(members: Sequence[Target], words: str) -> Iterator[Target]:
    """Give each member the words behind it up to the next: its title, which may say that it amends another."""
    for at, member in enumerate(members):
        end = members[at + 1].citation.start if at + 1 < len(members) else len(words)
        end = min(end, member.citation.end + LONGEST_TITLE)
        yield replace(member, title=words[member.citation.end : end])


def amended_by(target: Target) -> tuple[str, ...]:
    """Return the instrument that a member amends by its title, if its title begins so."""
    title = re.split(r"[;\n]", target.title[:LONGEST_TITLE])[0]
    verb = _AMENDING.search(title)
    if verb is None or _OTHER_TITLE.search(title[: verb.start()]):
        return ()
    first = next(iter(find(title[verb.end() :])), None)
    if first is None or first.key in (None, target.citation.key):
        return ()
    return (target_key(first),)


def _rank(number: str | None, kind: str | None) -> int | None:
    """Return how high an instrument stands, 0 the highest; equal ranks may end one another."""
    agency = re.search(r"(?:[-/])([A-ZĐa-z]+)\d*$", number or "")
    code = agency[1] if agency else ""
    if code in _RANK_OF_BODY:
        return _RANK_OF_BODY[code]
    word = (kind or (instrument_type(number) if number else "")).lower()
    if word in _RANKS:
        return _RANKS[word]
    return _MINISTRY if code.startswith(("B", "NHNN", "TT")) or word == "thông tư liên tịch" else None


def _year(citation: Citation) -> int | None:
    stated = re.search(r"/((?:19|20)\d\d)/", citation.instrument or "")
    if stated:
        return int(stated[1])
    return citation.year or (citation.date.year if citation.date else None)
