"""Which administrative procedure (TTHC) a document covers: candidates by title, each with a score and why.

Pure. Titles of ISO procedures and names in the national base differ in marks, leading words ("Thủ tục ...", "Quy trình
...", "(cấp xã)"), abbreviations and wording that the law has changed; the words that set procedures apart ("lại", "lưu
động", "có yếu tố nước ngoài") weigh by how rare they are in the catalogue. Nothing is decided here: an officer ticks.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from qms.model.ids import fold

SURE = 0.9
"""From this score on, names are the same but for words that say nothing."""
LIKELY = 0.5
"""Below this score a candidate is not worth a person's look."""
_FIELD_WEIGHT = 0.03
_BEST_LIKENESS = 0.95

_EMPTY_WORDS = re.compile(
    r"\b(?:quy trinh|thu tuc(?: hanh chinh)?|tthc|giai quyet(?= (?:thu tuc|viec|ho so))|viec|"
    r"(?:thuc hien |giai quyet )?(?:tai |o )?(?:uy ban nhan dan |ubnd )?cap (?:xa|huyen|tinh)|"
    r"thuoc tham quyen(?: giai quyet)?(?: cua)?|va|cua|cho|la|ma|cac|do|duoc|trong|ve|theo)\b"
)
_SHORT: tuple[tuple[str, str], ...] = (
    ("gcn", "giay chung nhan"),
    ("gcnqsdd", "giay chung nhan quyen su dung dat"),
    ("qsdd", "quyen su dung dat"),
    ("dk", "dang ky"),
    ("dkkd", "dang ky kinh doanh"),
    ("hkd", "ho kinh doanh"),
    ("htx", "hop tac xa"),
    ("tncn", "thu nhap ca nhan"),
    ("bhyt", "bao hiem y te"),
    ("bhxh", "bao hiem xa hoi"),
    ("bttp", "bo tro tu phap"),
    ("tthn", "tinh trang hon nhan"),
    ("ytnn", "yeu to nuoc ngoai"),
    ("nkt", "nguoi khuyet tat"),
    ("btxh", "bao tro xa hoi"),
)
"""Abbreviations of titles, folded, and what they stand for."""
_SAME: tuple[tuple[str, str], ...] = (
    ("hop dong giao dich", "giao dich"),
    ("sua dung dat", "su dung dat"),
    ("bo sung ho tich", "bo sung thong tin ho tich"),
    ("thoa thuan phan chia di san", "phan chia di san"),
    ("tre em duoi 6 tuoi", "tre duoi 6 tuoi"),
)
"""Wordings that mean the same, folded: what the law called a thing before, and common slips."""


class MatchReason(StrEnum):
    """Why a procedure is proposed for a document, strongest first."""

    CODE = "code"
    SUCCESSOR = "successor"
    SAME_NAME = "same_name"
    LIKE_NAME = "like_name"


@dataclass(frozen=True)
class Entry:
    """A procedure of the catalogue as far as matching goes."""

    stem: str
    name: str
    field: str = ""


@dataclass(frozen=True)
class Candidate:
    """A procedure proposed for a document: how sure (0 to 1) and why."""

    stem: str
    name: str
    field: str
    score: float
    why: MatchReason


def words_of(title: str) -> tuple[str, ...]:
    """Return the words of a title that tell procedures apart, in order: folded, spelt out, empty words dropped."""
    text = f" {_plain(title)} "
    for before, now in _SAME:
        text = text.replace(f" {before} ", f" {now} ")
    return tuple(text.split())


def _plain(title: str) -> str:
    """Return a title folded, abbreviations spelt out, without the words that say nothing."""
    text = f" {fold(title)} "
    for short, full in _SHORT:
        text = text.replace(f" {short} ", f" {full} ")
    return " ".join(_EMPTY_WORDS.sub(" ", text).split())


class Matcher:
    """The names of a catalogue, ready to be compared with titles."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = list(entries)
        self.features = [_features(words_of(entry.name)) for entry in self.entries]
        self.by_feature: dict[str, list[int]] = defaultdict(list)
        for at, features in enumerate(self.features):
            for feature in features:
                self.by_feature[feature].append(at)
        count = len(self.entries)
        self.weights = {
            feature: math.log(1 + count / len(places)) for feature, places in self.by_feature.items()
        }
        self.unseen = math.log(1 + count) if count else 1.0
        self.sizes = [sum(self.weights[one] for one in features) for features in self.features]

    def candidates(
        self, title: str, *, field: str = "", codes: Sequence[str] = (), limit: int = 3
    ) -> list[Candidate]:
        """Return the likeliest procedures for a title, best first; ``codes`` are stems that the paper itself prints."""
        printed = [
            Candidate(entry.stem, entry.name, entry.field, 1.0, MatchReason.CODE)
            for entry in self.entries
            if entry.stem in codes
        ]
        scored = sorted(self._scored(title, fold(field)), key=lambda one: (-one.score, one.stem))
        rest = [one for one in scored if one.stem not in codes and one.score >= LIKELY]
        return [*printed, *rest][: max(limit, len(printed))]

    def _scored(self, title: str, field: str) -> Iterable[Candidate]:
        words = words_of(title)
        features = _features(words)
        size = sum(self.weights.get(one, self.unseen) for one in features)
        shared: dict[int, float] = defaultdict(float)
        for feature in features:
            weight = self.weights.get(feature, 0.0)
            for at in self.by_feature.get(feature, ()):
                shared[at] += weight
        for at, common in shared.items():
            entry = self.entries[at]
            same = common > LIKELY * size and _plain(title) == _plain(entry.name)
            score = 1.0 if same else min(2 * common / (size + self.sizes[at]), _BEST_LIKENESS)
            bonus = _FIELD_WEIGHT if field and fold(entry.field) == field and not same else 0.0
            why = MatchReason.SAME_NAME if same else MatchReason.LIKE_NAME
            yield Candidate(entry.stem, entry.name, entry.field, round(score + bonus, 3), why)


def _features(words: Sequence[str]) -> frozenset[str]:
    """Return single words and pairs of neighbours: pairs keep «kết hôn» and «hôn nhân» apart."""
    return frozenset(words) | {f"{one} {two}" for one, two in pairwise(words)}
