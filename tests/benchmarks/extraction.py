"""What is kept of web pages, beside the library alone: wanted and unwanted words, and time.

    python tests/benchmarks/extraction.py FOLDER [FOLDER ...] [--half tune|report] [--worst N]

A FOLDER holds pages with what is wanted of them, in one of these ways:

  * `evaldata.py` or `strings.json`: page → strings that are wanted (`with`) and those that are not
    (`without`), the pages beside it or in `cache/` and `eval/`, as in trafilatura's evaluation;
  * a folder a page with `source.html` and `expected.html`, as in Readability's test pages;
  * `NAME.html` beside `NAME.txt`.

Words are compared as letters and digits alone. Pages are parted into halves by a hash of their
names: constants are chosen on the first, and figures reported from the second.
"""

import argparse
import ast
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from time import perf_counter

from lxml import html
from trafilatura import extract as by_library

from index.errors import Unreadable
from index.readers.decoding import decode
from index.readers.web.pages import extract
from index.readers.web.structured import folded as letters_of

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Case:
    """A page, and what is known of its article."""

    name: str
    page: Path
    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    gold: str | None = None
    """The whole text of the article."""


def main() -> None:
    """Print a table for each folder."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--half", choices=["tune", "report"])
    parser.add_argument("--worst", type=int, default=0, help="name so many pages with most lost")
    chosen = parser.parse_args()
    for folder in chosen.folders:
        cases = [case for case in cases_in(folder) if chosen.half in (None, half_of(case.name))]
        print(f"\n{folder.name}: {len(cases)} pages" + (f" ({chosen.half})" * bool(chosen.half)))
        print(
            f"{'':24}{'wanted':>8}{'unwanted':>10}{'none':>6}{'recall':>8}{'precis.':>9}{'ms':>7}"
        )
        for name, way in WAYS.items():
            began = perf_counter()
            texts = [way(page_text(case.page)) for case in cases]
            spent = 1000 * (perf_counter() - began) / max(len(cases), 1)
            print(f"{name:24}" + "".join(_columns(cases, texts)) + f"{spent:7.1f}")
            if name == "ours" and chosen.worst:
                _tell_worst(cases, texts, chosen.worst)


def cases_in(folder: Path) -> Iterator[Case]:
    """Give the folder's pages, by name."""
    listed = folder / "evaldata.py", folder / "strings.json"
    if any(path.is_file() for path in listed):
        for name, strings in sorted(_strings_of(*listed).items()):
            places = (folder / inner / name for inner in ("", "cache", "eval"))
            page = next((place for place in places if place.is_file()), None)
            if page:
                yield Case(name, page, tuple(strings["with"]), tuple(strings["without"]))
        return
    for page in sorted(folder.glob("*/source.html")):
        gold = html.fromstring((page.parent / "expected.html").read_text(encoding="utf-8") or "<p>")
        yield Case(page.parent.name, page, gold=" ".join(gold.itertext()))
    for page in sorted(folder.glob("*.html")):
        if page.with_suffix(".txt").is_file():
            gold_text = page.with_suffix(".txt").read_text(encoding="utf-8")
            yield Case(page.name, page, gold=gold_text)


def _strings_of(listing: Path, as_json: Path) -> dict[str, dict[str, list[str]]]:
    if as_json.is_file():
        strings: dict[str, dict[str, list[str]]] = json.loads(as_json.read_text(encoding="utf-8"))
        return strings
    tree = ast.parse(listing.read_text(encoding="utf-8"))
    (pages,) = (one.value for one in tree.body if isinstance(one, ast.Assign))
    return {page["file"]: page for page in ast.literal_eval(pages).values()}


def half_of(name: str) -> str:
    """Say in which half a page is, the same on every machine."""
    return "tune" if sha256(name.encode()).digest()[0] % 2 == 0 else "report"


def page_text(page: Path) -> str:
    """Decode a page as the reader does."""
    raw = page.read_bytes()
    try:
        return decode(raw, path=page.name, is_page=True).text
    except Unreadable:
        return raw.decode("latin-1").replace("\0", "")


def ours(markup: str) -> str:
    """Read it as `qa index` does."""
    try:
        return extract(markup, path="page.html").text
    except Unreadable:
        return ""


def folded(words: str) -> str:
    """Give letters and digits alone, however they are composed."""
    return letters_of(unicodedata.normalize("NFKC", words))


def _library(**options: bool) -> Callable[[str], str]:
    return lambda markup: by_library(markup, include_comments=False, **options) or ""


WAYS: dict[str, Callable[[str], str]] = {
    "ours": ours,
    "trafilatura": _library(),
    "trafilatura, fast": _library(fast=True),
    "trafilatura, recall": _library(favor_recall=True),
}


def _columns(cases: list[Case], texts: list[str]) -> Iterator[str]:
    keys = list(map(folded, texts))
    found = [
        sum(folded(one) in key for one in c.wanted) for c, key in zip(cases, keys, strict=True)
    ]
    odd = [
        sum(folded(one) in key for one in c.unwanted) for c, key in zip(cases, keys, strict=True)
    ]
    wanted, unwanted = (sum(len(s) for s in group) for group in _groups(cases))
    yield f"{sum(found) / wanted:8.3f}" if wanted else f"{'':8}"
    yield f"{sum(odd) / unwanted:10.3f}" if unwanted else f"{'':10}"
    shares = [
        _shares(case.gold, text) for case, text in zip(cases, texts, strict=True) if case.gold
    ]
    none = sum(bool(c.wanted) and not hits for c, hits in zip(cases, found, strict=True))
    none += sum(recall < 0.1 for recall, _ in shares)
    yield f"{none:6}"
    for column in zip(*shares, strict=True):
        yield f"{sum(column) / len(column):8.3f} "


def _groups(cases: list[Case]) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    return [case.wanted for case in cases], [case.unwanted for case in cases]


def _shares(gold: str, text: str) -> tuple[float, float]:
    """Recall and precision of words, counted as often as they stand."""
    one, other = (Counter(map(str.casefold, _WORD.findall(words))) for words in (gold, text))
    common = (one & other).total()
    return common / max(one.total(), 1), common / max(other.total(), 1)


def _tell_worst(cases: list[Case], texts: list[str], count: int) -> None:
    told: list[tuple[float, str]] = []
    for case, text in zip(cases, texts, strict=True):
        key = folded(text)
        if case.gold is not None:
            recall, precision = _shares(case.gold, text)
            told.append((recall, f"{case.name}: recall {recall:.2f}, precision {precision:.2f}"))
            continue
        lost = [one for one in case.wanted if folded(one) not in key]
        odd = [one for one in case.unwanted if folded(one) in key]
        if lost or odd:
            told.append((-len(lost), f"{case.name}: lost {lost}, unwanted {odd}"))
    for _, line in sorted(told)[:count]:
        print(f"    {line}")


if __name__ == "__main__":
    main()
