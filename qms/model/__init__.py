"""Nouns and their rules. Everything here is decided from what is handed in; nothing here reads or writes."""
