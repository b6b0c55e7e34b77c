"""A place for each kind of store, empty and with three articles in it."""

import pytest
from stores.kinds import BOATS, DAYS, OUTLETS, Kind, kind_called, put


@pytest.fixture(params=["embedded", "memory"])
def kind(request, tmp_path) -> Kind:
    return kind_called(request.param, tmp_path)


@pytest.fixture
def boats(kind) -> Kind:
    put(kind, BOATS, outlet=OUTLETS, published=DAYS)
    return kind
