"""Root -> files: what is passed over, what is reported, and ignore files as git reads them."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ingest.ignores import pattern_of, patterns_of
from index.ingest.walk import walk
from index.rules import Rules

NOBODY = 65534


def made(root: Path, *paths: str) -> Path:
    for path in paths:
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("words\n")
    return root


def listed(root: Path, **rules: object) -> list[str]:
    return [found.path for found in walk(root, Rules(**rules)).files]


@contextmanager
def without_privileges() -> Iterator[Path]:
    """A folder that anybody may enter, while this process has no more rights than anybody."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@contextmanager
def as_nobody() -> Iterator[None]:
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


def test_files_come_by_path_and_know_where_they_lie(tmp_path):
    made(tmp_path, "b.txt", "a/z.md", "a.html")
    walked = walk(tmp_path)
    assert [found.path for found in walked.files] == ["a.html", "a/z.md", "b.txt"]
    assert all(found.file.read_text() == "words\n" for found in walked.files)
    assert {found.stamp.bytes for found in walked.files} == {6}


def test_hidden_files_and_folders_are_passed_over_unless_wanted(tmp_path):
    made(tmp_path, "a.txt", ".b.txt", ".c/d.txt", ".git/e.txt")
    assert listed(tmp_path) == ["a.txt"]
    assert listed(tmp_path, hidden=True) == [".b.txt", ".c/d.txt", "a.txt"]


def test_other_kinds_are_counted_by_their_ending(tmp_path):
    made(tmp_path, "a.txt", "b.JPG", "c.jpg", "README", "d.\x1b[31m", "e.exe~")
    walked = walk(tmp_path)
    assert walked.other_kinds == {".jpg": 2, "no ending": 2}
    assert walked.notices == ("4 files of other kinds were not read (2 .jpg, 2 no ending)",)


def test_one_file_of_another_kind_is_not_called_several(tmp_path):
    made(tmp_path, "a.txt", "b.jpg")
    assert walk(tmp_path).notices == ("1 file of another kind was not read (1 .jpg)",)


@pytest.mark.parametrize(
    "name",
    ["~$x.docx", "x.txt.part", "x.txt~", "x.pdf.crdownload", "#x.txt#", ".#x.txt", "._x.txt"],
)
def test_locks_and_half_written_files_are_passed_over(tmp_path, name):
    made(tmp_path, name)
    walked = walk(tmp_path, Rules(hidden=True))
    assert (walked.files, walked.other_kinds) == ((), {})


def test_an_article_whose_name_only_looks_a_little_like_a_lock_is_read(tmp_path):
    names = ["#1 story.txt", "part.txt", "x~y.txt"]
    assert listed(made(tmp_path, *names)) == names


def test_pictures_and_scripts_of_a_saved_page_are_not_read(tmp_path):
    made(tmp_path, "p.html", "p_files/a.html", "q.htm", "q.files/b.txt", "r_files/c.txt")
    assert listed(tmp_path) == ["p.html", "q.htm", "r_files/c.txt"]


def test_nothing_outside_the_root_is_listed_and_loops_end(tmp_path):
    outside = made(tmp_path / "outside", "secret.txt")
    root = made(tmp_path / "root", "sub/a.txt")
    (root / "in.txt").symlink_to(root / "sub" / "a.txt")
    (root / "out.txt").symlink_to(outside / "secret.txt")
    (root / "up.txt").symlink_to("../outside/secret.txt")
    (root / "none.txt").symlink_to("nowhere.txt")
    (root / "self.txt").symlink_to("self.txt")
    (root / "sub" / "loop").symlink_to(root)
    (root / "other").symlink_to(outside)
    walked = walk(root)
    assert [found.path for found in walked.files] == ["in.txt", "sub/a.txt"]
    assert [(skip.path, skip.kind) for skip in walked.unlisted] == [
        ("none.txt", "gone"),
        ("out.txt", "forbidden"),
        ("self.txt", "gone"),
        ("up.txt", "forbidden"),
    ]
    assert walked.notices == ("links to folders are not followed (2 here)",)


def test_a_root_may_itself_be_a_link(tmp_path):
    root = made(tmp_path / "root", "a.txt")
    (root / "b.txt").symlink_to("a.txt")
    (tmp_path / "link").symlink_to(root)
    assert listed(tmp_path / "link") == ["a.txt", "b.txt"]


