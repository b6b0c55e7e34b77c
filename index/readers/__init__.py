"""File -> Articles: every format that is read, strictly decoded."""

from index.readers.articles import parse
from index.readers.files import FileRead, is_supported, read, read_file
from index.readers.formats import format_of

__all__ = ["FileRead", "format_of", "is_supported", "parse", "read", "read_file"]
