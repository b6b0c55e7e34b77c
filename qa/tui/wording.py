"""Values -> the words that the chat shows."""

import re
from collections.abc import Sequence
from pathlib import PurePath

from index.types import Article, IngestReport, Progress
from qa.render import shown_title
from qa.types import Answer, Citation, Reply, Searched
from qa.visible import pasteable, visible, visible_line

_MAX_SKIPPED_SHOWN = 3
_WORD = re.compile(r"\w+")


def counted(count: int, noun: str) -> str:
    """`1 article`, `5,000 articles`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def searched_line(searched: Searched) -> str:
    """`5 articles · 41 passages · seeds`."""
    roots = ", ".join(PurePath(root).name or root for root in searched.root.split(", "))
    parts = [counted(searched.articles, "article"), counted(searched.passages, "passage"), roots]
    if searched.skipped:
        parts.append(f"{counted(searched.skipped, 'file')} skipped")
    return visible_line(" · ".join(part for part in parts if part))


def progress_line(progress: Progress) -> str:
    """`reading 3 of 12 · notes/a.txt`."""
    done = f" {progress.done:,} of {progress.total:,}" if progress.total else ""
    note = f" · {progress.note}" if progress.note else ""
    return visible_line(f"{progress.stage}{done}{note}")


def place(citation: Citation) -> str:
    """`notes/a.txt:17`."""
    return visible_line(f"{citation.article.path}:{citation.line}")


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


def copied(citation: Citation) -> str:
    """The words with where they stand, for the clipboard."""
    article = citation.article
    parts = (f"“{shown_title(article)}”", article.outlet, article.published, place(citation))
    source = ", ".join(part for part in parts if part)
    return f"{pasteable(citation.text)}\n— {pasteable(source)}"


def shortened(text: str, *, max_chars: int, max_lines: int) -> str:
    """The beginning of a long text, made visible, with an ellipsis where it was cut."""
    kept = "\n".join(text.splitlines()[:max_lines])[:max_chars].rstrip()
    return visible(kept) + (" …" if len(kept) < len(text.rstrip()) else "")


def indexed_lines(report: IngestReport, *, was_stopped: bool) -> Sequence[str]:
    """What an indexing run did: one line, then the first skipped files and the notices."""
    name = PurePath(report.root).name or report.root
    changes = {"new": report.added, "changed": report.changed, "removed": report.removed}
    done = f"{counted(report.articles, 'article')}, {counted(report.passages, 'passage')}"
    if said := ", ".join(f"{count:,} {what}" for what, count in changes.items() if count):
        done += f" ({said})"
    head = f"Stopped indexing {name}; kept: {done}" if was_stopped else f"Indexed {name}: {done}"
    if report.skipped:
        head += f" · {counted(len(report.skipped), 'file')} skipped"
    lines = [head]
    lines += [f"skipped {file.path}: {file.reason}" for file in report.skipped[:_MAX_SKIPPED_SHOWN]]
    if len(report.skipped) > _MAX_SKIPPED_SHOWN:
        lines.append(f"and {len(report.skipped) - _MAX_SKIPPED_SHOWN:,} more skipped")
    return [visible_line(line) for line in [*lines, *report.notices]]
