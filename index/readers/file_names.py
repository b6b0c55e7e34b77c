"""Name of a file -> the title that it gives its text, if it means something."""

import re
from pathlib import PurePath

from index.readers.lines import one_line

_DATE = re.compile(
    r"(?:19|20)\d\d[-_. ]?(?:0[1-9]|1[0-2])(?:[-_. ]?(?:0[1-9]|[12]\d|3[01]))?"
    r"(?:[T_ -]?\d{2}[-_.:]?\d{2}(?:[-_.:]?\d{2})?)?"
)
_ID = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    r"|(?<![a-z0-9])(?=[0-9a-f]*\d)[0-9a-f]{7,}(?![a-z0-9])",
    re.IGNORECASE,
)
_COPY = re.compile(
    r"(?:(?<!\s)\s+)?(?:\(\d{1,3}\)|\bcopy(?: \d{1,2})?|\bv\d{1,2})\s*$", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+")
_NO_SUBJECT = frozenset(
    "untitled index readme note notes new document documents doc docs file files text texts page"
    " pages article articles post posts item items entry entries draft drafts copy final version"
    " img image images dsc dscn dcim pxl scan scanned screenshot photo picture clip clipping"
    " download export import output input test tests tmp temp data content body main sample example"
    " examples part chapter section msg message mail email eml unnamed unknown default license"
    " changelog contributing todo daily diary journal log inbox misc other".split()
)


def name_title(name: str, *, is_note: bool) -> str | None:
    """Give the words of a file's name; None if they don't say what the text is about.

    Dates, numbers, ids and what cameras, scanners and programs call files say nothing. A note is
    called by its name, so that one word is enough; of another text it may be a mere handle.
    """
    stem = PurePath(name).stem
    bare = _COPY.sub("", _DATE.sub(" ", _ID.sub(" ", stem)))
    if " " not in bare.strip(" -_."):
        bare = re.sub(r"[-_.+]+", " ", bare)
    words = [word for word in _WORD.findall(bare) if word.lower() not in _NO_SUBJECT]
    letters = sum(map(len, words))
    if letters < 3 or max(map(len, words)) < 2 or letters < 2 * sum(map(str.isdigit, bare)):
        return None
    if len(words) < 2 and not is_note and not bare.strip()[0].isupper():
        return None
    title = one_line(bare.strip(" -_.,;"))
    return title[0].upper() + title[1:] if title else None
