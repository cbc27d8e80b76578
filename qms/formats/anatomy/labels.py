"""The words by which parts of a document are known, as data: one place to teach the reader a new layout.

Patterns of covers run on the text as printed (NFC, letter case ignored). All others run on folded words: no marks,
lower case, ``đ`` as ``d`` (``qms.model.ids.fold``).
"""

from __future__ import annotations

import re

from qms.model.enums import DocumentType

_ANY = re.IGNORECASE

COVER_LABELS: dict[str, re.Pattern[str]] = {
    "code": re.compile(
        r"\b(?:mã\s+(?:hiệu|tài\s+liệu|quy\s+trình|số)|ký\s+(?:mã\s+)?hiệu|số\s+hiệu)"
        r"(?:\s+(?:tài\s+liệu|quy\s+trình|văn\s+bản|biểu\s+mẫu))?\b",
        _ANY,
    ),
    "issue": re.compile(
        r"\b(?:lần\s+(?:ban\s+hành|bh)|ban\s+hành\s*:?\s*lần|phiên\s+bản)(?:\s+thứ)?\b", _ANY
    ),
    "revision": re.compile(
        r"\b(?:lần\s+)?(?:sửa\s+đổi|soát\s+xét)\s+lần(?:\s+thứ)?\b|\blần\s+(?:sửa\s+đổi|soát\s+xét|sđ)\b",
        _ANY,
    ),
    "issued": re.compile(r"\bngày\s+(?:ban\s+hành|bh)\b", _ANY),
    "effective": re.compile(
        r"\bngày\s+(?:có\s+)?(?:hiệu\s+lực|áp\s+dụng)\b|\bhiệu\s+lực(?:\s+từ(?:\s+ngày)?)?(?=\s*:)", _ANY
    ),
    "issuer": re.compile(r"\b(?:cơ\s+quan|đơn\s+vị)\s+ban\s+hành\b(?!\s+văn)", _ANY),
    "title": re.compile(
        r"\btên\s+(?:quy\s+trình|tài\s+liệu|thủ\s+tục(?:\s+hành\s+chính)?|tthc|hướng\s+dẫn|biểu\s+mẫu)\b(?=\s*:|\s*$)",
        _ANY,
    ),
    "page": re.compile(r"\b(?:số\s+)?trang(?:\s+số)?\b(?=\s*[:/\d]|\s*$)", _ANY),
    "day": re.compile(r"^\W*ngày\b(?=\s*:?\s*\d{1,2}\s*[/.-])", _ANY),
}
"""Labels of a cover, header or footer; ``day`` is a bare date, ``page`` only ends the value before it."""

CODE_SHAPE = re.compile(r"(?=[^\d]*\d)[A-ZĐ]{1,7}(?:[ .\-/]{0,2}[A-ZĐ0-9&]{1,10}){0,5}")
"""Grammars of ``domain.md`` §2.3: ``QT 01/CX-HCTP``, ``QT01 ISO``, ``QT.ISO.02``, ``QT-TP-01``, ``BM.TP.01.01``."""

TTHC_CODE = re.compile(r"(?<![\d.])\d\.\d{6}(?:\.(?:\d{3}\.\d{2}\.\d{2}\.)?[A-Z]\d{2})?(?![\d])")
"""Codes of the national base of administrative procedures: ``1.001193``, ``1.009645.H05``."""

TYPE_WORDS: tuple[tuple[str, DocumentType], ...] = (
    ("quy trinh", DocumentType.PROCEDURE),
    ("thu tuc", DocumentType.PROCEDURE),
    ("so tay", DocumentType.MANUAL),
    ("chinh sach", DocumentType.POLICY),
    ("muc tieu", DocumentType.POLICY),
    ("huong dan", DocumentType.INSTRUCTION),
    ("quy dinh", DocumentType.INSTRUCTION),
    ("quy che", DocumentType.INSTRUCTION),
    ("bieu mau", DocumentType.FORM),
)

CODE_TYPES: dict[str, DocumentType] = {
    "QT": DocumentType.PROCEDURE,
    "QTTP": DocumentType.PROCEDURE,
    "QTNB": DocumentType.PROCEDURE,
    "TT": DocumentType.PROCEDURE,
    "HD": DocumentType.INSTRUCTION,
    "HDCV": DocumentType.INSTRUCTION,
    "ST": DocumentType.MANUAL,
    "STCL": DocumentType.MANUAL,
    "CS": DocumentType.POLICY,
    "CSCL": DocumentType.POLICY,
    "MT": DocumentType.POLICY,
    "MTCL": DocumentType.POLICY,
    "BM": DocumentType.FORM,
}

SYSTEM_LINE = re.compile(
    r"(?:hệ thống quản lý(?: chất lượng)?|tiêu chuẩn)\b.*|(?:theo )?(?:TCVN )?ISO\b[ \d:./-]*", _ANY
)
"""A line of a cover that names the management system, not the document."""

STANDARD_BEHIND = re.compile(
    r"\s+(?:theo\s+)?(?:tiêu chuẩn\s+)?(?:TCVN\s+)?ISO(?:\s+\d{4,5}(?:\s*:\s*\d{4})?)?\s*$", _ANY
)

