"""What is put on paper: a text typeset as PDF, a Word master stamped for printing. Values in, bytes out; no IO."""
