"""The web doorway: a request becomes typed values, one use case is called, its answer becomes a page.

No rules and no queries here; Flask is known only in this room and in ``qms.app``::

    doorway   one unit of work a request, and who asks          routes    every endpoint and the act it asks for
    asked     typed values out of a request                     words     the words of the field, days as written
    failures  an error becomes a page that loses nothing        shields   headers, CSRF, limits
    session · search · documents · drafts · approvals · issuances · legal · register · health: the pages
"""
