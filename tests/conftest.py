"""Fixtures that many rooms share: the example articles, indexed with the real models."""

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import seeds
from qa.library import workspace
from qa.library.places import Places, index_folder_for

settings.register_profile(
    "everywhere", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("quick", settings.get_profile("everywhere"), max_examples=15)
settings.load_profile("everywhere")


_SLOW_ROOMS = ("faults", "qa/tui")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a model, a screen or a program of its own: `make fast` leaves it out."""
    tests = Path(__file__).parent
    for item in items:
        room = item.path.relative_to(tests).parent.as_posix()
        module = vars(item.module)
        if (
            room in _SLOW_ROOMS
            or "seed_places" in getattr(item, "fixturenames", ())
            or any(value is subprocess for value in module.values())
            or module.get("SLOW", False)
        ):
            item.add_marker("slow")


@pytest.fixture
def two_hours_east(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine whose clock is two hours ahead of UTC."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "EAST-2")
        time.tzset()
        yield
    time.tzset()


@pytest.fixture(scope="session")
def seed_places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """Data and cache folders in which the example articles are indexed."""
    base = tmp_path_factory.mktemp("pullquote")
    places = Places(data=base / "data", cache=base / "cache")
    workspace.build(
        [seeds.folder()],
        index_folder=None,
        options=workspace.BuildOptions(),
        report=lambda _: None,
        places=places,
    )
    return places


@pytest.fixture(scope="session")
def seed_index(seed_places: Places) -> Path:
    """The index of the example articles."""
    return index_folder_for(seeds.folder(), places=seed_places)


@pytest.fixture(scope="session")
def seed_workspace(seed_places: Places, seed_index: Path) -> workspace.Workspace:
    """The example articles, opened for asking with the real models."""
    opened = workspace.Workspace(seed_index, places=seed_places)
    opened.load()
    return opened
