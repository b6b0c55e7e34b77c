"""Ask a folder of articles one question: python examples/ask.py FOLDER QUESTION."""

import sys

from qa import open_folder
from qa.types import Answer


def main(folder: str, question: str) -> None:
    """Print the quotes that answer, or why nothing does and what comes nearest."""
    with open_folder(folder) as articles:
        reply = articles.ask(question)
    print("Answered:" if isinstance(reply, Answer) else f"{reply.message} Nearest:")
    for quote in reply.shown:
        print(f"{quote.place}: {quote.text}")


if __name__ == "__main__":
    main(*sys.argv[1:3])
