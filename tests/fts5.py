"""A few texts in a table of SQLite's word index, and what a query finds among them."""

import sqlite3

from index.text import keywords


def table(bodies: list[str]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute(keywords.TABLE)
    for row, body in enumerate(bodies, start=1):
        connection.execute(
            "INSERT INTO keywords (rowid, body, title) VALUES (?, ?, '')", (row, body)
        )
    return connection


def search(bodies: list[str], query: str) -> list[tuple[int, float]]:
    expression = keywords.parse(query).match()
    rows = table(bodies).execute(
        "SELECT rowid, -bm25(keywords) FROM keywords WHERE keywords MATCH ? ORDER BY 2 DESC, 1",
        (expression,),
    )
    return rows.fetchall()
