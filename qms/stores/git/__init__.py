"""The published record: one bare Git repository, one commit on ``refs/heads/main`` for every published act.

What happens here, from the outside in::

    store.py        GitStore, the door: publish, read, acts, verify, maintenance
      publish.py    the protocol: named steps, each safe to repeat, one reference moved at the end
      verify.py     reads everything again and says what does not hold
        commits.py  trees.py     the two object forms, as pure functions
        loose.py                 durable writing of objects, in process
        reader.py                reading through one long-lived ``git cat-file --batch``
        keys.py                  Ed25519 signatures by ``ssh-keygen``
        lock.py                  the one writer at a time
        run.py                   the one function that runs git
        shapes.py                which ids, paths and commits may reach any of them

Nothing here knows SQL, people or rules. Only this folder imports GitPython.
"""
