# make run    everything, the main job, and it stays up      make test       all tests but the deep ones
# make demo   the same in a throw-away folder, then ends     make test-fast  no servers, under a minute
# make help   all targets                                    make test-deep  faults and breadth

# The first Python that is new enough and really runs (a pyenv shim may be found and not run).
ifndef PYTHON
PYTHON := $(shell for python in python3.11 python3.12 python3.13 python3.14 python3; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
endif
NEEDS_PYTHON := $(if $(PYTHON),,echo "There is no Python 3.11 or newer here." \
	"Install one (Debian, Ubuntu: apt-get install python3 python3-venv)." >&2; exit 1;)
python := .venv/bin/python
tests  := $(python) -m pytest
# Each worker has servers of its own: tests/support/side_by_side.py.
SIDE_BY_SIDE := -n logical --maxprocesses 4
# The folders whose tests need no server.
FAST   := tests/architecture tests/contract tests/quality tests/unit
SHORT  := not deep and not servers and not slow
# Compiled modules are kept, whatever the shell says: every test run and every house would compile them again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup setup-test setup-bench run demo test test-fast test-deep coverage lint lock format doctor images screenshots css clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

setup:  ## install what a run needs (done by itself before the first run)
	@$(NEEDS_PYTHON) $(PYTHON) deploy/bootstrap.py run

setup-test:
	@$(NEEDS_PYTHON) $(PYTHON) deploy/bootstrap.py test

setup-bench:  ## the peers that benchmarks measure beside, as well
	@$(NEEDS_PYTHON) $(PYTHON) deploy/bootstrap.py bench

run: setup  ## start everything, tell the main job, stay up until Ctrl-C
	@./lumbung up --story

demo: setup  ## the main job in a throw-away folder on free ports; ends with code 0; TODAY=2028-02-29 tells it on that day
	@./lumbung demo

doctor: setup  ## what keeps Lumbung from running here, and how to mend it
	@./lumbung doctor

lint: setup-test  ## style, formatting and types
	$(python) -m ruff check .
	$(python) -m ruff format --check .
	$(python) -m mypy

lock: setup  ## lock again what requirements/*.in name; UPGRADE=package (or all) lets what they need move
	$(python) deploy/lock.py $(UPGRADE)

format: setup-test  ## put the code into its form
	$(python) -m ruff check --fix .
	$(python) -m ruff format .

test: lint  ## lint, then all tests but the deep ones, on servers of their own; TODAY=2028-02-29 runs them on that day
	$(tests) -m "not deep" $(SIDE_BY_SIDE) --durations=20

test-fast: setup-test  ## what needs no server and little time
	$(tests) $(FAST) -m "$(SHORT)" $(SIDE_BY_SIDE)

coverage: setup-test  ## the tests of make test once more, and which lines they leave out
	$(tests) -m "not deep" $(SIDE_BY_SIDE) --cov --cov-report=term:skip-covered

test-deep: setup-test  ## faults and breadth: other days, killed brokers, rebalances, every MongoDB engine that is present
	@for day in $$($(python) -m tests.support.days); do \
		echo "The fast tests and those of the law, as if today were $$day"; \
		TODAY=$$day $(tests) $(FAST) tests/law -m "($(SHORT)) or law" $(SIDE_BY_SIDE) || exit 1; \
	done
	@for engine in $$($(python) -m tests.support.engines); do \
		echo "The integration tests once more, on $$engine"; \
		$(tests) tests/integration -m "not deep" --mongodb $$engine || exit 1; \
	done
	$(tests) -m deep --ignore=tests/deep $(SIDE_BY_SIDE) --durations=10
	$(tests) tests/deep -m deep --durations=10

images: setup  ## build every image of docker-compose.yml without an engine, as root (buildah, debootstrap); IMAGES="lumbung-proxy …"
	@$(python) -m deploy.images $(IMAGES)

screenshots: setup-test  ## the four pictures of README.md again, into docs/pictures
	$(python) -m tests.browser.readme

css:  ## compile the console's styles again; needs node (their sources: services/console/style)
	cd services/console/style && npm install --no-save --no-package-lock govuk-frontend@6.3.0 sass@1.108 && \
	npx sass --style=compressed --no-source-map --load-path=node_modules console.scss ../static/console.css && \
	rm -rf node_modules

clean:  ## forget caches of tools (data and secrets stay; ./lumbung reset throws those away)
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage .coverage.* htmlcov
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