AGENCY_START = re.compile(
    r"(?:sở|ubnd|[uủ][yỷ] ban|hđnd|hội đồng|chi cục|cục|tổng cục|phòng|trung tâm|ban(?! hành)|văn phòng"
    r"|bộ(?! phận| hồ sơ)|thanh tra|công an|t[oò][aà] án|kho bạc|trường(?! hợp)|bệnh viện|viện(?! dẫn))\s",
    _ANY,
)
"""How agencies' names begin; on the text as printed, for ``Sở`` and ``Số`` fold to the same."""

MOTTO = re.compile(r"(?:cong hoa xa hoi chu nghia viet nam|doc lap tu do hanh phuc)\b")

SECTIONS: dict[str, re.Pattern[str]] = {
    "purpose": re.compile(r"muc dich\b.*"),
    "scope": re.compile(r"(?:pham vi|doi tuong ap dung)\b.*"),
    "references": re.compile(r"(?:tai lieu|van ban) vien dan\b.*|tai lieu (?:tham khao|lien quan)"),
    "definitions": re.compile(r"(?:dinh nghia|thuat ngu|giai thich tu ngu|(?:cac )?(?:chu|tu) viet tat)\b.*"),
    "responsibility": re.compile(r"trach nhiem(?: va quyen han)?"),
    "content": re.compile(r"noi dung(?: quy trinh| thuc hien| cua quy trinh)?"),
    "forms": re.compile(r"(?:cac )?bieu mau\b.*|phu luc va bieu mau"),
    "records": re.compile(r"ho so (?:luu|can luu|cong viec)\b.*|luu (?:tru )?ho so|ho so"),
}

ITEMS: dict[str, re.Pattern[str]] = {
    "dossier": re.compile(r"(?:thanh phan|so luong)\b.{0,30}\bho so\b.*"),
    "time_limit": re.compile(r"(?:tong )?thoi (?:han|gia\w{1,2})(?: (?:giai quyet|thuc hien|xu ly)\b.*)?"),
    "applicants": re.compile(r"doi tuong\b.*"),
    "agency": re.compile(
        r"(?:co quan|don vi) (?:thuc hien|co tham quyen|truc tiep|phoi hop|duoc uy quyen|giai).*"
    ),
    "result": re.compile(r"(?:ket qua|san pham)\b.*"),
    "fee": re.compile(r"(?:muc )?(?:phi|le phi|chi phi)(?: (?:va )?(?:phi|le phi|chi phi))*(?: neu co)?"),
    "forms": re.compile(r"(?:ten |cac )?(?:mau don|bieu mau|mau to khai|don to khai)\b.*"),
    "conditions": re.compile(r"(?:cac )?(?:yeu cau|dieu kien)\b.*"),
    "legal_basis": re.compile(r"(?:cac )?(?:can cu|co so) phap (?:ly|luat)\b.*"),
    "steps": re.compile(
        r"(?:cac )?(?:quy trinh|trinh tu|luu do|so do)\b.{0,40}\b(?:xu ly|thuc hien|giai quyet|cong viec)\b.*"
        r"|quy trinh (?:xu ly|giai quyet|thuc hien)|trinh tu thuc hien"
    ),
    "method": re.compile(r"cach thuc\b.*"),
    "place": re.compile(r"(?:dia diem|noi) (?:tiep nhan|nop|thuc hien)\b.*"),
}
"""Items inside the content; a head is what stands before the colon."""

STEP_COLUMNS: dict[str, re.Pattern[str]] = {
    "no": re.compile(r"(?:so )?(?:tt|stt)|buoc(?: cong viec)?|ten buoc|thu tu(?: .{0,15})?|buoc thuc hien"),
    "time": re.compile(
        r".*\bthoi (?:gian|han|luong)\b.*|so (?:ngay|gio)(?: lam viec)?|.*\b\d{1,3} (?:ngay|gio)(?: lam viec)?"
    ),
    "responsible": re.compile(
        r"(?!.*\bphoi hop$)(?:trach nhiem|nguoi (?:thuc hien|chiu trach nhiem|phu trach|xu ly|giai quyet)"
        r"|don vi|bo phan|co quan|chuc danh|vi tri|chu the|can bo|cong chuc|noi thuc hien)\b.*|thuc hien"
    ),
    "result": re.compile(
        r"(?:bieu mau|ket qua|san pham|ho so|tai lieu|mau bieu|mo ta bieu mau)\b.*|(?:ghi chu )?bieu mau"
    ),
    "action": re.compile(
        r"(?:trinh tu|noi dung|cong viec|cac buoc|mo ta|hoat dong|ten buoc cong viec|nhiem vu)\b.*"
        r"|quy trinh(?: thuc hien| xu ly| giai quyet)?(?: cong viec)?"
    ),
}
"""Columns of a step table, tried in this order; a cell that speaks of keeping (``lưu``) belongs to records.

A head that ends with a duration is a time column too: "Không xác minh (01 ngày làm việc)".
"""

