"""The Vietnamese legal-citation reader: find, resolve, annotate. Pure; nothing here reads or writes.

::

    find          text -> [Citation]            reader: lines, plain -> mentions (heads, symbols, titles) ->
                                                attaching (runs, provisions), context, issuing, antecedents
    parse_key     what a user types -> key      keys
    legal_basis   lines -> (Citation, ...)      basis
    issuer_key    issuer of a local number      issuers
    resolve       citations, Register, day      register
    annotate      HTML -> HTML with links       markup
    suggest_edits a change -> edits of a basis  suggesting: naming (words of a line); amending.plan (lines meant)

Words (kinds, agencies, law titles) are data: ``vocabulary.toml`` and ``law_titles.txt``. May import ``qms.model``
(values) and ``qms.errors`` only.
"""

from qms.citations.basis import legal_basis
from qms.citations.citation import Citation
from qms.citations.issuers import issuer_covers, issuer_key
from qms.citations.keys import instrument_type, is_local, parse_key
from qms.citations.markup import annotate
from qms.citations.naming import InstrumentName, in_words, style_of
from qms.citations.reader import find
from qms.citations.register import Register, RegisterEntry, Resolved, resolve
from qms.citations.suggesting import action_for, suggest_edits

__all__ = [
    "Citation",
    "InstrumentName",
    "Register",
    "RegisterEntry",
    "Resolved",
    "action_for",
    "annotate",
    "find",
    "in_words",
    "instrument_type",
    "is_local",
    "issuer_covers",
    "issuer_key",
    "legal_basis",
    "parse_key",
    "resolve",
    "style_of",
    "suggest_edits",
]
