"""100,000 characters of the worst text: no pattern and no reader of ours takes more than its share.

What is measured is the processor time of a child, and how it grows with the text; never the clock.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from faults import growth
from faults.growth import fault_of
from faults.our_patterns import our_patterns
from faults.trials import CPU_LIMIT_S, main
from faults.worst_texts import repeated, texts_for

TESTS = Path(__file__).parents[1]
CHILDREN = 2


def faults_of(kind: str) -> dict[str, str]:
    """Try all of a kind in two children; give what is wrong, by name."""
    paths = [str(TESTS), str(TESTS.parent)]
    command = [sys.executable, "-m", main.__module__, kind]
    children = [
        subprocess.Popen(
            [*command, str(part), str(CHILDREN)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        )
        for part in range(CHILDREN)
    ]
    found: dict[str, str] = {}
    for child in children:
        told = [json.loads(line) for line in child.communicate()[0].splitlines()]
        found |= {name: fault for name, fault in told if fault}
        if child.returncode:
            name = told[-1][0] if told else "before the first"
            found[name] = f"ended ({child.returncode}) within {CPU_LIMIT_S} s of processor time"
    return found


def test_no_pattern_takes_more_than_its_share_of_the_worst_text():
    assert faults_of("patterns") == {}


def test_nothing_that_reads_a_text_takes_more_than_its_share_of_the_worst_line():
    assert faults_of("long lines") == {}


def test_patterns_of_names_classes_tables_and_calls_are_found():
    names = " ".join(one.name for one in our_patterns())
    assert "index.text.blocks._ITEM" in names
    assert "qa.language.when.names.PATTERNS[" in names
    assert "re.findall on line" in names


@pytest.mark.parametrize("pattern", [r"\w+-\n", r"\s+$", r"(?:a+)+b", r"x.*y", r"(\w+\s?)*,$"])
def test_a_pattern_that_costs_more_than_linear_time_is_told(pattern, monkeypatch):
    monkeypatch.setattr(growth, "CEILING_S", 0.6)
    compiled = re.compile(pattern)
    texts = [text_of for _, text_of in texts_for(compiled)]
    assert any(fault_of(compiled.search, text_of) for text_of in texts)


def test_linear_work_of_any_cost_is_let_be():
    def costly(text: str) -> int:
        return sum(hash(text[at : at + 9]) for _ in range(40) for at in range(len(text)))

    assert fault_of(costly, repeated("", "a")) == ""
