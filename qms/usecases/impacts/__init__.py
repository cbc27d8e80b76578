"""How far a change of law reaches, reason by reason (``design.md`` §6). No acts here; ``reach.py`` is the door.

::

    change       what an instrument changes, from when, what of it is unsure
    documents    documents in force, asked for by what they cite, cover or are
    direct       who cites what is changed, whole or by provision, or a text that consolidates it
    attached     documents of administrative procedures (TTHC) that change; families of affected documents
    around       cascade and related: one step away
    mentions     named in the text, linked by nothing
    unexamined   what has to be looked at by eye

Every finder yields a document with the reason why it is reached, left alone, or not examined; each asks the database
by what the change names, so that its cost follows the affected set and not the library.
"""
