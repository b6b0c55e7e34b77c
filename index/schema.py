"""The tables of an index: the whole on-disk layout in one place.

An index is a folder:

    index.sqlite3          articles, passages, vectors, manifest: the truth
    vectors-<n>.faiss      derived: the vectors up to generation n
    words-<n>/             derived: the words, where there are very many

The one process that writes holds `.<name of the folder>.lock` beside it.
"""

from index import keywords

FORMAT = "1"
"""Of the tables below; an index of another format is refused."""

TABLES = f"""
CREATE TABLE IF NOT EXISTS manifest (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS roots (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS articles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    root_id INTEGER NOT NULL REFERENCES roots (id),
    path TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    encoding TEXT NOT NULL,
    offsets TEXT NOT NULL,
    title TEXT NOT NULL,
    title_is_derived INTEGER NOT NULL,
    title_start INTEGER,
    title_end INTEGER,
    outlet TEXT,
    author TEXT,
    published TEXT,
    url TEXT,
    omissions TEXT NOT NULL,
    is_english INTEGER NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (root_id, path)
);
CREATE TABLE IF NOT EXISTS passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    public_id TEXT NOT NULL,
    article_id INTEGER NOT NULL REFERENCES articles (id),
    sentences TEXT NOT NULL,
    generation INTEGER NOT NULL,
    text_key BLOB NOT NULL,
    vector BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS passages_by_article ON passages (article_id);
CREATE INDEX IF NOT EXISTS passages_by_generation ON passages (generation);
CREATE INDEX IF NOT EXISTS passages_by_text ON passages (text_key);
CREATE TABLE IF NOT EXISTS tombstones (
    passage_id INTEGER PRIMARY KEY, generation INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS skipped (
    root_id INTEGER NOT NULL REFERENCES roots (id),
    path TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (root_id, path)
) WITHOUT ROWID;
{keywords.TABLE};
CREATE VIRTUAL TABLE IF NOT EXISTS vocabulary USING fts5vocab(keywords, row);
"""
"""Ids are never used twice (AUTOINCREMENT), so an old FAISS file can't name a new passage."""

CREATION = f"""
BEGIN IMMEDIATE;
{TABLES}
INSERT INTO manifest VALUES ('format', '{FORMAT}');
COMMIT;
"""  # noqa: S608 - made of constants
"""All tables or none: a process may be killed in between."""
