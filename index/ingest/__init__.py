"""folder -> index: what changed is read, encoded and committed."""
