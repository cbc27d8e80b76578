"""Where facts are kept: git (published), sql (work, register, trail), index (search), sandbox (parsing in a child)."""
