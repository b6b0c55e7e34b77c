"""What English words ask, name and measure."""
