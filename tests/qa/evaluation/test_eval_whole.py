"""`qa eval` with the real models: its index is made once, whole or not at all."""

import json
import shutil

import pytest
from labelled import ARTICLES, UNANSWERABLE, article, question, write_set
from stand_ins import ignore

from index.errors import IndexBusy
from index.store.embedded.database import DATABASE
from qa.evaluation.bench import open_benches
from qa.evaluation.dataset import read
from qa.evaluation.indexing import index_set, open_articles
from qa.evaluation.run import evaluate
from qa.library.places import Places


@pytest.fixture
def places(seed_places, tmp_path):
    """A cache that holds the compiled encoder and nothing else."""
    shutil.copytree(seed_places.cache / "encoders", tmp_path / "cache" / "encoders")
    return Places(data=tmp_path / "data", cache=tmp_path / "cache")


@pytest.fixture
def dataset(tmp_path):
    return read(write_set(tmp_path / "set", questions=[question(), UNANSWERABLE]))


def indexes(places):
    kept = places.cache / "eval"
    return sorted(one for one in kept.iterdir() if not one.name.startswith("."))


def opened(dataset, places, report=ignore):
    benches = open_benches(dataset, places, report=report)
    for bench in benches:
        bench.close()
    return benches[0]


def test_a_set_is_measured_with_the_real_models(dataset, places):
    benches = open_benches(dataset, places, report=ignore)
    done = evaluate(dataset, benches, report=ignore)
    for bench in benches:
        bench.close()
    assert done.questions.quote_at.shown["1"] == 1.0
    assert done.questions.decisions.declined == 1.0
    assert done.threshold == benches[0].judge.threshold


def test_an_index_is_made_once_and_found_again(dataset, places):
    stages = []
    opened(dataset, places)
    (kept,) = indexes(places)
    written = (kept / DATABASE).stat().st_mtime_ns
    opened(dataset, places, lambda progress: stages.append(progress.stage))
    assert indexes(places) == [kept]
    assert (kept / DATABASE).stat().st_mtime_ns == written
    assert "encoding" not in stages


def test_other_articles_are_another_index(dataset, places, tmp_path):
    opened(dataset, places)
    more = [*ARTICLES, article("new", "Glass was blown in Sidon.")]
    other = read(write_set(tmp_path / "more", articles=more, questions=[question()]))
    assert opened(other, places).searched.articles == 4
    assert len(indexes(places)) == 2


def test_an_index_that_was_killed_half_way_is_made_anew(dataset, places):
    def killed(progress):
        if progress.stage == "saving":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        opened(dataset, places, killed)
    assert not indexes(places)
    assert opened(dataset, places).searched.articles == 3
    assert not [one for one in (places.cache / "eval").iterdir() if "draft" in one.name]


def test_a_torn_index_is_made_anew(dataset, places):
    opened(dataset, places)
    (kept,) = indexes(places)
    (kept / DATABASE).write_bytes(b"torn" * 4096)
    assert opened(dataset, places).searched.articles == 3


def test_two_at_once_do_not_write_the_same_index(dataset, places):
    def second(progress):
        if progress.stage == "saving":
            opened(dataset, places)

    with pytest.raises(IndexBusy):
        opened(dataset, places, second)


def test_the_fit_takes_titles_away_in_an_index_of_its_own(places, tmp_path):
    titled = [json.loads(json.dumps(one)) | {"title": "Of the empire"} for one in ARTICLES]
    folder = write_set(tmp_path / "titled", articles=titled, questions=[question()])
    with_titles = index_set(folder, places.cache)
    assert index_set(folder, places.cache) == with_titles
    assert index_set(folder, places.cache, is_untitled=True) != with_titles


def test_articles_without_a_sentence_to_index_do_no_harm(places, tmp_path):
    rights = article("rights", "© 2024 All rights reserved.\n")
    folder = write_set(
        tmp_path / "set", articles=[*ARTICLES, rights], questions=[question(), UNANSWERABLE]
    )
    passages, notices = open_articles(read(folder).articles, _options(places), report=ignore)
    assert passages.store.counts().articles == 3
    assert notices == ()
    passages.close()


def _options(places):
    from index.ingest.building import BuildOptions  # noqa: PLC0415 - as the command does

    return BuildOptions(cache=places.cache)
