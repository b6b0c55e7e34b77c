"""question -> Reply: what is quoted, and whether it answers."""
