# One command says yes or no: `make check` and `make test`. `make help` lists them all.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help demo check format test soak bench lock clean

help:  ## Say what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

$(BIN)/.ready: pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

demo: $(BIN)/.ready  ## Serve a sample agency at http://127.0.0.1:8000 and print a sign-in link
	@$(BIN)/qms demo

check: $(BIN)/.ready  ## Format, lint, types, doors
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: $(BIN)/.ready  ## Put the code in its usual form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

test: $(BIN)/.ready  ## All kinds of tests at small counts
	$(BIN)/pytest -n $(WORKERS) -m 'not soak'

soak: $(BIN)/.ready  ## The crash and load tests at the counts that the issues name
	$(BIN)/pytest -m soak -s

bench: $(BIN)/.ready  ## Measure the promises and write docs/benchmarks.md
	$(BIN)/python -m tests.bench

lock:  ## Write requirements.lock with hashes (uv in an environment of its own; it is no dependency)
	@tools=$$(mktemp -d) && trap 'rm -rf "$$tools"' EXIT && $(PYTHON) -m venv "$$tools" && \
	"$$tools/bin/pip" install --quiet --disable-pip-version-check uv && \
	"$$tools/bin/uv" pip compile pyproject.toml --universal --generate-hashes \
		--no-emit-index-url --no-header --quiet -o requirements.lock

clean:  ## Remove what was made, the demo included
	rm -rf $(VENV) build dist instance-demo .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
