# Everything runs in .venv, which these targets make and keep.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test check bench load evaluate translations pictures clean

demo: $(VENV)/product  ## Serve the sample comments on a temporary database.
	$(BIN)/uppsikt demo

test: $(VENV)/dev  ## Install what the tests need and run everything.
	sh tests/install_servers.sh
	$(BIN)/python -m pytest -n auto

check: $(VENV)/dev  ## Lint, format, types, import order.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/quality/test_import_order.py tests/quality/test_shape.py

bench: $(VENV)/dev  ## Comments a second, peak memory, and two others beside.
	$(BIN)/python -m tests.bench.compare

load: $(VENV)/dev  ## A million comments on both databases, the pages asked for over HTTP.
	sh tests/install_servers.sh
	$(BIN)/python -m tests.bench.load $(LOAD)

evaluate: $(VENV)/dev  ## Figures on the held-out part of the corpus, and the report.
	$(BIN)/uppsikt evaluate data/samples/corpus/test.csv --report models

translations: $(VENV)/dev  ## Gather what the pages say, and compile their English.
	$(BIN)/python -m tests.catalogue

pictures: $(VENV)/dev  ## Take the handbook's pictures anew.
	$(BIN)/python -m tests.browser.pictures

$(VENV)/product: pyproject.toml constraints.txt | $(VENV)/python
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	touch $@

$(VENV)/dev: pyproject.toml constraints.txt | $(VENV)/python
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@ $(VENV)/product

$(VENV)/python:
	sh tests/make_environment.sh $(PYTHON) $(VENV)
	touch $@

clean:
	rm -rf $(VENV)
