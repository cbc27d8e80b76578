"""The Vietnamese legal-citation reader: find, resolve, annotate. Pure; nothing here reads or writes."""
