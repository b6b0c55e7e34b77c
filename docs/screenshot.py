"""Example articles and one question -> docs/chat.svg, drawn by the real chat."""

import asyncio
import re
import sys
import tempfile
from pathlib import Path

import seeds
from qa.library import workspace
from qa.library.places import Places, index_folder_for
from qa.tui.app import ChatApp
from qa.tui.prompt import Prompt

QUESTION = "How many drones did Russia launch in the overnight attack?"
SIZE = (100, 32)
"""Columns and lines of the terminal that is drawn."""

_WEB_FONT = re.compile(r',\s*url\("https?://[^)]+\) format\("\w+"\)')


async def drawn(library: workspace.Workspace, question: str) -> str:
    """Ask the chat a question and give the screen with its reply, as SVG."""
    app = ChatApp(library, refresh_s=None)
    async with app.run_test(size=SIZE) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        app.chat.query_one(Prompt).text = question
        await pilot.press("enter")
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("tab")
        await pilot.pause()
        return app.export_screenshot(title="qa")


def main() -> None:
    """Index the example articles in a temporary folder, ask, and save the picture."""
    question = " ".join(sys.argv[1:]) or QUESTION
    with tempfile.TemporaryDirectory() as folder:
        places = Places(data=Path(folder) / "data", cache=Path(folder) / "cache")
        workspace.build(
            [seeds.folder()],
            index_folder=None,
            options=workspace.BuildOptions(),
            report=lambda _: None,
            places=places,
        )
        library = workspace.Workspace(
            index_folder_for(seeds.folder(), places=places), places=places
        )
        picture = asyncio.run(drawn(library, question))
        library.close()
    (Path(__file__).parent / "chat.svg").write_text(_WEB_FONT.sub("", picture), encoding="utf-8")


if __name__ == "__main__":
    main()