def test_a_root_may_be_one_file_whatever_the_rules(tmp_path):
    file = made(tmp_path, ".a.txt") / ".a.txt"
    assert listed(file, exclude=("*",)) == [".a.txt"]
    assert walk(file).files[0].file == file


def test_a_pipe_with_the_name_of_an_article_is_said_to_be_none(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    (skip,) = walk(tmp_path).unlisted
    assert (skip.path, skip.reason, skip.kind) == ("a.txt", "not a regular file", "other format")


def test_a_folder_without_permission_is_reported_and_the_others_go_on():
    with without_privileges() as root:
        made(root, "a.txt", "shut/b.txt", "unseen/c.txt")
        (root / "shut").chmod(0o000)
        (root / "unseen").chmod(0o444)
        with as_nobody():
            walked = walk(root)
        (root / "shut").chmod(0o755)
        (root / "unseen").chmod(0o755)
    assert [found.path for found in walked.files] == ["a.txt"]
    assert [(skip.path, skip.kind) for skip in walked.unlisted] == [
        ("shut/", "forbidden"),
        ("unseen/c.txt", "forbidden"),
    ]


def test_an_ignore_file_without_permission_is_reported():
    with without_privileges() as root:
        made(root, "a.txt", ".gitignore")
        (root / ".gitignore").chmod(0o000)
        with as_nobody():
            walked = walk(root)
    assert len(walked.files) == 1
    assert walked.notices == (".gitignore can't be read (Permission denied)",)


def test_names_with_newlines_and_without_valid_encoding_are_listed_and_can_be_ignored(tmp_path):
    names = ["a\nb.txt", "caf\udce9.txt", "d\n/e.txt"]
    made(tmp_path, *names)
    assert listed(tmp_path) == names
    (tmp_path / ".gitignore").write_bytes(b"caf\xe9.*\na?b.txt\n")
    assert listed(tmp_path) == ["d\n/e.txt"]
    assert listed(tmp_path, exclude=("*.txt",)) == []


def test_what_lies_too_deep_for_the_system_is_reported(tmp_path):
    folder, name = os.open(tmp_path, os.O_RDONLY), "d" * 200
    for _ in range(25):
        os.mkdir(name, dir_fd=folder)
        below = os.open(name, os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = below
    os.close(folder)
    (skip,) = walk(tmp_path).unlisted
    assert (skip.kind, "too long" in skip.reason) == ("forbidden", True)


TREE = ("a.txt", "b.txt", "sub/a.txt", "sub/b.txt", "sub/deep/a.txt", "sub/deep/c.md", "z/a.txt")


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        ("# a comment\n\n", TREE),
        ("a.txt", ("b.txt", "sub/b.txt", "sub/deep/c.md")),
        ("/a.txt", TREE[1:]),
        ("a.txt\n!/sub/a.txt", ("b.txt", "sub/a.txt", "sub/b.txt", "sub/deep/c.md")),
        ("sub/", ("a.txt", "b.txt", "z/a.txt")),
        ("sub/\n!sub/a.txt", ("a.txt", "b.txt", "z/a.txt")),
        ("deep", (*TREE[:4], "z/a.txt")),
        ("deep/\r\n", (*TREE[:4], "z/a.txt")),
        ("a.txt/", TREE),
        ("*\n!*/\n!*.md", ("sub/deep/c.md",)),
        ("*\n!/sub\n!sub/a.txt", ("sub/a.txt",)),
        ("sub/*", ("a.txt", "b.txt", "z/a.txt")),
        ("sub/*.txt", ("a.txt", "b.txt", "sub/deep/a.txt", "sub/deep/c.md", "z/a.txt")),
        ("sub/**", ("a.txt", "b.txt", "z/a.txt")),
        ("**/deep/a.txt", tuple(path for path in TREE if path != "sub/deep/a.txt")),
        ("sub/**/a.txt", ("a.txt", "b.txt", "sub/b.txt", "sub/deep/c.md", "z/a.txt")),
        ("[ab].t?t", ("sub/deep/c.md",)),
        ("[!a].txt", ("a.txt", "sub/a.txt", "sub/deep/a.txt", "sub/deep/c.md", "z/a.txt")),
        ("\\a.txt  ", ("b.txt", "sub/b.txt", "sub/deep/c.md")),
    ],
)
def test_ignore_files_hold_as_in_git(tmp_path, lines, left):
    (made(tmp_path, *TREE) / ".gitignore").write_text(lines)
    assert tuple(listed(tmp_path)) == left
    assert tuple(listed(tmp_path, ignore_files=False)) == TREE


