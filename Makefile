# Everything runs from .venv, which the first target of a day sets up by itself.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: help demo test test-long lint format types check bench bench-csl wild man clean

help: ## Show the targets
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'northbib needs Python 3.11 or newer; name one: make PYTHON=python3.12' >&2; exit 1; }
	@echo 'Setting up $(VENV), once'
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install --quiet --upgrade 'pip>=25.1'
	@$(PIP) install --quiet --editable . --group dev
	@touch $@

demo: $(READY) ## Refresh the Further Reading section of examples/technorth.md and show it
	@$(BIN)/northbib embed examples/technorth.md
	@$(BIN)/python examples/show.py examples/technorth.md build/technorth.html

test: $(READY) ## Run the tests
	$(BIN)/python -m pytest -n auto --dist worksteal -m 'not long'

test-long: $(READY) ## Run the long tests as well (fuzz, crash, scale)
	$(BIN)/python -m pytest -n auto --dist worksteal --hypothesis-profile exploring

lint: $(READY) ## Check the code with ruff
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(READY) ## Format the code with ruff
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(READY) ## Check the types with mypy --strict
	$(BIN)/mypy
	$(BIN)/mypy tests/resolve/conftest.py

check: lint types test ## Run all three

build/peers/.ready: $(READY)
	$(PYTHON) -m venv build/peers
	build/peers/bin/python -m pip install --quiet --disable-pip-version-check papis
	@touch $@

bench: $(READY) build/peers/.ready ## Measure start-up beside papis and a bare import of click
	$(BIN)/python benchmarks/startup.py --papis build/peers/bin/papis

build/peers/.csl: $(READY) benchmarks/csl/peers.py benchmarks/csl/package-lock.json
	$(BIN)/python benchmarks/csl/peers.py
	@touch $@

bench-csl: build/peers/.csl ## Measure the citation engine beside citeproc-js, citeproc-py, pandoc and typst
	$(BIN)/python benchmarks/csl/speed.py --hard

wild: build/peers/.csl ## Compare with citeproc-js over all styles, and render hostile items in them
	$(BIN)/python benchmarks/csl/wild.py
	$(BIN)/python benchmarks/csl/hostile.py

man: $(READY) ## Write the manual pages from the text of --help
	$(BIN)/python -m northbib.cli.manual man

clean: ## Remove what the other targets made
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
