"""Reply -> one line of JSON, the public contract `qa.reply/1` (schema/reply-1.json)."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from index.types import Period, Scope, Span, Unfinished
from qa.types import Abstention, Answer, Citation, Comparison, Quote, Reply, Why
from qa.visible import HIDDEN


def as_json(reply: Reply) -> dict[str, Any]:
    """Give the reply in the shape of `qa.reply/1`, as plain values."""
    asked_on = reply.question.asked_on
    return {
        "schema": "qa.reply/1",
        "question": reply.question.text,
        "asked_on": asked_on.isoformat() if asked_on else None,
        "scope": _scope(reply.question.scope),
        "query": reply.query,
        "carried": list(reply.carried),
        "period": _period(reply.period) if reply.period else None,
        "answered": isinstance(reply, Answer),
        "level": reply.level,
        "confidence": round(reply.confidence, 4),
        "threshold": round(reply.threshold, 4),
        "abstention": None if isinstance(reply, Answer) else _abstention(reply),
        "quotes": [_quote(quote) for quote in reply.quotes] if isinstance(reply, Answer) else [],
        "nearest": [] if isinstance(reply, Answer) else [_quote(near) for near in reply.nearest],
        "comparison": _comparison(reply.comparison) if isinstance(reply, Answer) else None,
        "searched": {
            "root": reply.searched.root,
            "articles": reply.searched.articles,
            "passages": reply.searched.passages,
            "skipped": reply.searched.skipped,
            "files": reply.searched.files,
            "unfinished": unfinished_as_json(reply.searched.unfinished),
        },
        "timings_ms": {stage: round(ms, 1) for stage, ms in reply.timings_ms.items()},
        "notices": list(reply.notices),
    }


def unfinished_as_json(unfinished: Sequence[Unfinished]) -> list[dict[str, Any]]:
    """Give the roots that indexing has not come to the end of, as plain values."""
    return [
        {
            "root": one.root,
            "files": one.files,
            "left": one.left,
            "is_under_way": one.is_under_way,
            "command": one.command,
        }
        for one in unfinished
    ]


def error_as_json(line: int, message: str) -> dict[str, Any]:
    """Give what stands in place of a reply to a bad line, as `qa.error/1`; lines count from 1."""
    return {"schema": "qa.error/1", "line": line, "message": message}


def dump(value: Mapping[str, Any]) -> str:
    """Write one line of JSON that is valid UTF-8 and harmless on a terminal, whatever it holds.

    Raises:
        ValueError: a number is not finite.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return HIDDEN.sub(lambda found: json.dumps(found.group())[1:-1], text)


def _abstention(reply: Abstention) -> dict[str, str]:
    return {"reason": reply.reason, "message": reply.message}


def _scope(scope: Scope) -> dict[str, str | None]:
    period = scope.period
    return {
        "since": period.first.isoformat() if period and period.first else None,
        "until": period.last.isoformat() if period and period.last else None,
        "source": scope.source,
    }


def _period(period: Period) -> dict[str, str | None]:
    return {
        "first": period.first.isoformat() if period.first else None,
        "last": period.last.isoformat() if period.last else None,
        "words": period.words,
    }


def _comparison(comparison: Comparison | None) -> dict[str, Any] | None:
    if comparison is None:
        return None
    return {
        "differ": comparison.differ,
        "findings": [
            {"words": found.words, "quotes": list(found.quotes), "outlets": found.outlets}
            for found in comparison.findings
        ],
    }


def _quote(quote: Quote) -> dict[str, Any]:
    article = quote.at.article
    return {
        "n": quote.n,
        "text": quote.text,
        "article": article.path,
        "file": article.in_file,
        "format": article.format,
        "title": article.title,
        "title_is_derived": article.title_is_derived,
        "outlet": article.outlet,
        "published": article.published,
        "modified": article.modified,
        "offsets": article.offsets,
        **_offsets(quote.at.span),
        "line": quote.at.line,
        "page": _number(quote.at.page),
        "last_page": _number(quote.at.last_page),
        "chapter": quote.at.chapter,
        "under": list(quote.at.under),
        "sha256": article.sha256,
        "score": round(quote.score, 4),
        "context": _offsets(quote.context),
        "items_left": quote.items_left,
        "highlights": [[lit.start, lit.end] for lit in quote.highlights],
        "also": [_also(citation) for citation in quote.also],
        "reprints": list(article.reprints),
        "stale": quote.stale,
        "why": _why(quote.why) if quote.why else None,
    }


def _why(why: Why) -> dict[str, float | str | None]:
    return {
        "passage": round(why.passage, 2),
        "sentences": round(why.sentences, 2),
        "cosine": None if why.cosine is None else round(why.cosine, 3),
        "bm25": None if why.bm25 is None else round(why.bm25, 2),
        "timeliness": round(why.timeliness, 2),
        "answers": round(why.answers, 2),
        "words": why.words,
        "sure": round(why.sure, 3),
    }


def _number(page: str | None) -> int | None:
    return int(page) if page and page.isdecimal() else None


def _also(citation: Citation) -> dict[str, Any]:
    return {
        "article": citation.article.path,
        **_offsets(citation.span),
        "line": citation.line,
    }


def _offsets(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}
