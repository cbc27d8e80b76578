"""What stands on every paper of the agency: name, place, symbol, who signs; days and editions in words. No acts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from qms.formats.papers import fill
from qms.model.ids import clean, fold
from qms.model.issuance import Issuance
from qms.model.organisation import Unit
from qms.usecases import lookups
from qms.usecases.ports import Work

_PLACE = re.compile(r"\b(?:xã|phường|thị trấn|đặc khu|huyện|tỉnh|thành phố)\s+(.+)$", re.IGNORECASE)
_SYMBOL = re.compile(r"/QĐ-(\S+)$")
_COMMITTEE = re.compile(r"^ỦY BAN NHÂN DÂN\s+")
_SHORT = re.compile(r"^UBND\b")
DOTS = "................"
COMMITTEE_BASIS = "Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025"
STANDARD_BASIS = (
    "Quyết định số 19/2014/QĐ-TTg ngày 05 tháng 3 năm 2014 của Thủ tướng Chính phủ về việc áp dụng Hệ thống quản lý "
    "chất lượng theo Tiêu chuẩn quốc gia TCVN ISO 9001:2008 vào hoạt động của các cơ quan, tổ chức thuộc hệ thống "
    "hành chính nhà nước"
)


@dataclass(frozen=True)
class Paper:
    """A paper as a file."""

    name: str
    data: bytes


def made(work: Work, template: str, name: str, values: Mapping[str, object]) -> Paper:
    """Return a paper filled from its template under the agency's letterhead; raises ``MissingField``."""
    data = fill(f"{template}.docx", work.templates.read(template), {**letterhead(work), **values})
    return Paper(f"{name}.docx", data)


def letterhead(work: Work) -> dict[str, object]:
    """Return the fields that every template may use; the names are those that templates write."""
    root = lookups.root_unit(work)
    above = work.session.get(Unit, root.parent_id) if root.parent_id else None
    last = work.session.scalar(
        select(Issuance).where(Issuance.number.is_not(None)).order_by(Issuance.signed_on.desc()).limit(1)
    )
    agency = spelled(root.name)
    committee = fold(agency).startswith("uy ban nhan dan")
    office = "Chủ tịch" if committee else "Giám đốc" if fold(agency).startswith("so ") else "Thủ trưởng"
    place = _PLACE.search(agency)
    own = bool(last and last.signing_form is None)
    return {
        # a committee's name stands on two lines: what it is, then where
        "co_quan": _COMMITTEE.sub("ỦY BAN NHÂN DÂN\n", agency.upper()),
        "co_quan_chu_quan": spelled(above.name).upper() if above else "",
        "dia_danh": place[1] if place else DOTS,
        "nam": str(work.today.year),
        "tinh_den": spoken(work.today),
        "chu_viet_tat": _symbol(last, agency, committee=committee),
        "tham_quyen": f"{office} {agency}".upper(),
        "kinh_gui": f"{office} {agency}",
        "chuc_vu_ky": f"TM. ỦY BAN NHÂN DÂN\n{office.upper()}" if committee else office.upper(),
        "nguoi_ky": last.signer_name if last and own else "",
        "nguoi_lap": work.actor.name if work.actor.signed_in else "",
        "chuc_vu_trinh": (work.actor.position or "Thư ký ISO").upper(),
        "chuc_vu_trinh_thuong": work.actor.position or "Thư ký ISO",
        "nguoi_trinh": work.actor.name if work.actor.signed_in else "",
        "noi_nhan_tren": "Các đơn vị, cá nhân áp dụng",
        "can_cu": grounds(work),
    }


def grounds(work: Work) -> list[str]:
    """Return what every decision on documents rests on: the law on the agency itself, the rule of the system."""
    committee = fold(spelled(lookups.root_unit(work).name)).startswith("uy ban nhan dan")
    return [COMMITTEE_BASIS, STANDARD_BASIS] if committee else [STANDARD_BASIS]


def spelled(agency: str) -> str:
    """Return an agency's name as papers write it: ``Ủy ban nhân dân xã ...``."""
    return _SHORT.sub("Ủy ban nhân dân", clean(agency))


def spoken(day: date | None) -> str:
    """Return a day as lists write it."""
    return f"{day:%d/%m/%Y}" if day else ""


def edition(issue: int, revision: int) -> str:
    """Return an edition as papers write it: ``02``, ``02 - sửa đổi 01``."""
    return f"{issue:02d} - sửa đổi {revision:02d}" if revision else f"{issue:02d}"


def _symbol(last: Issuance | None, agency: str, *, committee: bool) -> str:
    """Return the agency's letters in a symbol (145/QĐ-UBND): as its last decision had them, else of its name."""
    match = _SYMBOL.search((last.number if last else "") or "")
    if match:
        return match[1]
    return "UBND" if committee else "".join(word[0].upper() for word in agency.split()[:3])
