"""Word packages: judged before they are parsed, then read as a reader of the page sees them."""
