# make run    everything, the main job, and it stays up      make test       all tests but the deep ones
# make demo   the same in a throw-away folder, then ends     make test-fast  no servers, under a minute
# make help   all targets                                    make test-deep  faults and breadth

PYTHON ?= $(shell command -v python3.11 || command -v python3)
python := .venv/bin/python
tests  := $(python) -m pytest
COVER  := --cov --cov-report=term:skip-covered

.DEFAULT_GOAL := help
.PHONY: help setup setup-test run demo test test-fast test-deep lint format doctor clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

setup:  ## install what a run needs (done by itself before the first run)
	@$(if $(PYTHON),,echo "There is no Python. Install Python 3.11 or newer." >&2; exit 1;) $(PYTHON) deploy/bootstrap.py run

setup-test:
	@$(if $(PYTHON),,echo "There is no Python. Install Python 3.11 or newer." >&2; exit 1;) $(PYTHON) deploy/bootstrap.py test

run: setup  ## start everything, tell the main job, stay up until Ctrl-C
	@./lumbung up --story

demo: setup  ## the main job in a throw-away folder on free ports; ends with code 0
	@./lumbung demo

doctor: setup  ## what keeps Lumbung from running here, and how to mend it
	@./lumbung doctor

lint: setup-test  ## style, formatting and types
	$(python) -m ruff check .
	$(python) -m ruff format --check .
	$(python) -m mypy

format: setup-test  ## put the code into its form
	$(python) -m ruff check --fix .
	$(python) -m ruff format .

test: lint  ## lint, then all tests but the deep ones, on servers of their own
	$(tests) -m "not deep" $(COVER)

test-fast: setup-test  ## what needs no server
	$(tests) -m "not deep and not servers"

test-deep: setup-test  ## faults and breadth: killed brokers, rebalances, every MongoDB engine that is present
	@for engine in $$($(python) -m tests.support.engines); do \
		echo "The integration tests once more, on $$engine"; \
		$(tests) tests/integration -m "not deep" --mongodb $$engine || exit 1; \
	done
	$(tests) -m deep

clean:  ## forget caches of tools (data and secrets stay; ./lumbung reset throws those away)
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage .coverage.* htmlcov
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
