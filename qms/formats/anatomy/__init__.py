"""What a document says of itself, read from its text: cover, sections, steps, forms, records, legal basis."""
