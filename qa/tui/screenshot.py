"""The screen, drawn -> a file that says where it lies."""

import re
from datetime import datetime
from pathlib import Path

from platformdirs import user_downloads_path

from index.errors import StorageFailed

WEB_FONT = re.compile(r',\s*url\("https?://[^)]+\) format\("\w+"\)')
"""What whoever opens a drawing would fetch from elsewhere."""


def save(drawing: str) -> Path:
    """Write an SVG, without web fonts, to the folder of downloads; else to the home folder.

    Raises:
        StorageFailed: it can't be written there.
    """
    downloads = user_downloads_path()
    folder = downloads if downloads.is_dir() else Path.home()
    path = folder / f"pullquote-{datetime.now():%Y-%m-%d-%H%M%S}.svg"
    try:
        path.write_text(WEB_FONT.sub("", drawing), encoding="utf-8")
    except OSError as error:
        raise StorageFailed(f"the screenshot can’t be saved as {path}: {error.strerror}") from error
    return path
