"""The installed program on a terminal, with the real models: it reads every kind of file there."""

import os
from contextlib import closing
from pathlib import Path

import pytest
from one_of_each import one_of_each, page
from pty_screen import clean_environment, on_screen

import seeds
from index.errors import IndexMissing
from index.readers.formats import FORMATS, PLAIN, format_of
from qa.library import workspace
from qa.library.places import Places, index_folder_for

FIRST_FRAME = "Ask the articles a question."
CTRL_O, CTRL_Q = "\x0f", "\x11"


def build(folder, places):
    (report,) = workspace.build(
        [folder],
        index_folder=None,
        options=workspace.BuildOptions(),
        report=lambda _: None,
        places=places,
    )
    return report


@pytest.fixture(scope="module")
def places(tmp_path_factory, seed_places):
    """A data folder in which the example articles are indexed, and models that are compiled."""
    made = Places(data=tmp_path_factory.mktemp("data"), cache=seed_places.cache)
    build(seeds.folder(), made)
    return made


@pytest.fixture
def chat(places):
    """Run `qa chat` on a terminal."""
    environment = clean_environment() | {
        "QA_DATA_DIR": str(places.data),
        "QA_CACHE_DIR": str(places.cache),
    }

    def run(*arguments):
        return on_screen("chat", *map(str, arguments), environment=environment)

    return run


def articles_in(folder, places):
    try:
        opened = workspace.Workspace(index_folder_for(folder, places=places), places=places)
    except IndexMissing:
        return 0
    with closing(opened):
        return opened.searched().articles


def index_in_chat(screen, folder):
    screen.type(CTRL_O)
    screen.until("Index a folder")
    screen.type(f"{folder}\r")


def test_every_kind_of_file_is_indexed_from_inside_the_chat(chat, tmp_path):
    folders = one_of_each(tmp_path / "kinds")
    kinds = {format_of(next(folder.iterdir()).name) for folder in folders.values()}
    assert kinds == set(FORMATS) - PLAIN
    with chat() as screen:
        screen.until(FIRST_FRAME)
        for ending, folder in folders.items():
            index_in_chat(screen, folder)
            screen.until(f"Indexed {ending}: 1 article, 1 passage (1 new)")
        screen.type("Where did the otter sleep until the ferry came?\r")
        screen.until("slept in the old boat house")
        screen.type(CTRL_Q)
        assert screen.leave() == 0
        assert screen.left_on() == []


def test_a_page_that_changed_before_a_question_is_read_again_for_it(chat, places, tmp_path):
    file = tmp_path / "otter.html"
    file.write_text(page("The otter ate four crabs under the bridge."), encoding="utf-8")
    build(tmp_path, places)
    with chat(tmp_path, "--no-watch") as screen:
        screen.until(FIRST_FRAME)
        file.write_text(page("The otter ate nineteen crabs under the bridge."), encoding="utf-8")
        screen.type("How many crabs did the otter eat under the bridge?\r")
        screen.until("ate nineteen crabs", "changed since it was indexed")
        screen.type(CTRL_Q)
        assert screen.leave() == 0


def test_a_page_that_changes_is_followed(chat, places, tmp_path):
    file = tmp_path / "otter.html"
    file.write_text(page("The otter ate four crabs under the bridge."), encoding="utf-8")
    build(tmp_path, places)
    with chat(tmp_path) as screen:
        screen.until(FIRST_FRAME)
        file.write_text(page("The otter ate nineteen crabs under the bridge."), encoding="utf-8")
        screen.until("1 file changed just now")
        screen.type("How many crabs did the otter eat under the bridge?\r")
        screen.until("ate nineteen crabs")
        screen.type(CTRL_Q)
        assert screen.leave() == 0


def test_leaving_in_the_middle_of_indexing_keeps_what_was_done(chat, places, tmp_path):
    for number in range(120):
        sentences = " ".join(f"Otter {number} was seen {n} times that year." for n in range(30))
        (tmp_path / f"{number}.html").write_text(page(sentences), encoding="utf-8")
    with chat() as screen:
        screen.until(FIRST_FRAME)
        index_in_chat(screen, tmp_path)
        screen.until_so(lambda: articles_in(tmp_path, places) > 0, "a first commit")
        screen.type(CTRL_Q)
        assert screen.leave() == 0
        assert screen.left_on() == []
        assert "what was indexed is kept" in screen.last_words
        screen.until_so(lambda: not members(screen.running.pid), "the end of the readers")
    report = build(tmp_path, places)
    assert report.articles == 120
    assert report.added < 120


def members(session: int) -> list[str]:
    """Name the processes of a session that are still running."""
    running = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if os.getsid(int(process.name)) == session:
                running.append((process / "cmdline").read_text(encoding="utf-8"))
        except (ProcessLookupError, FileNotFoundError):
            continue  # it has just ended
    return running
