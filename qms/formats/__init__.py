"""Texts in and out of their formats: DOCX, Markdown, HTML, tables. Pure: bytes and text in, values out.

::

    bytes ── docx.preflight ── docx.reader ──┐                        ┌── markdown.to_markdown
                                             ├── text.Text (the one) ─┼── anatomy.read_anatomy
    text ─── markdown.check_bounds ──────────┘                        └── Text.plain

    bytes ── docx.edit | markdown_edit ── bytes      one line of the legal basis, every other byte as it was

``reader.read`` is the door: one file in, one ``Reading`` out; ``basis_edit.edit_lines`` is the other: a master in, the
master with lines of its legal basis changed out. What is refused is a ``refusals.Unacceptable``. Strangers' files are
only ever read in the child process of ``qms.stores.sandbox``.
"""
