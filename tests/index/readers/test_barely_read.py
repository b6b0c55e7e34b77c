"""A page of which most was left out is told wherever an index is described."""

from dataclasses import replace
from pathlib import Path

from cli_rooms import STATUS
from stand_ins import ingest

from index.store.embedded import holdings
from index.store.embedded.storage import Store
from index.types import LeftOut
from qa.cli.status import as_json
from qa.showing.render import left_out_line
from qa.tui.health import health_rows

SAID = "The weir was raised in 1884, and eels have used the ladder beside it ever since."
REMARK = "I was there on that day and it was a marvel to see them climb in the dark."
PAGE = (
    "<html><body><article><h1>Eels</h1><p>{said}</p></article>"
    "<div class=comments><h3>Comments</h3>{remarks}</div></body></html>"
)


def test_a_page_with_more_remarks_than_text_is_told_with_its_words(tmp_path: Path):
    root = tmp_path / "pages"
    root.mkdir()
    remarks = "".join(f"<p>{number}. {REMARK}</p>" for number in range(4))
    (root / "much.html").write_text(PAGE.format(said=SAID, remarks=remarks))
    (root / "little.html").write_text(PAGE.format(said=SAID * 9, remarks=remarks))
    home = tmp_path / "index"
    ingest(root, home)
    store = Store.open(home)
    read = len(f"# Eels {SAID}".split())
    left_out = 4 * len(f"1. {REMARK}".split())
    assert holdings.mostly_left_out(store) == (LeftOut("much.html", read, left_out),)
    assert holdings.omitted(store) == {"rest of the page": 2, "links and labels": 2}
    store.close()


def test_it_is_told_in_status_and_in_the_health_of_the_index():
    page = LeftOut("much.html", 20, 1204)
    assert left_out_line(page).startswith("much.html: 20 words read, 1,204 in other sentences left")
    status = replace(STATUS, mostly_left_out=(page,))
    told = as_json(status)
    assert told["mostly_left_out"] == [{"article": "much.html", "read": 20, "left_out": 1204}]
    rows = [row.words for row in health_rows(status)]
    at = rows.index("Pages of which most was left out; open one to see what")
    assert rows[at + 1] == "much.html: 20 words read, 1,204 left out"
