"""Libraries -> libraries that send nothing: what they are told before they are imported."""

import os
from pathlib import Path

_SILENT = {
    # Read once, when onnxruntime is imported. What its Python module offers instead comes too late:
    # by then it has made a folder in the user's cache, and has begun to report the machine.
    "ORT_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",  # of huggingface_hub, transformers and hf_xet
}
_OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "TOKENIZERS_PARALLELISM": "false",
}
_USER_NAMES = ("LOGNAME", "USER", "LNAME", "USERNAME")
"""As `getpass` asks for them."""
REPORTS = "/.onnxruntime/"
"""In the path of every file in which onnxruntime keeps what it is going to send."""


def go_silent() -> None:
    """Turn off what the libraries would report; call before any of them is imported."""
    _tell(_SILENT)


def go_offline() -> None:
    """Keep the model libraries silent and off the network; call before they are imported."""
    from tempfile import gettempdir  # noqa: PLC0415 - asking needs none of it

    # torch makes a folder named after the user unless it is told of one, and looks that name up,
    # which may be asked of a network, unless the environment has it. It compiles nothing here.
    os.environ.setdefault("TORCHINDUCTOR_CACHE_DIR", gettempdir())
    if not any(os.environ.get(name) for name in _USER_NAMES):
        os.environ[_USER_NAMES[-1]] = "pullquote"
    _tell(_SILENT | _OFFLINE)


def _tell(switches: dict[str, str]) -> None:
    """Set what isn't set already: another thread's native code may be reading the environment."""
    for name, value in switches.items():
        if os.environ.get(name) != value:
            os.environ[name] = value


def open_lines(process: Path = Path("/proc/self")) -> list[str]:
    """Name what a process holds open to send something over: sockets of the internet, reports.

    Looked up in what the kernel knows, so that native code can't hide it. Empty where there is no
    /proc.
    """
    held = {_target(handle) for handle in (process / "fd").glob("*")}
    sockets = {
        f"socket:[{line.split()[9]}]": f"socket {line.split()[9]} of {table}"
        for table in ("tcp", "tcp6", "udp", "udp6")
        for line in _lines(process / "net" / table)[1:]
    }
    reports = {target for target in held if REPORTS in target}
    return sorted(reports | {sockets[target] for target in held & sockets.keys()})


def _target(handle: Path) -> str:
    try:
        return str(handle.readlink())
    except FileNotFoundError:
        return ""  # closed since it was listed, as the listing itself is


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="ascii").splitlines() if file.is_file() else []
