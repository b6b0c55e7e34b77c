"""DOCX, ODT and EPUB -> Document."""
