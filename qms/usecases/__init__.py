"""One act of document control per function and transaction. No use case calls another; rules belong to the model."""
