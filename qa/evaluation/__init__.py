"""Labelled questions -> how good the replies are: what `qa eval` measures."""
