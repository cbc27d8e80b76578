"""The verbs by which a regulation acts on others, and the clauses they govern.

Pure. Active: "Thông tư này thay thế ...", "Bãi bỏ ...". Passive: "... hết hiệu lực kể từ ngày ...". A verb in a title
("Thông tư A sửa đổi Thông tư B"), in a condition ("trường hợp ... được thay thế") or in a request ("phản ánh để sửa
đổi") acts on nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from qms.citations.intake.effect import DAY, KINDS, day_in
from qms.citations.intake.layout import mask_quotes
from qms.citations.reader import find
from qms.model.enums import RelationKind

LONGEST = 30_000
"""Characters of a sentence that are read, so that no text takes time beyond its length."""
LONGEST_LEAD = 800
MOST_VERBS = 30

_ACTIVE = (
    (
        RelationKind.AMENDS,
        r"(?:sửa đổi|bổ sung)(?:(?:,| và|, và|/)? ?(?:sửa đổi|bổ sung|thay thế|bãi bỏ)){0,3}",
    ),
    (
        RelationKind.SUSPENDS,
        r"(?:tạm )?(?:ngưng|ngừng|đình chỉ)(?: việc)? (?:hiệu lực|thi hành|thực hiện|áp dụng)(?: thi hành)?",
    ),
    (RelationKind.REPLACES, r"thay thế(?:(?:,| và) bãi bỏ)?(?: cho)?|thay cho"),
    (RelationKind.REPEALS, r"(?:bãi bỏ|h(?:ủy|uỷ) bỏ)(?: hiệu lực)?(?: thi hành)?|bỏ"),
    (RelationKind.CORRECTS, r"đính chính"),
)
_PASSIVE = (
    (
        RelationKind.SUSPENDS,
        r"(?:tạm )?(?:ngưng|ngừng) (?:có )?hiệu lực(?: thi hành)?|(?:bị|được) đình chỉ(?: thi hành)?",
    ),
    (
        RelationKind.REPEALS,
        r"(?:hết|không còn|chấm dứt) hiệu lực(?: thi hành| pháp luật)?(?: toàn bộ| một phần)?"
        r"|(?:được |bị |đều )(?:bãi bỏ|h(?:ủy|uỷ) bỏ)",
    ),
    (RelationKind.REPLACES, r"(?:được |bị )thay thế(?= (?:bởi|bằng|theo|kể|từ)|\W*$)"),
    (
        RelationKind.AMENDS,
        r"(?:được )?(?:sửa đổi, bổ sung|sửa đổi|bổ sung)(?= (?:như sau|theo (?:quy định|Phụ lục)))",
    ),
)
_ANY = {
    voice: re.compile(
        "|".join(rf"(?P<{kind.value}>(?<!\w)(?:{words})(?!\w))" for kind, words in verbs), re.IGNORECASE
    )
    for voice, verbs in (("active", _ACTIVE), ("passive", _PASSIVE))
}
_CONDITIONAL = re.compile(
    r"trường hợp|nếu |viện dẫn|dẫn chiếu|phản ánh|kiến nghị|vướng mắc|đề nghị|thẩm quyền|trách nhiệm(?! thi hành)",
    re.IGNORECASE,
)
_MODAL = re.compile(
    r"(?<!\w)(?:được|bị|đã|việc|khi|để|chưa|không|phải|cần|hoặc|sẽ được|các|đề nghị) $", re.IGNORECASE
)
_LED = re.compile(r"(?:này|,|;|:|và|đồng thời|nay|cũng|ban hành|hiệu lực|thi hành|ký|\d) ?$", re.IGNORECASE)
_OF_THE_WHOLE = re.compile(
    r"(?<!\w)(?:này|nay|đồng thời|(?:kể )?từ (?:ngày|khi|thời điểm))(?!\w)", re.IGNORECASE
)
"""What a clause begins with that speaks for the regulation: "Thông tư này ...", "Kể từ ngày ..., bãi bỏ ..."."""
_TIME = re.compile(
    r"\W*(?:(?:kể )?từ (?:ngày|khi|thời điểm) [^,;:]*?(?:hiệu lực(?: thi hành| pháp luật)?|(?:19|20)\d\d),?[ :]*"
    r"|khi [^,;:]*? này có hiệu lực(?: thi hành)?,? ?)?(?:thì )?",
    re.IGNORECASE,
)
_OBJECT = re.compile(
    r"\W*$|\W*(?:đối với )?(?:(?:một số|các|những|toàn bộ|cả|một phần|tên|tên gọi|tiêu đề) )*"
    rf"(?:{KINDS}|cụm từ|từ|chữ|số|nội dung|quy định|đoạn|điểm|khoản|điều|chương|mục|tiểu mục|phần|phụ lục|mẫu"
    r"|biểu mẫu|biểu|bảng|danh mục|câu|gạch|tiết|ý|hiệu lực|hướng dẫn|thủ tục|lời|dòng|định mức|mức"
    r"|văn bản|lỗi|sai sót|(?:bộ )?tiêu chí|căn cứ|thông tin|cột|hàng|nơi nhận|công thức|khái niệm|sau)(?!\w)",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    rf"\W*(?:(?:các|những|toàn bộ|một số|tất cả(?: các)?|riêng) )*(?:{KINDS}|quy định|nội dung|biểu mẫu|mẫu|phụ lục"
    r"|danh mục|văn bản|hướng dẫn|điều|khoản|điểm|chương|mục|phần|bảng|quy trình|tiết|nđ|tt|qđ)(?!\w)",
    re.IGNORECASE,
)
_WORDS = re.compile(r"\W*(?:các |những )?(?:cụm từ|từ|chữ)(?! ngày)(?!\w)", re.IGNORECASE)
_SAYS_SO = re.compile(r"(?<!\w)sau(?: đây)?[ :]*$|(?<!\w)sau(?: đây)? ", re.IGNORECASE)
_UNTIL = re.compile(r"(?:đến khi|khi|nếu|trước ngày|trước khi|đã|chưa|cho đến) ?$", re.IGNORECASE)
_UNTIL_THEN = re.compile(r"đến (?:khi|ngày|hết)|trước khi|theo quy định", re.IGNORECASE)
_AND_VERB = re.compile(
    rf",? và (?:thay thế|bãi bỏ|h(?:ủy|uỷ) bỏ) (?:các )?(?:{KINDS} (?:liên tịch )?số|điểm|khoản|điều|chương)(?!\w)",
    re.IGNORECASE,
)
_CHANGES = re.compile(r"sửa đổi|bổ sung|thay thế|bãi bỏ", re.IGNORECASE)
_FROM_DAY = re.compile(rf"^\W*(?:thi hành )?(?:kể )?từ (?:ngày )?(?P<day>{DAY})", re.IGNORECASE)
_TO_END = re.compile(rf"(?:kể )?từ ngày (?P<day>{DAY})\W*$", re.IGNORECASE)
_LISTS = re.compile(r":\s*$|(?:sau|sau đây|dưới đây)(?: gồm| bao gồm)?\W*$|như sau\W*$", re.IGNORECASE)


@dataclass(frozen=True)
class Clause:
    """One verb with the words of its objects; ``lists`` says that the lines below go on with them."""

    kind: RelationKind
    objects: str
    starts: date | None
    lists: bool
    sentence: str
    tail: str = ""


def read_clauses(sentence: str) -> Iterator[Clause]:
    """Yield what a sentence does to other instruments, in order."""
    for words in _parted(sentence[:LONGEST]):
        clause = _active(words) or _passive(words)
        while clause is not None:
            other = _taken_over(clause)
            yield (
                clause
                if other is None
                else replace(clause, objects=clause.objects[: other.start()], lists=False)
            )
            clause = _active(clause.objects[other.start() :].lstrip(" ,và")) if other else None


def _taken_over(clause: Clause) -> re.Match[str] | None:
    """Return where another verb takes over behind "và": not in a title, which would speak of changes before it."""
    other = _AND_VERB.search(clause.objects)
    if other is None:
        return None
    before = find(clause.objects[: other.start()])
    if not before or _CHANGES.search(clause.objects[before[-1].end : other.start()]):
        return None
    return other


def _parted(sentence: str) -> Iterator[str]:
    """Part a sentence at semicolons where another verb takes over; lists of objects stay together."""
    held, acted = "", False
    for piece in re.split(r"(?<=;)", sentence):
        active = _active(piece) is not None
        passive = not active and acted and _passive(piece) is not None
        if held and (active or passive):
            yield held
            held = ""
        held += piece
        acted = acted or active
    if held.strip():
        yield held


def _active(words: str) -> Clause | None:
    shown = mask_quotes(words)
    for verb in islice(_ANY["active"].finditer(shown), MOST_VERBS):
        if verb.start() > LONGEST_LEAD:
            break
        before, after = shown[: verb.start()], shown[verb.end() :]
        if not _may_act(before) or not _OBJECT.match(after):
            continue
        kind = _kind(verb)
        if kind in (RelationKind.REPLACES, RelationKind.REPEALS) and _WORDS.match(after):
            kind = RelationKind.AMENDS
        return Clause(kind, after, _active_day(before, after), bool(_LISTS.search(after)), words.strip())
    return None


def _may_act(before: str) -> bool:
    if not before.strip(" ,;.-"):
        return True
    if _CONDITIONAL.search(before) or _MODAL.search(before) or not _LED.search(before):
        return False
    if not _OF_THE_WHOLE.search(before):
        return False
    return not any(not one.self_reference for one in find(before))


def _passive(words: str) -> Clause | None:
    shown = mask_quotes(words)
    for verb in islice(_ANY["passive"].finditer(shown), MOST_VERBS):
        before, after = shown[: verb.start()], shown[verb.end() :]
        lead = _TIME.match(before)
        subject = before[lead.end() :] if lead else before
        if _UNTIL.search(before) or not _SUBJECT.match(subject):
            continue
        day = _FROM_DAY.match(after)
        starts = day_in(day["day"]) if day else None
        lists = bool(_LISTS.search(after)) or bool(_SAYS_SO.search(subject))
        cited = find(subject)
        if cited and (cited[0].self_reference or _UNTIL_THEN.search(subject[: cited[0].start])):
            continue
        if cited or not _SAYS_SO.search(subject):
            return Clause(_kind(verb), subject, starts, lists, words.strip(), after)
        if lists:
            return Clause(_kind(verb), after.rpartition(":")[2], starts, True, words.strip(), after)
    return None


def _kind(verb: re.Match[str]) -> RelationKind:
    return RelationKind(next(name for name, found in verb.groupdict().items() if found))


def _active_day(before: str, after: str) -> date | None:
    lead = re.match(rf"\W*(?:kể )?từ ngày (?P<day>{DAY}),? ?", before, re.IGNORECASE)
    if lead is not None and lead.end() >= len(before.rstrip()):
        return day_in(lead["day"])
    last = _TO_END.search(after)
    return day_in(last["day"]) if last else None
