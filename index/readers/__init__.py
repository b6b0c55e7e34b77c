"""File -> Article: plain text, Markdown and HTML, strictly decoded."""

from index.readers.articles import parse
from index.readers.files import is_supported, read

__all__ = ["is_supported", "parse", "read"]
