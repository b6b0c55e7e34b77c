"""The models that travel with the program: where they come from, and how the reader is run."""
