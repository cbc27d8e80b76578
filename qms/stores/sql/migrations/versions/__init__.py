"""One file a step of the schema, oldest first; shipped with the package."""
