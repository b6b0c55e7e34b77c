"""Values -> the words that the chat shows."""

import re
from collections.abc import Sequence
from pathlib import PurePath

from rich.filesize import decimal

from index.types import Article, IngestReport, Progress
from qa.showing.render import day_and_time, rate, shown_title
from qa.types import Answer, Citation, Reply, Searched
from qa.visible import pasteable, visible, visible_line

_MAX_SKIPPED_SHOWN = 3
_MAX_REPRINTS_NAMED = 3
_WORD = re.compile(r"\w+")


def counted(count: int, noun: str) -> str:
    """`1 article`, `5,000 articles`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def searched_line(searched: Searched) -> str:
    """`5 articles · 41 passages · seeds`, and how much was left out."""
    roots = ", ".join(PurePath(root).name or root for root in searched.root.split(", "))
    parts = [counted(searched.articles, "article"), counted(searched.passages, "passage"), roots]
    if searched.unfinished:
        parts.append(read_of(searched.files, searched.skipped + searched.unread))
        is_over = not all(one.is_under_way for one in searched.unfinished)
        parts.append("indexing was interrupted: F2" if is_over else "indexing")
    elif searched.skipped:
        left_out = f"{counted(searched.skipped, 'file')} skipped"
        parts.append(read_of(searched.files, searched.skipped) or left_out)
    return visible_line(" · ".join(part for part in parts if part))


def read_of(files: int, skipped: int) -> str:
    """`searched 8 of 12 files`; nothing where it is not known how many there are."""
    return f"searched {max(0, files - skipped):,} of {counted(files, 'file')}" if files else ""


def progress_line(progress: Progress) -> str:
    """`reading 3 of 12 · 40/s · 5 min left · notes/a.txt`, as far as it is known."""
    done = f" {progress.done:,} of {progress.total:,}" if progress.total else ""
    parts = [f"{progress.stage}{done}"]
    if progress.per_second:
        parts.append(rate(progress.per_second))
    if progress.seconds_left is not None:
        parts.append(f"{duration(progress.seconds_left)} left")
    return visible_line(" · ".join([*parts, progress.note] if progress.note else parts))


def duration(seconds: float) -> str:
    """`45 s`, `12 min`, `3.5 h`: as exact as a guess deserves."""
    if seconds < 99.5:
        return f"{seconds:.0f} s"
    minutes = seconds / 60
    return f"{minutes:.0f} min" if minutes < 99.5 else f"{minutes / 60:.1f} h"


def size(count: int) -> str:
    """`1.2 MB`."""
    return decimal(count)


def last_indexed(moment: str) -> str:
    """`indexed 2025-06-23 12:00`, of the end of the last run; there may be none."""
    return f"indexed {day_and_time(moment)}" if moment else "not indexed whole yet"


def place(citation: Citation) -> str:
    """`notes/a.pdf:17, p. 3`: the page and chapter as far as there are any."""
    at = f"{citation.article.path}:{citation.line}"
    return visible_line(f"{at}, {citation.place}" if citation.place else at)


def printed_also(article: Article) -> str:
    """`also printed in: a.txt, b.txt and 4 more`; nothing if it is nowhere else."""
    if not article.reprints:
        return ""
    named = ", ".join(article.reprints[:_MAX_REPRINTS_NAMED])
    more = len(article.reprints) - _MAX_REPRINTS_NAMED
    return visible_line(f"also printed in: {named}{f' and {more:,} more' if more > 0 else ''}")


def origin(article: Article) -> str:
    """Outlet, author and date, as far as they are known; perhaps nothing."""
    known = (article.outlet, article.author, article.published)
    return visible_line(" · ".join(part for part in known if part))


def certainty(reply: Reply) -> str:
    """The reply's confidence, in words and percent."""
    percent = round(reply.confidence * 100)
    shown = "over 99" if percent > 99 else "under 1" if percent < 1 else str(percent)
    if isinstance(reply, Answer):
        only = "only " if percent < 50 else ""
        return f"{only}{shown} % sure that this answers"
    return f"{shown} % likely that one of these answers all the same"


def is_explained(reply: Reply) -> bool:
    """Say whether the question, with what is shown as carried over, tells the whole query."""
    if not reply.carried:
        return reply.query.strip() == reply.question.text.strip()
    told = f"{reply.question.text} {' '.join(reply.carried)}"
    return set(_WORD.findall(told.casefold())).issuperset(_WORD.findall(reply.query.casefold()))


def copied(citation: Citation, stale: str = "") -> str:
    """The words with where they stand, for the clipboard, and whether that is out of date."""
    article = citation.article
    parts = (f"“{shown_title(article)}”", article.outlet, article.published, place(citation))
    source = ", ".join(part for part in parts if part)
    warning = f" ({stale})" if stale else ""
    return f"{pasteable(citation.text)}\n— {pasteable(source + warning)}"


def shortened(text: str, *, max_chars: int, max_lines: int) -> str:
    """The beginning of a long text, made visible, with an ellipsis where it was cut."""
    kept = "\n".join(text.splitlines()[:max_lines])[:max_chars].rstrip()
    return visible(kept) + (" …" if len(kept) < len(text.rstrip()) else "")


def indexed_lines(report: IngestReport, *, was_stopped: bool) -> Sequence[str]:
    """What an indexing run did: one line, then the first skipped files and the notices."""
    name = PurePath(report.root).name or report.root
    done = f"{counted(report.articles, 'article')}, {counted(report.passages, 'passage')}"
    if said := _changes(report, "new"):
        done += f" ({said})"
    head = f"Stopped indexing {name}; kept: {done}" if was_stopped else f"Indexed {name}: {done}"
    if report.skipped:
        head += f" · {counted(len(report.skipped), 'file')} skipped"
    lines = [head]
    lines += [f"skipped {file.path}: {file.reason}" for file in report.skipped[:_MAX_SKIPPED_SHOWN]]
    if len(report.skipped) > _MAX_SKIPPED_SHOWN:
        lines.append(f"and {len(report.skipped) - _MAX_SKIPPED_SHOWN:,} more skipped")
    return [visible_line(line) for line in [*lines, *report.notices]]


def updated_line(report: IngestReport) -> str:
    """`2 files added, 1 changed just now`, of a report in which something was."""
    count, _, what = _changes(report, "added").partition(" ")
    said = f"{count} {'file' if count == '1' else 'files'} {what} just now"
    if report.skipped:
        said += f", {len(report.skipped):,} skipped"
    return said


def _changes(report: IngestReport, added: str) -> str:
    counts = {added: report.added, "changed": report.changed, "removed": report.removed}
    return ", ".join(f"{count:,} {what}" for what, count in counts.items() if count)
