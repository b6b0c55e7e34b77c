"""Properties that a program wrote into a document -> what the document states, if that is likely.

Programs fill them in unasked: a title may be a file's name, an author whose machine it was. The day
on which a file was made is never taken for the day of publication.
"""

import re

from index.readers.lines import one_line

_FILE_LIKE = re.compile(
    r"^(?:Microsoft (?:Word|PowerPoint|Excel)|PowerPoint Presentation|untitled|document"
    r"|slide|layout|presentation|scan|img|doc|print|title|new)\b[\s\d_.()-]*(?:[-–—:].*)?$"
    r"|\.(?:docx?|odt|rtf|pdf|indd|qxp|qxd|tex|dvi|ps|html?|txt|p65|pptx?|xlsx?)$",
    re.IGNORECASE,
)
_NOBODY = frozenset(
    """(anonymous) (unspecified) admin administrator anonymous author guest home microsoft
    none office owner python-docx root standard test unknown user utente windows""".split()
)


def title_in(stated: str | None, opening: str) -> str | None:
    """Give the title that the properties state if it is the document's.

    It is if the opening words of the text have it, or if it reads like one and not like the name
    of a file.
    """
    title = one_line(stated)
    if title is None or not any(character.isalpha() for character in title):
        return None
    if title.lower() in _NOBODY or _FILE_LIKE.search(title):
        return None
    if _folded(title) in _folded(opening):
        return title
    is_name = "_" in title or " " not in title
    return None if is_name or len(title.split()) < 3 else title


def author_in(stated: str | None, opening: str) -> str | None:
    """Give the author that the properties state if it is a person's name and not a log-in's."""
    author = one_line(stated)
    if author is None or any(word in _NOBODY for word in author.lower().split()):
        return None
    is_name = len(author.split()) > 1 and not any(character.isdigit() for character in author)
    return author if is_name or _folded(author) in _folded(opening) else None


def _folded(words: str) -> str:
    return "".join(character for character in words.casefold() if character.isalnum())
