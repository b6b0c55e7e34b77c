"""Reply -> why it is what it is: the stages and their times, and what spoke for each quote."""

from collections.abc import Iterator, Mapping

from qa.types import Abstention, Quote, Reply
from qa.visible import visible_line

STAGES = {
    "load": "models and vectors loaded",
    "encode": "question turned into a vector",
    "retrieve": "passages found by meaning and by words",
    "rerank": "passages read: what they are about, whether and where they answer",
    "total": "question to reply",
}


def explanation(reply: Reply, *, load_ms: float) -> list[str]:
    """Explain a reply in plain lines, free of control characters.

    Args:
        reply: With its timings.
        load_ms: What it took until a question could be asked, in milliseconds.
    """
    return [
        "Why this reply",
        *_judged(reply),
        *_times({"load": load_ms, **reply.timings_ms}),
        *(line for quote in _quotes(reply) for line in _why(quote)),
    ]


def _quotes(reply: Reply) -> tuple[Quote, ...]:
    return reply.nearest if isinstance(reply, Abstention) else reply.quotes


def _judged(reply: Reply) -> Iterator[str]:
    yield visible_line(f"  searched for: {reply.query}")
    verdict = "declined below" if isinstance(reply, Abstention) else "answered from"
    yield f"  confidence {reply.confidence:.2f}; {verdict} {reply.threshold:.2f}"


def _times(timings: Mapping[str, float]) -> Iterator[str]:
    for stage, ms in timings.items():
        yield f"  {ms:7.0f} ms  {STAGES.get(stage, stage)}"


def _why(quote: Quote) -> Iterator[str]:
    why = quote.why
    if why is None:
        return
    found = [
        f"meaning (cosine {why.cosine:.2f})" if why.cosine is not None else "",
        f"words (BM25 {why.bm25:.1f})" if why.bm25 is not None else "",
    ]
    yield visible_line(f"  [{quote.n}] {quote.at.article.path}:{quote.at.line}")
    yield f"      found by {' and by '.join(filter(None, found)) or 'neither list alone'}"
    if why.words:
        yield visible_line(f"      likeliest words: “{why.words}” ({why.sure:.2f})")
    late = f", date {why.timeliness:+.1f}" if why.timeliness else ""
    yield (
        f"      read: about it {why.passage:+.1f}, answers {why.answers:+.1f}, "
        f"in these sentences {why.sentences:+.1f}{late}; so it fits with {quote.score:.2f}"
    )
