"""The door of this room: a regulation's text in, one ``Regulation`` out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from qms.citations.intake.consolidated import is_consolidated, read_consolidated
from qms.citations.intake.effect import Effect, computed, day_in, read_effect
from qms.citations.intake.grounds import read_grounds
from qms.citations.intake.layout import LEVELS, Line, read_lines, sentences
from qms.citations.intake.masthead import Masthead, read_masthead, stated_number
from qms.citations.intake.statements import LONGEST_SENTENCE, read_statements
from qms.citations.intake.values import Doubt, Regulation, StatedInstrument, StatedRelation
from qms.model.enums import EffectiveRule, IntakeDoubt, RelationKind

MOST_COMPARED = 50
_BY_A_DAY = r"đến\s+(?:hết\s+)?ngày\s+\d"
"""An end told by its day; "đến ngày Luật này có hiệu lực" tells none."""
_UNTIL = re.compile(_BY_A_DAY, re.IGNORECASE)
_ENDS_ITSELF = re.compile(
    r"\W*(?:\d{1,2}\.\s*)?(?:luật|pháp lệnh|nghị quyết|nghị định|quyết định|thông tư|văn bản)(?:\s+liên tịch)?\s+này\s"
    rf"[^;]{{0,200}}?(?:{_BY_A_DAY}|hết hiệu lực[^;]{{0,30}}?từ\s+ngày\s+\d)",
    re.IGNORECASE,
)
_RULE_WORDS = {
    EffectiveRule.SIGNING: "ngày ký",
    EffectiveRule.ISSUING: "ngày ban hành",
    EffectiveRule.ADOPTION: "ngày thông qua",
    EffectiveRule.PUBLICATION: "ngày công bố",
    EffectiveRule.DAYS_AFTER_SIGNING: "ngày ký",
    EffectiveRule.DAYS_AFTER_GAZETTE: "ngày đăng Công báo",
}


def read_regulation(text: str, number: str | None = None, issued: date | None = None) -> Regulation:
    """Read a whole regulation or only its entry-into-force article; never raises.

    ``number`` and ``issued`` are what the reader's user knows already; the text may hold neither.
    """
    lines = read_lines(text)
    head = read_masthead(lines, number)
    signed = head.issued or issued
    if is_consolidated(head.number):
        return _consolidated(lines, head, signed)
    effect = read_effect(lines, text, head.number, signed)
    body = list(_without_head(lines)) if head.whole else lines
    said = read_statements(body, head.number, head.type, head.title)
    grounds = read_grounds(lines, head.title, head.number, head.type) if head.whole else ()
    instrument = replace(_instrument(head, signed, effect), expires=_expires(lines))
    relations = [
        replace(one, starts=one.starts or effective_day(one, instrument, instrument.effective))
        for one in (*said.relations, *grounds)
    ]
    doubts = (
        *_doubts(lines, instrument, effect, number),
        *_undated(head, signed),
        *_ending(lines, relations),
        *said.doubts,
    )
    return Regulation(instrument, tuple(merged(relations)), (), doubts)


def _consolidated(lines: Sequence[Line], head: Masthead, issued: date | None) -> Regulation:
    """Return what a consolidated text says of itself; it begins on no day, what it brings together does."""
    instrument = _instrument(replace(head, type="văn bản hợp nhất"), issued, Effect())
    relations = tuple(read_consolidated(lines, head.number or ""))
    message = "Văn bản hợp nhất không có hiệu lực riêng; hiệu lực là của các văn bản được hợp nhất."
    return Regulation(instrument, relations, (), (Doubt(IntakeDoubt.CONSOLIDATED, message),))


def effective_day(
    relation: StatedRelation, instrument: StatedInstrument, effective: date | None
) -> date | None:
    """Return from when a relation holds if its sentence tells no day: with its provision, else with the whole."""
    for part in instrument.parts:
        if part.starts and any(
            relation.source_provision == one or relation.source_provision.startswith(f"{one}__")
            for one in part.provisions
        ):
            return part.starts
    return effective


def merged(relations: Iterable[StatedRelation]) -> list[StatedRelation]:
    """Return one relation for each kind, target and day: parts together, and nothing beside the whole's end.

    "Thay thế A ... hết hiệu lực" is one replacement; what a title says in general, the articles say in particular.
    """
    groups: dict[tuple[object, ...], list[StatedRelation]] = {}
    for one in relations:
        article = one.source_provision.partition("__")[0] if one.kind is RelationKind.AMENDS else ""
        article = article if one.target_provisions else ""
        groups.setdefault((one.kind, one.target, one.target_issuer, one.starts, article), []).append(one)
    joined = [_joined(group) for group in groups.values()]
    by_target: dict[str, list[StatedRelation]] = {}
    for one in joined:
        by_target.setdefault(one.target, []).append(one)
    return [one for one in joined if not _said_better(one, by_target[one.target])]


def _joined(group: Sequence[StatedRelation]) -> StatedRelation:
    """Join what is said of one target on one day; if the whole is meant once, the parts add nothing."""
    first = group[0]
    if len(group) == 1:
        return first
    whole = next((one for one in group if not one.target_provisions), None)
    if whole is not None and whole.kind is not RelationKind.AMENDS:
        return whole
    provisions = tuple(dict.fromkeys(part for one in group for part in one.target_provisions))
    sentence = " ".join(dict.fromkeys(one.sentence for one in group))[:LONGEST_SENTENCE]
    return replace(
        first,
        target_provisions=_refined(provisions),
        except_provisions=tuple(dict.fromkeys(part for one in group for part in one.except_provisions)),
        source_provision=_common([one.source_provision for one in group]),
        sentence=sentence,
    )


def _refined(provisions: Sequence[str]) -> tuple[str, ...]:
    """Leave out a provision of which smaller parts are named as well: the instruction around those."""
    steps = [one.split("__") for one in provisions]
    around = {"__".join(path[:length]) for path in steps for length in range(1, len(path))}
    return tuple(one for one in provisions if one not in around)


def _common(sources: Sequence[str]) -> str:
    """Return the own provision that holds all of them."""
    paths = [source.split("__") for source in sources]
    kept = []
    for steps in zip(*paths, strict=False):
        if len(set(steps)) > 1:
            break
        kept.append(steps[0])
    return "__".join(kept)


def _said_better(one: StatedRelation, others: Sequence[StatedRelation]) -> bool:
    """Tell whether another relation says the same and more: an end instead of a change, parts instead of "some"."""
    same = [other for other in others[:MOST_COMPARED] if other is not one]
    if one.kind is RelationKind.BASIS or one.kind in (RelationKind.IMPLEMENTS, RelationKind.GUIDES):
        return False
    if one.kind is RelationKind.AMENDS and not one.target_provisions:
        return any(other.kind not in (RelationKind.BASIS, RelationKind.IMPLEMENTS) for other in same)
    if one.kind is RelationKind.REPEALS and not one.target_provisions:
        return any(other.kind is RelationKind.REPLACES and not other.target_provisions for other in same)
    return False


def _without_head(lines: Sequence[Line]) -> Iterable[Line]:
    """Return the lines from the first article on, all of them where there is none."""
    for at, line in enumerate(lines):
        if LEVELS[line.level] == "article":
            return lines[at:]
    return lines


def _instrument(head: Masthead, issued: date | None, effect: Effect) -> StatedInstrument:
    return StatedInstrument(
        number=head.number,
        type=head.type,
        title=head.title,
        issuer=head.issuer,
        issued=issued,
        effective=effect.day,
        effective_rule=effect.rule,
        effective_sentence=effect.sentence,
        days_after=effect.days_after,
        parts=effect.parts,
    )


def _doubts(
    lines: Sequence[Line], instrument: StatedInstrument, effect: Effect, number: str | None
) -> Iterable[Doubt]:
    stated = stated_number(lines)
    if instrument.number is None:
        yield Doubt(IntakeDoubt.NO_NUMBER, "Không thấy số, ký hiệu của văn bản; hãy nhập tay.")
    elif number and stated and stated != number:
        message = f"Văn bản ghi số {stated}, khác số {number} đã nhập."
        yield Doubt(IntakeDoubt.NUMBER_DIFFERS, message)
    if instrument.effective is None:
        yield _no_day(instrument)
    elif instrument.issued and instrument.effective < instrument.issued:
        message = f"Ngày hiệu lực {instrument.effective:%d/%m/%Y} trước ngày ký {instrument.issued:%d/%m/%Y}."
        yield Doubt(IntakeDoubt.BEFORE_ISSUED, message)
    for part in instrument.parts:
        yield Doubt(IntakeDoubt.PARTLY_OTHER_DAY, f"Có phần hiệu lực từ ngày khác: «{part.sentence[:300]}»")
    if effect.excepted and not instrument.parts:
        yield Doubt(IntakeDoubt.PARTLY_OTHER_DAY, f"Hiệu lực có ngoại lệ: «{effect.sentence[:300]}»")


def _ending(lines: Sequence[Line], relations: Iterable[StatedRelation]) -> Iterable[Doubt]:
    """Tell of ends by a day, which relations cannot hold: unsaid, what has ended would be taken for alive."""
    for sentence, day in _own_ends(lines):
        if day is None:
            message = f"Văn bản có ngày hết hiệu lực: «{sentence[:300]}»; hãy nhập ngày đó."
        else:
            message = f"Văn bản hết hiệu lực từ {day:%d/%m/%Y}: «{sentence[:300]}»."
        yield Doubt(IntakeDoubt.UNTIL_A_DAY, message)
    for one in relations:
        if one.kind is RelationKind.SUSPENDS and _UNTIL.search(one.sentence):
            message = f"Ngưng hiệu lực có thời hạn: «{one.sentence[:300]}»; sổ không tự tính ngày có hiệu lực trở lại."
            yield Doubt(IntakeDoubt.UNTIL_A_DAY, message)


def _own_ends(lines: Sequence[Line]) -> Iterable[tuple[str, date | None]]:
    """Yield each sentence by which the regulation ends itself, with the first day on which it no longer holds."""
    for sentence in (one for line in lines if not line.quoted for one in sentences(line.words)):
        found = _ENDS_ITSELF.match(sentence)
        if found is None:
            continue
        until = _UNTIL.search(sentence)
        day = day_in(
            sentence[until.start() :] if until else sentence[sentence.lower().rfind("hết hiệu lực") :]
        )
        yield sentence, day + timedelta(days=1) if day and until else day


def _expires(lines: Sequence[Line]) -> date | None:
    return next((day for _sentence, day in _own_ends(lines) if day is not None), None)


def _undated(head: Masthead, issued: date | None) -> Iterable[Doubt]:
    if head.whole and issued is None:
        yield Doubt(IntakeDoubt.NO_ISSUED, "Không thấy ngày ban hành ở đầu văn bản; hãy nhập tay.")


def _no_day(instrument: StatedInstrument) -> Doubt:
    words = _RULE_WORDS.get(instrument.effective_rule)
    if words is None:
        return Doubt(IntakeDoubt.NO_EFFECTIVE, "Không đọc được ngày hiệu lực; hãy nhập tay.")
    after = f"sau {instrument.days_after} ngày kể từ " if instrument.days_after else "từ "
    message = f"Văn bản có hiệu lực {after}{words}, ngày đó không có trong văn bản; hãy nhập ngày hiệu lực."
    return Doubt(IntakeDoubt.EFFECTIVE_BY_RULE, message)


__all__ = ["computed", "effective_day", "merged", "read_regulation"]
