"""Dataset -> PassageIndex: its articles are indexed once and kept in the cache."""

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

from index.errors import IndexBroken
from index.ingest import building, given
from index.models.sources import encoder_source
from index.rules import READING
from index.search.passage_index import PassageIndex
from index.text.as_read import titled
from index.text.passages import split
from index.types import Article, Progress
from qa.evaluation.dataset import read

Report = Callable[[Progress], None]

_PARTED_FOR_KEY = 20
"""Articles whose passages and words are part of the key: parted otherwise, another index."""


def open_articles(
    articles: Sequence[Article], options: building.BuildOptions, *, report: Report
) -> tuple[PassageIndex, tuple[str, ...]]:
    """Open the kept index of these articles, or make it; a torn one is made anew.

    Returns:
        The index, and one-sentence remarks for the person.

    Raises:
        IndexBusy: another process is making it.
        ModelMissing: the encoder isn't on this machine.
        StorageFailed: the disk is full or may not be written.
    """
    folder = options.cache / "eval" / _key(articles, options)
    notices = given.build_articles(articles, folder, options, report=report)
    try:
        return PassageIndex.open(folder), notices
    except IndexBroken:
        shutil.rmtree(folder)
    notices = given.build_articles(articles, folder, options, report=report)
    return PassageIndex.open(folder), notices


def index_set(folder: Path, cache: Path, *, is_untitled: bool = False) -> Path:
    """Index the articles of a set, unless that was done; give the index's folder.

    `is_untitled` takes the titles away, as from a folder of bare texts.

    Raises:
        BadDataset: nothing can be measured on that folder.
    """
    articles = read(folder).articles
    if is_untitled:
        articles = tuple(replace(article, title_is_derived=True) for article in articles)
    options = building.BuildOptions(cache=cache)
    passages, _ = open_articles(articles, options, report=lambda _: None)
    passages.close()
    return passages.store.place


def _key(articles: Sequence[Article], options: building.BuildOptions) -> str:
    """Give a hash of all that shapes the index."""
    source = encoder_source(options.model, allow_download=options.allow_download)
    key = blake2b(f"{READING}\0{source.fingerprint}".encode(), digest_size=12)
    for article in articles:
        stated = (
            article.path,
            article.text,
            article.title,
            article.title_is_derived,
            article.outlet,
            article.published,
            article.url,
        )
        key.update(json.dumps(stated).encode())
    for article in articles[:_PARTED_FOR_KEY]:
        for passage in split(article):
            key.update(f"{passage.sentences}{titled(passage, article)}".encode())
    return key.hexdigest()
