"""The web doorway: a view parses, calls one use case and presents. No rules, no queries."""
