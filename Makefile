# make chat: install and open the chat. make test: install what the tests need and run them.

PYTHON ?= python3
TORCH_INDEX ?=
# Where torch is taken from on Linux without an NVIDIA GPU, if it answers: gigabytes less.
CPU_TORCH_INDEX ?= https://download.pytorch.org/whl/cpu
VENV := .venv
PIP := $(VENV)/bin/python -m pip --disable-pip-version-check
MADE := $(VENV)/.made
INSTALLED := $(VENV)/.installed
INSTALLED_DEV := $(VENV)/.installed-dev
INSTALLED_DOCS := $(VENV)/.installed-docs
INSTALLED_TRAINING := $(VENV)/.installed-training

.DEFAULT_GOAL := help
.PHONY: help install chat test fast check docs bench folders kills faults million data quality fit \
  train curve reader weigh verbatim screenshot clean

help:
	@echo 'make chat      install what is missing, index the example articles, open the chat'
	@echo 'make test      install what the tests need, then run them'
	@echo 'make fast      the tests that need no model, screen or program of their own'
	@echo 'make install   only install: the program is then $(VENV)/bin/qa'
	@echo '               TORCH_INDEX=URL takes torch from there'
	@echo '               PYTHON=python3.12 takes another Python'
	@echo 'make check     format, lint, types and import contracts'
	@echo 'make docs      build the documents into a site, build/site, and check their links'
	@echo 'make bench     measure speed: start, asking, encoding, reading by format'
	@echo 'make folders   measure how an index follows a big folder'
	@echo 'make kills     kill indexing at random instants, compare what comes out'
	@echo 'make faults    let disks, processes, files and documents fail, in one table; WORK=folder'
	@echo 'make million   measure retrieval among a million passages, after make quality; DATA=folder'
	@echo 'make quality   measure quotes and abstentions; DATA=folder of question sets'
	@echo 'make fit       the same, and write the weights of the judge'
	@echo 'make weigh     try the weights that rank quotes; DATA=...'
	@echo 'make train     train the reader, or go on; DATA=folder of question sets'
	@echo 'make curve     measure each checkpoint of the training; DATA=...'
	@echo 'make reader    write the last checkpoint as the reader that ships'
	@echo 'make verbatim  check every quote of many replies against its file; DATA=...'
	@echo 'make clean     remove the environment and everything that was built'

