"""Before a screen is taken over -> what reading processes need of this one, started."""


def get_ready() -> None:
    """Start, in a few milliseconds, the small process that looks after the reading ones.

    It is given the stream on which it may complain, which has no number once a full screen has
    taken its place: from there on it could not be started.
    """
    from multiprocessing import resource_tracker  # noqa: PLC0415 - who asks once needs none

    resource_tracker.ensure_running()
