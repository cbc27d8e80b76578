"""The terminal doorway: turns arguments into typed values, calls one use case, prints its answer. No rules here.

::

    __main__        start file: ties the doorway to the house, hands a ``House`` to every command
    commands        the table of contents: every command and where it lives; nothing is imported before it is called
    house           what commands may ask of the house; opening and closing it
    parameters      days, paths and shared options · output, words, shapes: how answers look
    faults          what went wrong, as one sentence and an exit code
    founding serving importing drafting deciding issuing reading finding law keeping people     the commands
    files, story    the files of an import; the sample agency played act by act
"""
