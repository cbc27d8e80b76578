"""Which lines of a legal basis a change means: from instruments to lines. Pure.

Only a line's own instruments count, never those that its title quotes ("... sửa đổi Nghị định số 123/2015/NĐ-CP").
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from qms.citations.basis import legal_basis
from qms.citations.citation import Citation
from qms.citations.issuers import issuer_covers, issuer_key
from qms.citations.keys import is_local
from qms.citations.reader import find
from qms.model.basis import BasisEdit, LineEdit, LineLeft
from qms.model.enums import BasisAction
from qms.model.ids import clean

NO_WORDS = "Chưa có lời văn của dòng căn cứ mới."
BAD_WORDS = "Lời văn của dòng căn cứ mới có ký tự không dùng được."
NO_INSTRUMENT = "Lời văn của dòng căn cứ mới không nêu rõ số hoặc tên văn bản nào."
NO_LINE = "Phần căn cứ không có dòng nào nêu {key}."
ONLY_QUOTED = "{key} chỉ được nhắc trong tên của văn bản khác, không phải là căn cứ riêng."
ALREADY = "Phần căn cứ đã có {key}."
ALREADY_SO = "Dòng căn cứ đã ghi đúng như vậy."
SEVERAL = "Dòng này nêu nhiều văn bản ({keys}); hãy sửa tay để không mất văn bản khác."
SEVERAL_ISSUERS = "Có nhiều cơ quan ban hành văn bản mang số {key}; hãy chọn rõ cơ quan."
LAST = "Đây là căn cứ duy nhất, bỏ đi thì phần căn cứ trống; hãy thay bằng văn bản khác."


def plan(lines: Sequence[str], edit: BasisEdit, added: Collection[str] = ()) -> tuple[LineEdit, ...]:
    """Return the edits of single lines that a change asks for; raises ``LineLeft``.

    A new line stands behind those of ``added`` (keys) that already follow the line it belongs to, so that several
    additions keep their order.
    """
    named = [legal_basis([line]) for line in lines]
    text = _checked_text(edit)
    matched = _matched(lines, named, edit)
    if edit.action is BasisAction.ADD_AFTER:
        _refuse_known(named, text, skip=())
        matched = [_behind(named, at, added) for at in matched]
    else:
        _refuse_shared(named, matched)
    if edit.action is BasisAction.REMOVE and len(matched) == len(lines):
        raise LineLeft(reason=LAST)
    if edit.action is BasisAction.REPLACE:
        _refuse_known(named, text, skip=matched)
        matched = [at for at in matched if lines[at] != text]
        if not matched:
            raise LineLeft(reason=ALREADY_SO)
    return tuple(LineEdit(at, lines[at], edit.action, text) for at in dict.fromkeys(matched))


def _checked_text(edit: BasisEdit) -> str:
    text = clean(edit.text).rstrip(" ;.")
    if edit.action is BasisAction.REMOVE:
        return ""
    if not text:
        raise LineLeft(reason=NO_WORDS)
    if not text.isprintable():
        raise LineLeft(reason=BAD_WORDS)
    if not legal_basis([text]):
        raise LineLeft(reason=NO_INSTRUMENT)
    return text


def _matched(lines: Sequence[str], named: Sequence[tuple[Citation, ...]], edit: BasisEdit) -> list[int]:
    listed = edit.action is BasisAction.ADD_AFTER
    found = {
        at: citation
        for at, citations in enumerate(named)
        for citation in (citations if listed else citations[:1])
        if citation.key == edit.cites and _same_issuer(citation, edit.issuer)
    }
    if not found:
        quoted = any(citation.key == edit.cites for line in lines for citation in find(line))
        raise LineLeft(reason=(ONLY_QUOTED if quoted else NO_LINE).format(key=edit.cites))
    if len({_identity(citation) for citation in found.values()}) > 1:
        raise LineLeft(reason=SEVERAL_ISSUERS.format(key=edit.cites))
    return list(found)


def _same_issuer(citation: Citation, issuer: str) -> bool:
    if not issuer or not citation.issuer or not is_local(citation.key or ""):
        return True
    wanted, stated = issuer_key(issuer), issuer_key(citation.issuer)
    return wanted == stated or issuer_covers(wanted, stated) or issuer_covers(stated, wanted)


def _identity(citation: Citation) -> tuple[str | None, str]:
    return citation.key, issuer_key(citation.issuer or "") if is_local(citation.key or "") else ""


def _refuse_known(named: Sequence[tuple[Citation, ...]], text: str, skip: Collection[int]) -> None:
    new = legal_basis([text])[0]
    for at, citations in enumerate(named):
        if at not in skip and any(_identity(one) == _identity(new) for one in citations):
            raise LineLeft(reason=ALREADY.format(key=new.key))


def _refuse_shared(named: Sequence[tuple[Citation, ...]], matched: Sequence[int]) -> None:
    for at in matched:
        if len(named[at]) > 1:
            keys = ", ".join(citation.key or "" for citation in named[at])
            raise LineLeft(reason=SEVERAL.format(keys=keys))


def _behind(named: Sequence[tuple[Citation, ...]], at: int, added: Collection[str]) -> int:
    while at + 1 < len(named) and named[at + 1] and named[at + 1][0].key in added:
        at += 1
    return at