# The stamp is younger than a whole environment: one that was cut short is completed.
$(MADE):
	@command -v $(PYTHON) >/dev/null || { \
	  echo '$(PYTHON) is missing; on Debian run: sudo apt install python3' >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo '$(PYTHON) is older than 3.11; on Debian run: sudo apt install python3.11,' \
	    'then: make PYTHON=python3.11 $(MAKECMDGOALS)' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo 'the module venv of $(PYTHON) is missing; on Debian run:' \
	    'sudo apt install python3-venv' >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(INSTALLED): pyproject.toml constraints.txt | $(MADE)
	@index='$(TORCH_INDEX)'; \
	if [ -z "$$index" ] && [ "$$(uname -s)" = Linux ] \
	    && ! command -v nvidia-smi >/dev/null && ! [ -e /proc/driver/nvidia ] \
	    && ! $(VENV)/bin/python -c 'import torch' 2>/dev/null \
	    && $(VENV)/bin/python -c 'from urllib.request import urlopen as o; \
	        o("$(CPU_TORCH_INDEX)/torch/", timeout=5).close()' 2>/dev/null; then \
	  index='$(CPU_TORCH_INDEX)'; \
	fi; \
	if [ -n "$$index" ]; then \
	  echo "torch is taken from $$index"; \
	  $(PIP) install --no-deps --constraint constraints.txt --index-url "$$index" torch; \
	fi
	$(PIP) install --constraint constraints.txt --editable .
	@touch $@

$(INSTALLED_DEV): $(INSTALLED)
	$(PIP) install --constraint constraints.txt --editable '.[dev]'
	@touch $@

$(INSTALLED_DOCS): $(INSTALLED)
	$(PIP) install --constraint constraints.txt --editable '.[docs]'
	@touch $@

$(INSTALLED_TRAINING): $(INSTALLED_DEV)
	$(PIP) install --constraint constraints.txt --editable '.[training]'
	@touch $@

install: $(INSTALLED)

chat: $(INSTALLED)
	@$(VENV)/bin/qa

test: $(INSTALLED_DEV)
	$(VENV)/bin/python -m pytest -n auto --maxprocesses 4

# What needs no model, no screen and no program of its own, with fewer examples a property.
fast: $(INSTALLED_DEV)
	$(VENV)/bin/python -m pytest -q -n auto --maxprocesses 4 -m 'not slow' --hypothesis-profile=quick

check: $(INSTALLED_DEV)
	$(VENV)/bin/ruff format --check
	$(VENV)/bin/ruff check
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

docs: $(INSTALLED_DOCS)
	NO_MKDOCS_2_WARNING=1 $(VENV)/bin/mkdocs build --strict

bench: $(INSTALLED_DEV)
	$(VENV)/bin/python tests/benchmarks/speed.py
	$(VENV)/bin/python tests/benchmarks/encoding.py
	$(VENV)/bin/python tests/benchmarks/formats.py

million: $(INSTALLED_DEV) data
	$(VENV)/bin/python tests/benchmarks/million.py '$(WORK)' \
	  --from $(wildcard $(WORK)/clapnq-dev $(WORK)/realtimeqa-2022a $(WORK)/squad2-dev) \
	  --questions '$(DATA)'/*/questions.jsonl

# These measure on question sets that don't come with the project: DATA=folder of sets.
WORK ?= build/measuring

data:
	@test -d '$(DATA)' || { \
	  echo 'say where the question sets are: make $(MAKECMDGOALS) DATA=folder' >&2; exit 1; }

quality: $(INSTALLED_DEV) data
	$(VENV)/bin/python tests/benchmarks/fit_judge.py '$(DATA)' '$(WORK)'

weigh: $(INSTALLED_DEV) data
	$(VENV)/bin/python tests/benchmarks/weigh_quotes.py '$(DATA)' '$(WORK)'

fit: $(INSTALLED_DEV) data
	$(VENV)/bin/python tests/benchmarks/fit_judge.py '$(DATA)' '$(WORK)' --write

# The labelled questions to train on lie in $(DATA)/reading. A stopped run goes on from its last
# checkpoint; the same run on the same machine gives the same weights.
RUN ?= $(WORK)/training
EXAMPLES ?= 24000

train: $(INSTALLED_TRAINING) data
	$(VENV)/bin/python -m training.train '$(DATA)/reading' '$(RUN)' --examples $(EXAMPLES)

curve: $(INSTALLED_TRAINING) data
	$(VENV)/bin/python -m training.evaluate '$(DATA)' '$(RUN)'

reader: $(INSTALLED_TRAINING)
	$(VENV)/bin/python -m training.export '$(RUN)/reader-$(EXAMPLES).pt'

verbatim: $(INSTALLED_DEV) data
	$(VENV)/bin/python tests/benchmarks/verbatim.py '$(DATA)' '$(WORK)'

# What a big folder takes, and whether an index outlives SIGKILL; both take a while.
folders: $(INSTALLED_DEV)
	$(VENV)/bin/python tests/benchmarks/folders.py '$(WORK)'

kills: $(INSTALLED_DEV)
	$(VENV)/bin/python tests/benchmarks/kills.py '$(WORK)'

# What is left in WORK/faults is thrown away first; takes about an hour.
faults: $(INSTALLED_DEV)
	PYTHONPATH=tests $(VENV)/bin/python -m faults.long '$(WORK)'

screenshot: $(INSTALLED)
	$(VENV)/bin/python docs/screenshot.py

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .benchmarks
	rm -rf .import_linter_cache *.egg-info snapshot_report.html
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
