"""What a command ended with -> a sentence on stderr and an exit code.

Every error that a person can do something about passes here, whoever words it: this program, click
or the system. It is the last place before the terminal, so whatever was typed, named or set comes
out of it harmless and short.
"""

import errno
import os
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import NoReturn

import click

from index.errors import (
    IndexBroken,
    IndexBusy,
    IndexMissing,
    ModelMissing,
    PassageIndexError,
    StorageFailed,
)
from qa.cli.config import BadConfig
from qa.endings import ProgramFailed
from qa.visible import visible, visible_line

MOST_CHARS = 1_500
"""Of a message: a name that was typed may have any length."""
_END_CHARS = 300
"""That are kept of a longer one's end, where it says what to do."""

_CODES: tuple[tuple[type[Exception], int], ...] = (
    (IndexMissing, 3),
    (IndexBroken, 3),
    (IndexBusy, 3),
    (ModelMissing, 4),
    (StorageFailed, 5),
    (PassageIndexError, 2),  # BadPath: what was typed leads nowhere
    (BadConfig, 2),
    (ProgramFailed, 70),  # as sysexits(3) has it
)
_DISK_TROUBLE = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO}
)
_NO_PATH = frozenset({errno.ENAMETOOLONG, errno.ELOOP, errno.ENOTDIR, errno.EISDIR})
"""What the system says of a path that can't be, or is none of what was asked for."""


@contextmanager
def endings() -> Iterator[None]:
    """Turn what a person can fix into a sentence, and leave with its code; the rest is our bug."""
    try:
        yield
    except click.UsageError as error:
        click.UsageError(harmless(error.format_message()), error.ctx).show()
        _leave(error.exit_code)
    except click.ClickException as error:
        _fail(error.format_message(), error.exit_code)
    except (PassageIndexError, BadConfig, ProgramFailed) as error:
        _fail(str(error), next(code for kind, code in _CODES if isinstance(error, kind)))
    except (KeyboardInterrupt, click.Abort):
        _fail("interrupted", 130)
    except BrokenPipeError:
        _drop_output()
        _leave(128 + 13)  # as a shell reports any program whose reader has gone
    except OSError as error:
        _fail_over_files(error)
    except Exception as error:
        if not _was_interrupted(error):
            raise
        _fail("interrupted", 130)


def harmless(message: str) -> str:
    """Write a message on one line that a terminal can be trusted with, without its long middle."""
    shown = visible_line(message)
    if len(shown) <= MOST_CHARS:
        return shown
    return f"{shown[: MOST_CHARS - _END_CHARS]} … {shown[-_END_CHARS:]}"


def disarm() -> None:
    """Let nothing that ends this process otherwise write to the terminal what it obeys.

    That is what a traceback says of our bug, in any thread, and what libraries warn about.
    """
    sys.excepthook = _show_bug
    threading.excepthook = lambda told: _show_bug(told.exc_type, told.exc_value, told.exc_traceback)
    if not sys.warnoptions:
        warnings.simplefilter("ignore")


def _show_bug(
    kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
) -> None:
    import traceback  # noqa: PLC0415 - there is nothing to be shown, as a rule

    if not issubclass(kind, SystemExit):
        sys.stderr.write(visible("".join(traceback.format_exception(kind, error, trace))))


def _fail(message: str, code: int) -> NoReturn:
    click.echo(f"qa: {harmless(message)}", err=True)
    _leave(code)


def _fail_over_files(error: OSError) -> NoReturn:
    if isinstance(error, FileNotFoundError) and _stands_nowhere():
        _fail("the folder that you are in is gone; change to another one", 2)
    if error.errno not in _DISK_TROUBLE | _NO_PATH:
        raise error
    if error.filename is None:
        _drop_output()
    place = "standard output" if error.filename is None else error.filename
    code = 5 if error.errno in _DISK_TROUBLE else 2
    _fail(f"can't use {_named(place)}: {error.strerror}", code)


def _stands_nowhere() -> bool:
    try:
        Path.cwd()
    except FileNotFoundError:
        return True
    return False


def _was_interrupted(error: BaseException | None) -> bool:
    """Say whether Ctrl+C is behind it: an import that it breaks off fails in its own words."""
    while error is not None and not isinstance(error, KeyboardInterrupt | click.exceptions.Exit):
        error = error.__cause__ or error.__context__
    return isinstance(error, KeyboardInterrupt)


def _leave(code: int) -> NoReturn:
    raise click.exceptions.Exit(code)


def _named(file: object) -> str:
    return os.fsdecode(file) if isinstance(file, bytes) else str(file)


def _drop_output() -> None:
    """Send what is still buffered nowhere, so that leaving does not fail a second time."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
