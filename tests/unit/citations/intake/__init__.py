"""The reader of regulations, on made texts and on gold."""
