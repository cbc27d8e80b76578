"""From when a regulation holds: by a day, from its signing, so many days after; and what of it begins otherwise.

Pure. Rules: Law 64/2025/QH15 art. 53 (a day stated in the text; an urgent one from its adoption or signing). Where
the text tells a rule only, the day follows from the day of signing if that is known, else it stays open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from qms.citations.intake.layout import Line, mask_quotes, sentences
from qms.citations.intake.values import PartEffect
from qms.citations.provisions import find_provisions
from qms.citations.reader import find
from qms.model.enums import EffectiveRule

KINDS = (
    r"(?:bộ luật|luật|pháp lệnh|nghị quyết(?: liên tịch)?|nghị định|thông tư(?: liên tịch)?|quyết định|chỉ thị"
    r"|quy chế|quy định|quy chuẩn|văn bản|lệnh)"
)
DAY = r"(\d{1,2}) ?(?:[/.-] ?(\d{1,2}) ?[/.-]|t ?h ?á ?n ?g ?(\d{1,2}) ?,? ?n ?ă ?m) ?((?:19|20)\d\d)(?!\d)"

_EFFECT = re.compile(
    r"(?:bắt đầu )?(?:có (?:hiệu lực|giá trị)(?: pháp luật| pháp lý)?(?: thi hành)?|(?:được )?thi hành)(?: kể)?,? ?"
    rf"(?:(?:kể )?(?:từ|vào|sau)(?: từ)? ?(?:ngày ?)?(?P<day>{DAY})"
    r"|sau (?P<count>\d{1,3}|[^\W\d]+(?: [^\W\d]+){0,2})(?: \(\S+(?: \S+){0,3}\))? ngày,? ?(?:kể )?(?:từ|sau) "
    r"(?:ngày )?(?:được )?(?P<after>ký|ban hành|công bố|thông qua|đăng)"
    r"|(?:kể )?(?:từ|sau) ngày (?:được )?(?P<rule>ký|ban hành|công bố|thông qua|đăng)"
    r"|(?:kể )?từ ngày (?P<blank>\.*…* ?tháng))",
    re.IGNORECASE,
)
_OF_ITSELF = re.compile(rf"{KINDS} này(?!\w)", re.IGNORECASE)
_BARE_KIND = re.compile(rf"(?:^|[.;:] ?){KINDS} (?:này )?$", re.IGNORECASE)
_MERELY_TIMED = re.compile(
    rf"(?:từ|trước|sau|đến|khi|thời điểm|ngày)(?: khi| ngày| thời điểm)? (?:mà )?{KINDS} này $", re.IGNORECASE
)
_PARTLY = re.compile(r"quy định|nội dung|phụ lục|danh mục|mẫu|chương|mục|trừ|riêng", re.IGNORECASE)
_HEADING = re.compile(r"\(Điều \d+\w? [^()\n]{0,600}?có hiệu lực thi hành kể từ ngày (\d{2})/(\d{2})/(\d{4})")
_DAY = re.compile(DAY, re.IGNORECASE)
_RULES = {
    "ký": EffectiveRule.SIGNING,
    "ban hành": EffectiveRule.ISSUING,
    "thông qua": EffectiveRule.ADOPTION,
    "công bố": EffectiveRule.PUBLICATION,
    "đăng": EffectiveRule.PUBLICATION,
}
_SPOKEN = {
    "bảy": 7,
    "mười": 10,
    "mười lăm": 15,
    "hai mươi": 20,
    "ba mươi": 30,
    "bốn mươi lăm": 45,
    "sáu mươi": 60,
}


@dataclass(frozen=True)
class Effect:
    """From when the whole holds, the words that say so, and the provisions that begin on other days."""

    rule: EffectiveRule = EffectiveRule.UNKNOWN
    day: date | None = None
    days_after: int = 0
    sentence: str = ""
    parts: tuple[PartEffect, ...] = ()
    excepted: bool = False


def read_effect(lines: Sequence[Line], text: str, number: str | None, issued: date | None) -> Effect:
    """Return from when the regulation holds; ``number`` finds its own headings in a codified copy."""
    whole, parts = Effect(), []
    for sentence in (one for line in lines if not line.quoted for one in sentences(line.words)):
        for match, subject in _statements(sentence):
            provisions = _own_provisions(subject)
            if provisions or _PARTLY.search(subject.rpartition("này")[0] or subject):
                parts.append(PartEffect(provisions, _day_of(match, issued), sentence))
            elif whole.rule is EffectiveRule.UNKNOWN and not whole.sentence:
                whole = _whole(match, sentence, issued)
    if whole.rule is EffectiveRule.UNKNOWN and number and (codified := _codified(text, number)):
        whole = codified
    return Effect(
        whole.rule, whole.day, whole.days_after, whole.sentence, tuple(parts), "trừ" in whole.sentence
    )


def day_in(words: str) -> date | None:
    """Return the first day of the calendar that the words name."""
    match = _DAY.search(words)
    return _calendar(match.group(1), match.group(2) or match.group(3), match.group(4)) if match else None


def computed(rule: EffectiveRule, issued: date | None, days_after: int = 0) -> date | None:
    """Return the day that follows from the day of signing, None where it does not."""
    if issued is None:
        return None
    if rule in (EffectiveRule.SIGNING, EffectiveRule.ISSUING, EffectiveRule.ADOPTION):
        return issued
    if rule is EffectiveRule.DAYS_AFTER_SIGNING:
        return issued + timedelta(days=days_after)
    return None


def _statements(sentence: str) -> Iterator[tuple[re.Match[str], str]]:
    """Yield each "có hiệu lực từ ..." that the sentence states of the regulation, and what it states it of."""
    shown, start = mask_quotes(sentence), 0
    for match in _EFFECT.finditer(shown):
        subject = shown[start : match.start()]
        start = match.end()
        if _MERELY_TIMED.search(subject):
            continue
        if _OF_ITSELF.search(subject) or _BARE_KIND.search(subject) or _own_provisions(subject):
            yield match, subject


def _own_provisions(subject: str) -> tuple[str, ...]:
    """Return the provisions of the regulation itself that the words name; those of others are none."""
    cited = [one for one in find(subject) if not one.self_reference]
    if cited:
        return ()
    return tuple(dict.fromkeys(one for run in find_provisions(subject) for one in run.ids if one != "annex_"))


def _whole(match: re.Match[str], sentence: str, issued: date | None) -> Effect:
    if match["day"]:
        day = _day_of(match, issued)
        return Effect(EffectiveRule.DAY if day else EffectiveRule.UNKNOWN, day, 0, sentence)
    if match["count"]:
        days = _count(match["count"])
        after = match["after"].lower()
        gazette = after in ("đăng", "công bố")
        rule = EffectiveRule.DAYS_AFTER_GAZETTE if gazette else EffectiveRule.DAYS_AFTER_SIGNING
        return Effect(rule if days else EffectiveRule.UNKNOWN, computed(rule, issued, days), days, sentence)
    if match["rule"]:
        rule = _RULES[match["rule"].lower()]
        return Effect(rule, computed(rule, issued), 0, sentence)
    return Effect(sentence=sentence)


def _day_of(match: re.Match[str], issued: date | None) -> date | None:
    if match["day"]:
        return day_in(match["day"])
    return computed(_RULES[match["rule"].lower()], issued) if match["rule"] else None


def _count(words: str) -> int:
    return int(words) if words.isdigit() else _SPOKEN.get(" ".join(words.lower().split()), 0)


def _codified(text: str, number: str) -> Effect | None:
    """Read the codification's heading of an own article: "(Điều 4 Luật số ..., có hiệu lực thi hành kể từ ...)"."""
    for heading in _HEADING.finditer(text):
        first = next(iter(find(heading.group())), None)
        if first is not None and first.instrument == number:
            day = _calendar(*heading.groups())
            return Effect(EffectiveRule.DAY, day, 0, heading.group().strip("(")) if day else None
    return None


def _calendar(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