RECORD_COLUMNS: dict[str, re.Pattern[str]] = {
    "no": re.compile(r"(?:so )?(?:tt|stt)"),
    "retention": re.compile(r"thoi (?:gian|han)\b.*\bluu\b.*|thoi (?:gian|han)"),
    "keeper": re.compile(r"(?:noi|bo phan|nguoi|don vi|trach nhiem|dia diem)\b.*\bluu\b.*|noi luu|bo phan.*"),
    "code": re.compile(r"(?:ma|ky) (?:so|hieu).*"),
    "name": re.compile(r"(?:ten )?(?:bieu mau|ho so|tai lieu)\b.*|ten\b.*"),
}

REVISION_COLUMNS: dict[str, re.Pattern[str]] = {
    "no": re.compile(r"(?:so )?(?:tt|stt)"),
    "day": re.compile(r"ngay\b.*"),
    "revision": re.compile(r"lan (?:sua doi|ban hanh|soat xet)\b.*"),
    "basis": re.compile(r"(?:co so|can cu|yeu cau|ly do|trang|vi tri|phan)\b.*"),
    "summary": re.compile(r"(?:tom luoc|noi dung|mo ta)\b.*"),
}

APPROVAL_ROLES: dict[str, re.Pattern[str]] = {
    "drafted": re.compile(r"(?:nguoi )?(?:soan thao|bien soan|viet|lap)(?: .{0,12})?"),
    "reviewed": re.compile(r"(?:nguoi )?(?:xem xet|soat xet|kiem tra|tham dinh|tham tra)(?: .{0,12})?"),
    "approved": re.compile(r"(?:nguoi )?(?:phe duyet|duyet|ban hanh)(?: .{0,12})?"),
}
POSITION_LABEL = re.compile(r"chuc (?:vu|danh)\b.*")
POSITION_PREFIX = re.compile(r"^\s*chức\s+(?:vụ|danh)\s*:\s*", _ANY)
POSITION_START = re.compile(
    r"(?:pho |quyen )?(?:chu tich|giam doc|tong giam doc|truong (?:phong|ban|bo phan|khoa)"
    r"|chanh (?:van phong|thanh tra)|(?:tong |chi )?cuc truong|bi thu|hieu truong|vien truong"
    r"|cong chuc|vien chuc|chuyen vien|can bo|van thu|thu ky"
    r"|ke toan|ban iso|to (?:iso|truong)|dai dien lanh dao|lanh dao)\b"
)
"""How a position begins; whoever holds it is only text."""

FORM_WORDS = re.compile(
    r"(?:tờ khai|đơn|mẫu|giấy|phiếu|văn bản|biên bản|bản|báo cáo|danh sách|sổ|thông báo|quyết định)\b", _ANY
)
NO_FORM = re.compile(r"khong(?: co| quy dinh)?|xem muc .*|theo muc .*|nhu muc .*")

FORM_HEAD = re.compile(
    r"(?:noi dung )?(?:bieu )?mau (?:ho tich|dien tu|so theo doi|don|to khai|giay|phieu|bien ban|van ban)\b"
    r"|to khai\b|don (?:de nghi|xin|dang ky|yeu cau|khieu nai|to cao|bao|xac nhan)\b|phieu (?!bau)|bien ban\b"
    r"|giay (?:tiep nhan|hen|de nghi|uy quyen|cam doan|cam ket|xac nhan|bien nhan|moi)\b|so theo doi\b"
)
"""How the title of a blank form begins where nothing else announces it."""

FORM_CODE = re.compile(
    r"(?P<code>(?:Biểu mẫu|Mẫu|Phụ lục|BM)[ .:-]*(?:số[ .:]*)?[A-ZĐ\d][\w./-]{0,25})", _ANY
)
"""The code above a form: ``Mẫu số 01``, ``Mẫu B12``, ``BM.TP.01.01``."""

SHORT_FORM_TITLE = re.compile(
    r"(?:don|don de nghi|de nghi|to khai|giay|phieu|thong bao|bien ban|ban cam ket|bao cao)"
)
"""A title that goes on in the line below."""

APPENDIX_HEAD = re.compile(r"phu luc(?: (?:so )?(?:\d{1,2}|[ivx]{1,4}))?(?:\b|$)")

OFFICIALS = re.compile(r"(?:cong chuc|vien chuc|can bo|chuyen vien|nhan vien|chu tich|lanh dao)\b")
"""How a person begins where an agency is asked for."""

COMMON_ABBREVIATIONS = frozenset(
    {"ISO", "TCVN", "QCVN", "UBND", "HĐND", "TTHC", "STT", "ĐVT", "CCCD", "PDF", "USB", "VND", "VNĐ"}
)
"""Abbreviations that nobody needs to have explained."""

KEPT_OF = re.compile(
    r"(?:so dang ky|giay(?: chung nhan| xac nhan)?|trich luc(?: dang ky)?)\s+(?P<what>[a-z0-9 ]+?)"
    r"(?=\s+(?:ban (?:photo|sao|chinh|luu)|cua)\b|$)"
)
"""What a kept register or certificate is about: ``Sổ đăng ký khai sinh``, ``Giấy khai sinh (bản photo)``."""
