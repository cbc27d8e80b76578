"""Every table of the database in one metadata: importing the nouns here registers them."""

from __future__ import annotations

from qms.model import copies, document, forms, issuance, law, legal_change, organisation, package, trail, tthc
from qms.model.base import Base

metadata = Base.metadata

__all__ = [
    "copies",
    "document",
    "forms",
    "issuance",
    "law",
    "legal_change",
    "metadata",
    "organisation",
    "package",
    "trail",
    "tthc",
]
