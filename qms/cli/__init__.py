"""The terminal doorway: a command parses, calls one use case and prints."""
