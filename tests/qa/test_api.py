"""The front door for programs: open a folder, ask it, read its articles."""

import subprocess
import sys
from pathlib import Path

import pytest

import seeds
from index.errors import BadPath, IndexMissing
from qa import open_folder
from qa.types import Abstention, Answer

ROOT = Path(__file__).resolve().parents[2]
QUESTION = "Where did Zelensky meet King Charles?"


@pytest.fixture(scope="module")
def articles(seed_places):
    with open_folder(
        seeds.folder(), data_dir=seed_places.data, cache_dir=seed_places.cache
    ) as opened:
        yield opened


def test_an_answer_is_verbatim_and_says_where_it_stands(articles):
    reply = articles.ask(QUESTION)
    assert isinstance(reply, Answer)
    assert reply.shown == reply.quotes
    for quote in reply.shown:
        span = quote.at.span
        assert quote.text == articles.article(quote.at.article.path).text[span.start : span.end]
        assert quote.place.startswith(f"{quote.at.article.path}:{quote.at.line}")
    assert "Windsor Castle" in reply.shown[0].text


def test_declining_gives_a_reason_and_what_comes_nearest(articles):
    reply = articles.ask("What is the population of Kyiv?")
    assert isinstance(reply, Abstention)
    assert reply.message.endswith(".")
    assert reply.shown == reply.nearest


def test_a_follow_up_leans_on_the_questions_before_it(articles):
    reply = articles.ask(
        "How many of them were shot down?", context=["How many drones did Russia launch?"]
    )
    assert "drones" in reply.carried


def test_all_articles_can_be_read(articles):
    read = list(articles.articles())
    assert [one.path for one in read] == sorted(path.name for path in seeds.folder().glob("*.txt"))
    assert articles.status().articles == len(read)


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(BadPath, match="nowhere"):
        open_folder(tmp_path / "nowhere", data_dir=tmp_path, cache_dir=tmp_path)


def test_without_refreshing_a_folder_must_have_been_indexed(tmp_path):
    with pytest.raises(IndexMissing):
        open_folder(tmp_path, refresh=False, data_dir=tmp_path / "data", cache_dir=tmp_path)


def run(*arguments, cwd, places=None):
    code = "import runpy, sys; sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], {}, '__main__')"
    return subprocess.run(
        [sys.executable, *arguments]
        if places is None
        else [sys.executable, "-c", code, *arguments],
        cwd=cwd,
        env=None
        if places is None
        else {
            "PATH": "/usr/bin:/bin",
            "HOME": str(cwd),
            "XDG_DATA_HOME": str(places.data.parent / "home"),
            "XDG_CACHE_HOME": str(places.cache.parent / "home-cache"),
            "PYTHONPATH": str(ROOT),
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def test_the_example_answers_from_another_folder(tmp_path, seed_places):
    example = str(ROOT / "examples" / "ask.py")
    done = run(example, str(seeds.folder()), QUESTION, cwd=tmp_path, places=seed_places)
    assert done.stderr == ""
    assert done.stdout.startswith("Answered:\n")
    assert "Windsor Castle" in done.stdout


def test_a_file_called_index_beside_a_script_is_named_and_not_run(tmp_path):
    (tmp_path / "index.py").write_text("raise SystemExit('somebody ran me')\n", encoding="utf-8")
    script = tmp_path / "mine.py"
    script.write_text("from qa import open_folder\n", encoding="utf-8")
    done = run(str(script), cwd=tmp_path)
    assert done.returncode == 1
    assert f"{tmp_path / 'index.py'} is in the way" in done.stderr.replace("/private", "")
    assert "somebody ran me" not in done.stderr
