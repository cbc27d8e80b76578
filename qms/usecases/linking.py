"""Linking: a procedure uses a form, a local document adopts a model; what changes one is asked of the other."""

from __future__ import annotations

from qms.errors import Refused
from qms.model.document import Document, DocumentLink
from qms.model.enums import DocumentType, LinkKind
from qms.model.permissions import Act
from qms.usecases import lookups
from qms.usecases.ports import Work


class NotAForm(Refused):
    """Only a form can be used as one."""

    code = "not_a_form"
    sentence = "{code}: tài liệu này không phải biểu mẫu; hãy chọn một biểu mẫu."


class LinkedToItself(Refused):
    """A document does not belong to itself."""

    code = "linked_to_itself"
    sentence = "{code}: không thể gắn tài liệu với chính nó."


def link(work: Work, code: str, other: str, kind: LinkKind = LinkKind.USES_FORM) -> bool:
    """Tie a document to a form that it uses or a model that it adopts; False where they were tied already."""
    document, target = lookups.document(work, code), lookups.document(work, other)
    work.allow(Act.LINK_DOCUMENTS, lookups.subject_of(document))
    if document.id == target.id:
        raise LinkedToItself(code=document.code)
    if kind is LinkKind.USES_FORM and target.type is not DocumentType.FORM:
        raise NotAForm(code=target.code)
    if _tie(work, document, target, kind) is not None:
        return False
    work.session.add(DocumentLink(document_id=document.id, other_id=target.id, kind=kind))
    work.record("link", document.id, other=target.id, kind=kind.value)
    work.commit()
    return True


def unlink(work: Work, code: str, other: str, kind: LinkKind = LinkKind.USES_FORM) -> bool:
    """Untie two documents; False where they were not tied."""
    document, target = lookups.document(work, code), lookups.document(work, other)
    work.allow(Act.LINK_DOCUMENTS, lookups.subject_of(document))
    tie = _tie(work, document, target, kind)
    if tie is None:
        return False
    work.session.delete(tie)
    work.record("unlink", document.id, other=target.id, kind=kind.value)
    work.commit()
    return True


def _tie(work: Work, document: Document, target: Document, kind: LinkKind) -> DocumentLink | None:
    return work.session.get(DocumentLink, (document.id, target.id, kind))
