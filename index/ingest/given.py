"""Articles in hand -> index: for measuring, where they come from no files."""

from collections.abc import Sequence
from pathlib import Path

from index.ingest.batches import Batches, Report
from index.ingest.building import Builder, BuildOptions, source_for
from index.ingest.preparing import prepare
from index.ingest.walk import Found
from index.models.encoder import Encoder
from index.store.opening import draft_of, locked, swap, writing
from index.store.writer import PreparedFile, Writer
from index.types import Article, FileStamp, Progress


def build_articles(
    articles: Sequence[Article], folder: Path, options: BuildOptions, *, report: Report
) -> tuple[str, ...]:
    """Index articles that are in hand rather than in files, unless the folder is there already.

    The folder comes to be by one renaming, when all is in it: a process that is killed leaves none.

    Returns:
        One-sentence remarks for the person.

    Raises:
        IndexBusy: another process is writing it.
        ModelMissing: the encoder isn't on this machine.
        StorageFailed: the disk is full or may not be written.
    """
    if folder.exists():
        return ()
    with locked(folder):
        if folder.exists():
            return ()
        draft = draft_of(folder)
        with writing(draft) as writer:
            builder = Builder(source_for(writer, options), options, report)
            builder.compile()
            encoder = builder.encoder(sum(len(article.text) for article in articles))
            add_articles(writer, articles, encoder, report=report)
        swap(draft, folder)
    return builder.notices


def add_articles(
    writer: Writer, articles: Sequence[Article], encoder: Encoder, *, report: Report
) -> None:
    """Encode and commit articles under one root without a path, then make what is derived."""
    batches = Batches(writer, "", lambda: encoder, report)
    for done, article in enumerate(articles):
        report(Progress("encoding", done, len(articles), article.title))
        one = prepare(article)
        if one.passages:
            given = PreparedFile(article.sha256, article.format, article.encoding, (one,), ())
            batches.add(Found("", article.path, FileStamp(0, 0, 0)), given)
    batches.flush()
    report(Progress("saving", 0, 0))
    writer.derive(wholly=True)
