"""Web pages and feeds -> Documents."""
