"""One row of a table of administrative procedures (TTHC): what it says, checked, before anything is compared. Pure.

Columns are those of the contract (``design.md`` §7) and, for tables of agencies, their Vietnamese heads
(``formats/tthc_tables.py``). Whatever makes a row unusable is told in a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from qms.errors import WrongUse
from qms.formats.regulation import RegulationText
from qms.formats.tthc_papers import PaperHead, read_head
from qms.formats.tthc_tables import CODE, TthcCells, is_tthc_head, named_rows, paper_rows, read_change
from qms.model.days import parse_day
from qms.model.enums import TthcChange, TthcSource
from qms.model.ids import clean, fold
from qms.model.tthc import stem

Row = Mapping[str, str]
_CUT_SHORT = re.compile(r"\d[.,]\d{3,5}", re.ASCII)
_OLD_CODE = re.compile(r"\b(?:tu|cu|from|replaces|thay the(?: cho)?|thay cho)(?: ma(?: so)?(?: cu)?)?$")
_INTERNAL = ("internal", "noi bo", "quy trinh")


class WrongRow(WrongUse):
    """A row that cannot be taken in as it stands."""

    code = "wrong_tthc_row"
    sentence = "{reason}"


@dataclass(frozen=True)
class TthcLine:
    """What one row says, read and checked; ``change`` is None where the row leaves it to what is known."""

    stem: str
    code: str
    name: str = ""
    change: TthcChange | None = None
    source: TthcSource = TthcSource.PUBLISHED
    decision: str = ""
    issuer: str = ""
    effective: date | None = None
    time_limit: str = ""
    fee: str = ""
    predecessor: str = ""
    successor: str = ""
    old_name: str = ""
    field: str = ""
    level: str = ""
    url: str = ""


def is_table(columns: Collection[str]) -> bool:
    """Tell whether columns are those of a table of administrative procedures, in the contract's words or Vietnamese."""
    return is_tthc_head(list(columns))


def prepared(
    rows: Sequence[tuple[int, Row]], given: Mapping[str, str] | None = None
) -> list[tuple[int, Row]]:
    """Return rows under the contract's column names, parts of the table spread over their rows.

    ``given`` fills what no row says (decision, issuer, effective, source, change).
    """
    return [(row.line, filled(row.values, given or {})) for row in named_rows(rows)]


def filled(values: Row, given: Mapping[str, str]) -> Row:
    """Return a row with what is given for the whole table where the row itself is silent."""
    return {**{name: value for name, value in given.items() if value}, **values}


def is_paper(data: bytes) -> bool:
    """Tell whether a file is a paper, not a table: Word of any age, or PDF."""
    word = data.startswith(b"PK") and b"word/" in data
    return word or data.startswith(b"\xd0\xcf\x11\xe0") or data.lstrip()[:5] == b"%PDF-"


def in_paper(paper: RegulationText) -> tuple[PaperHead, list[TthcCells]]:
    """Return what the head of a decision says, and the rows of its tables, each under its part."""
    return read_head(paper.text), paper_rows(paper.tables, paper.above)


def of_head(head: PaperHead) -> dict[str, str]:
    """Return what the head of a decision says of all its rows, under the contract's column names."""
    said = {
        "decision": head.number,
        "issuer": head.issuer,
        "effective": head.effective.isoformat() if head.effective else "",
        "source": TthcSource.INTERNAL.value if head.internal else "",
        "change": head.change,
    }
    return {name: value for name, value in said.items() if value}


def read_line(row: Row) -> TthcLine:
    """Return what a prepared row says; raises ``WrongUse`` for what is missing, unreadable or marked as an error."""
    code, successor, predecessor = (row.get(name, "") for name in ("code", "successor", "predecessor"))
    code, successor, predecessor = _codes(code, successor, predecessor, row.get("change", ""))
    own = stem_of(code)
    if row.get("suspect"):
        raise WrongRow(
            reason=f"{own}: nguồn đánh dấu dòng này thu thập lỗi; hãy đối chiếu với Cổng Dịch vụ công quốc gia "
            "rồi nhập lại."
        )
    if not row.get("name") and not row.get("decision"):
        raise WrongRow(reason=f"{own}: thiếu tên thủ tục và số quyết định.")
    return TthcLine(
        stem=own,
        code=clean(code),
        name=clean(row.get("name", "")),
        change=_change(row.get("change", "")),
        source=_source(row.get("source", "")),
        decision=clean(row.get("decision", "")),
        issuer=clean(row.get("issuer", "")),
        effective=_day(row.get("effective", "")),
        time_limit=_said(row.get("time_limit", "")),
        fee=_said(row.get("fee", "")),
        predecessor=stem_of(predecessor) if predecessor else "",
        successor=stem_of(successor) if successor else "",
        old_name=clean(row.get("old_name", "")),
        field=clean(row.get("field", "")),
        level=clean(row.get("level", "")),
        url=clean(row.get("url", "")),
    )


def _codes(code: str, successor: str, predecessor: str, change: str) -> tuple[str, str, str]:
    """Return the codes of a row: «1.001028 -> 1.012591» is old and new, «đổi mã thành 1.012591» names the other one.

    A row that has only an old or only a new code stands for that one.
    """
    for arrow in ("->", "→", "=>", "thành"):
        first, found, second = code.partition(arrow)
        if found:
            return first.strip(), second.strip(), predecessor
    if code.strip() and not successor and not predecessor:
        successor, predecessor = _other_code(change, code)
    if not code.strip() and predecessor.strip():
        return predecessor, successor, ""
    return (code or successor), (successor if code.strip() else ""), predecessor


def _other_code(change: str, code: str) -> tuple[str, str]:
    """Return successor and predecessor as far as the words of the change name another code."""
    for match in CODE.finditer(change):
        if stem(match[0]) not in (None, stem(code)):
            before = _OLD_CODE.search(fold(change[: match.start()])) is not None
            return ("", match[0]) if before else (match[0], "")
    return "", ""


def stem_of(code: str) -> str:
    """Return the stem of a code as typed; raises ``WrongRow`` for none or what is no code."""
    if not code.strip():
        raise WrongRow(reason="thiếu mã thủ tục hành chính (cột code).")
    found = stem(code)
    if found is None and _CUT_SHORT.fullmatch(code.strip()):
        raise WrongRow(
            reason=f"mã «{clean(code)}» thiếu chữ số: Excel bỏ số 0 ở cuối khi cột mã là số; hãy đặt cột mã dạng chữ."
        )
    if found is None:
        raise WrongRow(reason=f"«{clean(code)}» không phải mã thủ tục hành chính (dạng 1.001193).")
    return found


def _change(words: str) -> TthcChange | None:
    try:
        return read_change(words)
    except ValueError:
        raise WrongRow(
            reason=f"«{clean(words)[:120]}» không cho biết thủ tục được ban hành mới, sửa đổi, đổi mã hay bãi bỏ."
        ) from None


def _source(words: str) -> TthcSource:
    folded = fold(words)
    return TthcSource.INTERNAL if any(word in folded for word in _INTERNAL) else TthcSource.PUBLISHED


def _day(typed: str) -> date | None:
    return parse_day(clean(typed)[:10]) if typed.strip() else None


def _said(words: str) -> str:
    said = clean(words)
    return "" if said in {"—", "-", "–"} else said
