"""The database: engine, schema, migrations. What the model's classes say, this room makes durable."""
