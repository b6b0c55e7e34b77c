"""Tables and records -> Documents."""
