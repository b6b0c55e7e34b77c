"""The tables of an index: the whole on-disk layout in one place.

An index is a folder:

    index.sqlite3          articles, passages, vectors, manifest: the truth
    ledger.json            commits, roots and a hash of that: what shows that it lost something
    vectors-<n>.faiss      derived: the vectors up to generation n
    words-<n>/             derived: the words, where there are very many

The one process that writes holds `.<name of the folder>.lock` beside it.
"""

from index.text import keywords

FORMAT = "4"
"""Of the tables below, and of what `rows.keyword_columns` gives, since FTS5 forgets words only by
being told just what it was given. An index of another format is refused."""

READ_BY = "read:"
"""With the id of a root: the manifest's line that says by which rules its files are read."""

TABLES = f"""
CREATE TABLE IF NOT EXISTS manifest (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS roots (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    rules TEXT NOT NULL DEFAULT '{{}}',
    sum BLOB NOT NULL,
    other_kinds TEXT NOT NULL DEFAULT '{{}}',
    lost INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS files (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    root_id INTEGER NOT NULL REFERENCES roots (id),
    path TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    ctime_ns INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    format TEXT NOT NULL,
    encoding TEXT NOT NULL,
    sum BLOB NOT NULL,
    articles INTEGER NOT NULL,
    UNIQUE (root_id, path)
);
CREATE TABLE IF NOT EXISTS articles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    file_id INTEGER NOT NULL REFERENCES files (id),
    root_id INTEGER NOT NULL REFERENCES roots (id),
    path TEXT NOT NULL,
    format TEXT NOT NULL,
    encoding TEXT NOT NULL,
    offsets TEXT NOT NULL,
    title TEXT NOT NULL,
    title_is_derived INTEGER NOT NULL,
    title_start INTEGER,
    title_end INTEGER,
    outlet TEXT,
    author TEXT,
    published TEXT,
    modified TEXT,
    url TEXT,
    omissions TEXT NOT NULL,
    places TEXT NOT NULL,
    is_english INTEGER NOT NULL,
    text_hash BLOB NOT NULL,
    signature BLOB NOT NULL,
    passages INTEGER NOT NULL,
    sum BLOB NOT NULL,
    reprint_of INTEGER REFERENCES articles (id),
    text TEXT NOT NULL,
    UNIQUE (root_id, path)
);
CREATE INDEX IF NOT EXISTS articles_by_file ON articles (file_id);
CREATE INDEX IF NOT EXISTS articles_by_hash ON articles (text_hash);
CREATE INDEX IF NOT EXISTS articles_by_original ON articles (reprint_of)
    WHERE reprint_of IS NOT NULL;
CREATE TABLE IF NOT EXISTS bands (
    key BLOB NOT NULL,
    article_id INTEGER NOT NULL,
    PRIMARY KEY (key, article_id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS bands_by_article ON bands (article_id);
CREATE TABLE IF NOT EXISTS passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    public_id TEXT NOT NULL,
    article_id INTEGER NOT NULL REFERENCES articles (id),
    sentences TEXT NOT NULL,
    generation INTEGER NOT NULL,
    text_key BLOB NOT NULL,
    vector_sum BLOB NOT NULL,
    sum BLOB NOT NULL,
    vector BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS passages_by_article ON passages (article_id);
CREATE INDEX IF NOT EXISTS passages_by_generation ON passages (generation);
CREATE INDEX IF NOT EXISTS passages_by_text ON passages (text_key);
CREATE TABLE IF NOT EXISTS spare_vectors (
    text_key BLOB PRIMARY KEY, vector_sum BLOB NOT NULL, vector BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tombstones (
    passage_id INTEGER PRIMARY KEY, generation INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS skipped (
    file_id INTEGER NOT NULL REFERENCES files (id),
    path TEXT NOT NULL,
    reason TEXT NOT NULL,
    kind TEXT NOT NULL,
    PRIMARY KEY (file_id, path)
) WITHOUT ROWID;
{keywords.TABLE};
CREATE VIRTUAL TABLE IF NOT EXISTS vocabulary USING fts5vocab(keywords, row);
"""
"""Ids are never used twice (AUTOINCREMENT), so an old FAISS file can't name a new passage.

A file of -1 bytes was not read to its end and is due; else `articles` is how many it gave. An
article that repeats another one (`reprint_of`) has only the passages that the other lacks, and
`passages` is how many. `spare_vectors` outlive their passages for one run: of files that moved, and
of articles too long for one commit. A root is `lost` from when damage took articles of it until it
is read through again. `sum` and `vector_sum` are made by `rows.row_sum`.
"""

CREATION = f"""
BEGIN IMMEDIATE;
{TABLES}
INSERT INTO manifest VALUES ('format', '{FORMAT}');
COMMIT;
"""  # noqa: S608 - made of constants
"""All tables or none: a process may be killed in between."""
