"""Messages and mailboxes -> Documents."""
