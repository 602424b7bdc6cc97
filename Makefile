# Two commands on a fresh machine with Python 3.11 or newer (and its venv module):
#   make demo   sets up all it needs and reads the bundled reports
#   make test   sets up all it needs and runs the tests
# and, for those who change it, make check, gate, bench and docs.
# PYTHON=python3.12 chooses an interpreter; otherwise the newest of those tested is taken.

SHELL := /bin/sh
VENV ?= .venv
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	if $$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then echo $$p; break; fi; done)
BIN = $(VENV)/bin
SOURCES = pyproject.toml $(shell find src -type f -not -name '*.pyc')

.PHONY: demo test check gate bench docs clean

demo: $(VENV)/.installed
	$(BIN)/whence demo

test: $(VENV)/.testing
	$(BIN)/python -m pytest

check: $(VENV)/.testing
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

gate: $(VENV)/.testing
	$(BIN)/whence evaluate --gate --limit 40

bench: $(VENV)/.installed
	$(BIN)/python benchmarks/speed.py

# The documentation, in build/docs; a warning is an error.
docs: $(VENV)/.testing
	$(BIN)/python -m pip install --quiet --editable '.[docs]'
	$(BIN)/sphinx-build -W --keep-going -q -b html docs build/docs

$(VENV)/bin/python:
	@if [ -z "$(PYTHON)" ]; then echo "No Python 3.11, 3.12 or 3.13 was found; install one, or name it: make PYTHON=..." >&2; exit 1; fi
	$(PYTHON) -m venv $(VENV) || { echo "The venv module is missing; on Debian: apt-get install python3-venv" >&2; rm -rf $(VENV); exit 1; }

# The package as a user gets it: built and installed, not linked.
$(VENV)/.installed: $(VENV)/bin/python $(SOURCES)
	@rm -f $(VENV)/.testing
	$(BIN)/python -m pip install --quiet .
	@touch $@

# The package linked to its sources, with what the tests and checks want.
$(VENV)/.testing: $(VENV)/bin/python pyproject.toml
	@rm -f $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --editable '.[test,check]'
	@touch $@

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
