"""Date as a mail header, a feed or a database states it -> ISO date."""

import re
from datetime import UTC, datetime

from index.readers.dates import MAX_YEAR, MIN_YEAR, iso_date

_IN_HEADER = re.compile(
    r"\s*(?:[A-Za-z]{2,9}\.?,?\s+)?(?P<day>\d{1,2})\s+(?P<month>[A-Z][a-z]{2})[a-z]{0,6}\s+"
    r"(?P<year>\d{4})\b"
)
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_SINCE_1970 = re.compile(r"(?P<seconds>\d{9,10})(?:\d{3})?(?:\.\d{1,9})?")


def day_of(stated: str | float | None) -> str | None:
    """Give the day in the time zone that is stated with it; of a count since 1970, that of UTC.

    Returns:
        As `index.readers.dates.iso_date` does; None if it is no date.
    """
    if stated is None or isinstance(stated, bool):
        return None
    text = str(stated).strip()
    counted = _SINCE_1970.fullmatch(text)
    if counted:
        return datetime.fromtimestamp(int(counted["seconds"]), UTC).date().isoformat()
    found = _IN_HEADER.match(text)
    if found and found["month"] in _MONTHS and MIN_YEAR <= int(found["year"]) <= MAX_YEAR:
        month = _MONTHS.index(found["month"]) + 1
        return iso_date(f"{found['year']}-{month:02d}-{int(found['day']):02d}")
    return iso_date(text)
