"""The doorway of due work: rows written in an act's transaction, run here."""
