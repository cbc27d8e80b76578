"""What a document says of itself, read from its text: cover, sections, steps, forms, records, legal basis."""

from qms.formats.anatomy.reader import read_anatomy
from qms.formats.anatomy.values import Anatomy, AppendedForm, Doubt, Record, RevisionRow, Section, Step

__all__ = ["Anatomy", "AppendedForm", "Doubt", "Record", "RevisionRow", "Section", "Step", "read_anatomy"]
