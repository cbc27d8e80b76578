"""Every table of the database in one metadata: importing the nouns here registers them."""

from __future__ import annotations

from qms.model import document, issuance, law, legal_change, organisation, trail, tthc
from qms.model.base import Base

metadata = Base.metadata

__all__ = ["document", "issuance", "law", "legal_change", "metadata", "organisation", "trail", "tthc"]