def test_the_nearest_ignore_file_decides_and_in_a_folder_ours_does(tmp_path):
    made(tmp_path, *TREE)
    (tmp_path / ".qaignore").write_text("a.txt\n")
    (tmp_path / "sub" / ".gitignore").write_text("!a.txt\n/b.txt\n!deep\n")
    (tmp_path / "z" / ".ignore").write_text("!a.txt\n")
    (tmp_path / "z" / ".qaignore").write_text("a.txt\n")
    assert listed(tmp_path) == ["b.txt", "sub/a.txt", "sub/deep/a.txt", "sub/deep/c.md"]


def test_lines_that_are_no_pattern_are_named_and_the_others_hold(tmp_path):
    made(tmp_path, "a.txt", "b.txt")
    (tmp_path / ".gitignore").write_text("\ufeffa.txt\n[\nx\\\n[z-a]\n[[:alpha:]]\n!\n/\n")
    walked = walk(tmp_path)
    assert [found.path for found in walked.files] == ["b.txt"]
    assert walked.notices == (".gitignore: no pattern in line 2, 3, 4, 5, 6",)


def test_an_ignore_file_behind_a_link_is_not_read(tmp_path):
    root = made(tmp_path / "root", "a.txt")
    (tmp_path / "patterns").write_text("*\n")
    (root / ".gitignore").symlink_to(tmp_path / "patterns")
    assert listed(root) == ["a.txt"]


def test_include_keeps_what_a_pattern_fits_and_what_lies_in_such_a_folder(tmp_path):
    made(tmp_path, *TREE)
    assert listed(tmp_path, include=("*.md", "z")) == ["sub/deep/c.md", "z/a.txt"]
    assert listed(tmp_path, include=("/sub/*.txt",)) == ["sub/a.txt", "sub/b.txt"]
    assert listed(tmp_path, include=("sub/", "!deep")) == ["sub/a.txt", "sub/b.txt"]


def test_include_does_not_bring_back_what_is_ignored_but_a_negated_exclude_does(tmp_path):
    (made(tmp_path, *TREE) / ".gitignore").write_text("z/\n")
    assert listed(tmp_path, include=("z",)) == []
    assert listed(tmp_path, exclude=("!z/", "sub", "/?.txt")) == ["z/a.txt"]


@given(st.text("ab*?", min_size=1, max_size=8), st.text("ab", min_size=1, max_size=8))
def test_a_name_fits_as_in_the_shell(pattern, name):
    assert bool(patterns_of([pattern]).verdict(f"folder/{name}")) == fnmatchcase(name, pattern)


SEGMENTS = st.lists(st.sampled_from(["a", "b", "*", "a*", "**"]), min_size=2, max_size=6)
PARTS = st.lists(st.sampled_from(["a", "b", "ab"]), min_size=1, max_size=6)


@given(SEGMENTS, PARTS)
def test_two_stars_stand_for_any_number_of_folders(segments, parts):
    @cache
    def fits(s: int, p: int) -> bool:
        if s == len(segments):
            return p == len(parts)
        if segments[s] == "**":
            is_last = s == len(segments) - 1
            return p < len(parts) and (is_last or fits(s + 1, p) or fits(s, p + 1))
        return p < len(parts) and fnmatchcase(parts[p], segments[s]) and fits(s + 1, p + 1)

    pattern = patterns_of(["/".join(segments)])
    assert bool(pattern.verdict("/".join(parts))) == fits(0, 0)


@given(st.text("ab[]!^-\\*?/&|~[: #", max_size=12))
def test_any_line_is_a_pattern_or_said_to_be_none(line):
    with suppress(ValueError):
        pattern = pattern_of(line)
        assert pattern is None or pattern.regex.fullmatch("\n/") is None


@pytest.mark.parametrize("line", ["a*" * 60 + "b", "**/" + "a/**/" * 40 + "b", "*" * 5000 + "b"])
def test_no_pattern_takes_forever(line):
    assert patterns_of([line]).verdict("/".join(["a" * 250] * 15)) is None
    assert patterns_of([line]).verdict("/".join("a" * 1500)) is None
