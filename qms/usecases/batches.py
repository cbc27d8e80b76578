"""Many of one act: each by its own rules, reported one by one, none of them half-written. No acts here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from qms.errors import NotFound, Refused, WrongUse
from qms.model.document import Document
from qms.usecases import lookups
from qms.usecases.ports import Work


@dataclass(frozen=True)
class Outcome:
    """What became of one document of a batch: the content it stands for, or why it was refused."""

    document: str
    code: str
    content_sha256: str = ""
    refusal: str = ""

    @property
    def done(self) -> bool:
        """Tell whether the act was done for this document."""
        return not self.refusal


def each(work: Work, document_ids: Iterable[str], act: Callable[[Document], str]) -> list[Outcome]:
    """Do an act for each document within a savepoint of its own; what one refuses takes nothing from the others."""
    found = []
    for document_id in dict.fromkeys(document_ids):
        code = document_id
        try:
            with work.session.begin_nested():
                document = lookups.document_by_id(work, document_id)
                code = document.code
                found.append(Outcome(document_id, code, act(document)))
        except (NotFound, Refused, WrongUse) as refusal:
            found.append(Outcome(document_id, code, refusal=str(refusal)))
    return found
