"""The search index: it holds nothing of its own and may be thrown away and made again at any time.

::

    question   words typed by a person -> what is asked for          letters   what counts as the same word
    bags       a revision -> counted terms                            ranking   postings -> the best documents
    passages   the lines that show why
    whoosh_index -> snapshot -> files (Whoosh)                        damage    torn files as one error

Everything but the last line knows no engine, so that another one can be put beside Whoosh.
"""

from __future__ import annotations

from pathlib import Path

from qms.model.search import SearchIndex


def open_index(folder: Path) -> SearchIndex:
    """Return the index kept in ``folder``; nothing is read or made before it is used."""
    from qms.stores.index.whoosh_index import WhooshIndex

    return WhooshIndex(folder)
