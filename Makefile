# Every target sets up what it needs by itself; a fresh clone needs Python 3.11 or newer, git and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
CHROME := $(VENV)/.browser
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help site test coverage serve bench lint lock format golden pictures clean

## site: build the demonstration catalogue into site/
site: $(READY)
	$(BIN)/servicebook build

## serve: preview the demonstration catalogue, rebuilt on each change
serve: $(READY)
	$(BIN)/servicebook serve

## test: style, types, direction of imports, all tests
test: lint $(CHROME)
	$(BIN)/pytest -n 2 --dist loadgroup

## coverage: all tests again, counting the lines and branches that they reach, at least 95 %; takes twice as long
coverage: $(CHROME)
	$(BIN)/pytest -n 2 --dist loadgroup --cov --cov-report=term

## lint: style, types, direction of imports
lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

## format: let ruff lay the code out
format: $(READY)
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format .

## bench: speed as ratios against a named reference in the same run
bench: $(READY)
	$(BIN)/python -m tests.bench

## golden: write the golden pages anew; review the difference
golden: $(READY)
	$(BIN)/pytest -q tests/rendering --refresh-golden

## pictures: screenshots of the main pages for the README
pictures: site $(CHROME)
	$(BIN)/python tools/pictures.py

## lock: work out requirements.lock anew from pyproject.toml
lock: $(READY)
	$(PYTHON) -m venv $(VENV)/lock && $(VENV)/lock/bin/pip install --quiet uv
	$(VENV)/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade \
	  --no-header --no-emit-index-url --no-annotate --group dev pyproject.toml --output-file requirements.lock

$(READY): requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes --no-deps --requirement requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

$(CHROME): $(READY) tests/browser/ensure_browser.sh
	sh tests/browser/ensure_browser.sh $(BIN)/python
	touch $@

## clean: throw away what was built and cached, but not the virtual environment
clean:
	rm -rf site .coverage .coverage.* .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

## help: this list
help:
	@sed -n 's/^## //p' Makefile
