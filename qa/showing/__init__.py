"""Reply -> words on a terminal, JSON, or an explanation."""
