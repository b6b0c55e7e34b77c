"""Models -> memory, side by side, while the rest of the program is read."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from index.advice import rebuilding
from index.errors import IndexBroken
from index.models.silence import go_silent
from index.search.passage_index import PassageIndex
from qa.library.searcher import Models

if TYPE_CHECKING:
    from index.models.encoder import Encoder
    from index.models.reader import Reader


def load_models(
    made_with: tuple[str, str],
    cache: Path,
    announce: Callable[[str], None],
    *,
    meanwhile: Callable[[], None],
) -> Models:
    """Load the encoder that made an index, and the reader.

    Args:
        made_with: Name and fingerprint of the encoder.
        cache: Folder of compiled encoders.
        announce: Is told what is being loaded, in the thread that calls.
        meanwhile: Other work to be done until they are there.

    Raises:
        ModelMissing: a model is not on this machine.
    """
    announce("loading the models…")
    go_silent()  # while no other thread reads the environment
    with ThreadPoolExecutor(2) as pool:
        reader = pool.submit(_reader)
        rest = pool.submit(meanwhile)
        encoder, notice = _encoder(*made_with, cache, announce)
        from qa.answering import answerer  # noqa: F401, PLC0415 - read while the models load

        rest.result()
        return Models(encoder, reader.result(), made_with, (notice,) if notice else ())


def made_with_of(passages: PassageIndex) -> tuple[str, str]:
    """Give name and fingerprint of the encoder that made an index.

    Raises:
        IndexBroken: it doesn't say.
    """
    said, place = passages.store.manifest(), passages.store.place
    if said.model is None or said.fingerprint is None:
        raise IndexBroken(f"{place} doesn't say its model; run: {rebuilding(place)}")
    return said.model, said.fingerprint


def _reader() -> "Reader":
    from index.models.reader import Reader  # noqa: PLC0415 - opening needs no models

    return Reader()


def _encoder(
    model: str, fingerprint: str, cache: Path, announce: Callable[[str], None]
) -> "tuple[Encoder, str | None]":
    from index.models import loading  # noqa: PLC0415 - opening needs no models

    return loading.query_encoder(model, fingerprint, cache, announce)
