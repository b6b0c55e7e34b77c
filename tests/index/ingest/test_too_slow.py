"""A file that takes too long: tried once more with twice the time, and told of until it is read."""

from pathlib import Path

import pytest
from stand_ins import ingest

from index.ingest import reading

SLOW = True

PARAGRAPH = "<p>The lighthouse keeper counted {} ships on the day of the storm.</p>"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """One page that takes some seconds to be read."""
    folder = tmp_path / "articles"
    folder.mkdir()
    body = "".join(PARAGRAPH.format(number) for number in range(6000))
    (folder / "ships.html").write_text(f"<html><body><article>{body}</article></body></html>")
    return folder


def allow(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    monkeypatch.setattr(reading, "SECONDS", seconds)
    monkeypatch.setattr(reading, "SECONDS_PER_MB", 0.0)


def test_what_was_too_slow_is_tried_again_by_the_next_run(root, tmp_path, monkeypatch):
    allow(monkeypatch, 0.02)
    (skipped,) = ingest(root, tmp_path / "index").skipped
    assert (skipped.kind, "tries once more" in skipped.reason) == ("too slow", True)
    allow(monkeypatch, 60.0)
    report = ingest(root, tmp_path / "index")
    assert (report.added, report.skipped) == (1, ())


def test_what_was_too_slow_twice_waits_until_it_changes(root, tmp_path, monkeypatch):
    allow(monkeypatch, 0.02)
    ingest(root, tmp_path / "index")
    (skipped,) = ingest(root, tmp_path / "index").skipped
    assert (skipped.kind, "twice" in skipped.reason) == ("too slow twice", True)
    allow(monkeypatch, 60.0)
    report = ingest(root, tmp_path / "index")
    assert (report.added, report.skipped) == (0, (skipped,))
    page = root / "ships.html"
    page.write_text(page.read_text().replace("keeper", "keepers"))
    assert ingest(root, tmp_path / "index").added == 1
