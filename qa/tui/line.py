"""Words -> a line of the screen that can't be taken for anything else."""

from textual.widgets import Static


class Line(Static):
    """Words of ours or of an article, never markup; its class says how they look."""

    def __init__(self, text: str, classes: str) -> None:
        super().__init__(text, markup=False, classes=classes)
