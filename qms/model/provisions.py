"""Provisions by their Akoma Ntoso style ids: which lies in which, and how people say them."""

from __future__ import annotations

from collections.abc import Iterable

CONTAINERS = ("part", "chp", "sec", "subsec")
"""What holds articles without their ids showing it: Điều 12 may lie in Chương II."""
_WORDS = {
    "part": "Phần",
    "chp": "Chương",
    "sec": "Mục",
    "subsec": "Tiểu mục",
    "art": "Điều",
    "para": "khoản",
    "point": "điểm",
    "subpoint": "tiết",
    "annex": "Phụ lục",
    "form": "Mẫu số",
}


def within(inner: str, outer: str) -> bool:
    """Tell whether a provision is another one or a part of it: ``art_2__para_1`` lies in ``art_2``."""
    return inner == outer or inner.startswith(f"{outer}__")


def overlap(one: str, other: str) -> bool:
    """Tell whether one provision is, holds or lies in the other."""
    return within(one, other) or within(other, one)


def may_overlap(one: str, other: str) -> bool:
    """Tell whether two provisions overlap as far as their ids can say: an article may lie in any chapter."""
    return overlap(one, other) or _may_hold(one, other) or _may_hold(other, one)


def spoken(provisions: Iterable[str]) -> str:
    """Return provisions as people cite them: ``art_5__para_2__point_a`` is điểm a khoản 2 Điều 5."""
    return "; ".join(_spoken(one) for one in provisions)


def _may_hold(outer: str, inner: str) -> bool:
    kind, other = outer.partition("_")[0], inner.partition("_")[0]
    if kind not in CONTAINERS:
        return False
    return other == "art" or (other in CONTAINERS and CONTAINERS.index(other) > CONTAINERS.index(kind))


def _spoken(one: str) -> str:
    parts = [part.partition("_") for part in one.split("__")]
    return " ".join(f"{_WORDS.get(kind, kind)} {number}" for kind, _bar, number in reversed(parts))
