"""Where an index is kept: what every store can do, and how one is opened."""
