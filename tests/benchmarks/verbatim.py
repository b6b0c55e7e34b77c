"""Every quote is the slice that its offsets name: checked on many replies.

    python tests/benchmarks/verbatim.py DATA WORK [--limit N]

Writes articles of realtimeqa-2022a out as text files, indexes them as a user would, asks, and
reads each quoted file again with nothing but the standard library. Exits with 1 on any mismatch.
"""

import argparse
import json
import sys
from pathlib import Path

import seeds
from qa.evaluation.dataset import questions
from qa.library.places import Places, index_folder_for
from qa.library.workspace import BuildOptions, Workspace, build
from qa.showing.replyjson import as_json
from qa.types import Question

SET = "realtimeqa-2022a"


def main() -> None:
    """Check, count, say."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--limit", type=int, default=200)
    args = parser.parse_args()
    news = args.work / "news"
    write_articles(args.data / SET / "articles.jsonl", news)
    golden = (seeds.folder() / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [
        Question(one["question"], tuple(one.get("context", ()))) for one in map(json.loads, golden)
    ]
    wrong = check(seeds.folder(), asked, args.work)
    asked = [Question(one.text) for one in questions(args.data / SET)[: args.limit]]
    wrong += check(news, asked, args.work)
    sys.exit(1 if wrong else 0)


def write_articles(lines: Path, folder: Path) -> None:
    """Write each article as a text file, byte for byte what the set holds."""
    folder.mkdir(parents=True, exist_ok=True)
    with lines.open(encoding="utf-8") as file:
        for article in map(json.loads, file):
            path = folder / f"{article['id']}.txt"
            if not path.exists():
                path.write_text(article["text"], encoding="utf-8", newline="")


def check(root: Path, asked: list[Question], work: Path) -> int:
    """Ask, and compare each quote with the file; give the number of mismatches."""
    places = Places(data=work / "data", cache=work / "cache")
    build([root], index_folder=None, options=BuildOptions(), report=lambda _: None, places=places)
    workspace = Workspace(index_folder_for(root, places=places), places=places)
    right = wrong = answered = 0
    for question in asked:
        reply = as_json(workspace.answer(question))
        answered += reply["answered"]
        for quote in reply["quotes"] + reply["nearest"]:
            for words in (quote, *({**also, "text": None} for also in quote["also"])):
                is_right = holds(root / words["article"], words)
                right += is_right
                wrong += not is_right
    print(
        f"{root.name}: {len(asked)} questions, {answered} answered, "
        f"{right} quotes and citations right, {wrong} wrong"
    )
    return wrong


def holds(path: Path, words: dict[str, object]) -> bool:
    """Say whether the file, decoded and with universal newlines, holds the words at the offsets."""
    with path.open(encoding="utf-8-sig") as file:
        text = file.read()
    start, end = int(str(words["start"])), int(str(words["end"]))
    is_line = text.count("\n", 0, start) + 1 == words["line"]
    return is_line and start < end <= len(text) and words["text"] in (None, text[start:end])


if __name__ == "__main__":
    main()
