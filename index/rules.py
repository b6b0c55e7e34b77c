"""Which files under a root are read, and how: what the person said once and a refresh repeats."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

READING = "3"
"""Version of how files become articles and passages: raised with every change that would read an
unchanged file otherwise, so that indexes made before it say so and are read again."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How a root is read; kept in the index with the root."""

    include: tuple[str, ...] = ()
    """Patterns as in `.gitignore`; only files that match one are read. Empty for all."""
    exclude: tuple[str, ...] = ()
    """Patterns as in `.gitignore`; files and folders that match one are passed over."""
    hidden: bool = False
    """Read hidden files and folders too."""
    ignore_files: bool = True
    """Obey `.gitignore`, `.ignore` and `.qaignore`."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Which column of a table or record is the text, the title …; the rest is guessed."""

    def as_json(self) -> str:
        """Write them for the index; what is as usual is left out."""
        said = {
            "include": list(self.include),
            "exclude": list(self.exclude),
            "hidden": self.hidden,
            "ignore_files": self.ignore_files,
            "columns": dict(self.columns),
        }
        usual = {"include": [], "exclude": [], "hidden": False, "ignore_files": True, "columns": {}}
        return json.dumps({key: value for key, value in said.items() if value != usual[key]})

    @classmethod
    def from_json(cls, line: str) -> "Rules":
        """Undo `as_json`."""
        said = json.loads(line)
        return cls(
            include=tuple(said.get("include", ())),
            exclude=tuple(said.get("exclude", ())),
            hidden=said.get("hidden", False),
            ignore_files=said.get("ignore_files", True),
            columns=said.get("columns", {}),
        )
