PYTHON ?= python3
PORT ?= 8000
SECONDS ?= 1800
VENV = .venv/bin
# For every Python that we support, and naming no index.
LOCK_OPTIONS = --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	--no-annotate --no-emit-index-url --no-emit-find-links

.DEFAULT_GOAL := help
.PHONY: help run dev test lint audit format bench damage soak messages guide-pictures lock environment dev-environment

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: environment ## set the site up on this machine and serve it on 127.0.0.1 (PORT=8000)
	@$(VENV)/python -m lihsite.operations.run --port $(PORT)

dev: dev-environment ## the development server, which reloads as files change (PORT=8000)
	@$(VENV)/python -m lihsite.operations.develop --port $(PORT)

test: dev-environment ## the whole suite: SQLite, PostgreSQL, browser
	@$(VENV)/python -m tests $(ARGS)

lint: dev-environment ## style of code and templates, imports between the apps, what is deployed
	@$(VENV)/ruff check .
	@$(VENV)/ruff format --check .
	@$(VENV)/djlint --lint --quiet lihsite home research news events
	@$(VENV)/lint-imports --no-cache
	@deploy/lint

audit: dev-environment ## known holes of the locked dependencies (asks the package index)
	@$(VENV)/python -m lihsite.operations.audit

format: dev-environment ## put code and templates into shape
	@$(VENV)/ruff check --fix-only .
	@$(VENV)/ruff format .

bench: dev-environment ## measure pages, edit form and server (writes var/bench/)
	@$(VENV)/python -m tests.benchmarks $(ARGS)

damage: dev-environment ## kill, starve and unplug real servers, as often as it takes
	@$(VENV)/python -m pytest -n0 --in-full tests/damage $(ARGS)

soak: dev-environment ## read, edit and publish for long (SECONDS=1800), and look at errors and memory
	@$(VENV)/python -m tests.soak --seconds $(SECONDS) $(ARGS)

messages: dev-environment ## gather the interface's strings into the catalogues (needs gettext)
	@$(VENV)/python manage.py make_catalogues
	@$(VENV)/python manage.py compile_catalogues

guide-pictures: dev-environment ## take the pictures of the editors' guide anew (needs Chromium)
	@$(VENV)/python -m pytest -n0 tests/browser/test_guide_pictures.py --write-guide-pictures

lock: dev-environment ## write the lock files anew
	@$(VENV)/uv pip compile $(LOCK_OPTIONS) pyproject.toml --output-file requirements.lock
	@$(VENV)/uv pip compile $(LOCK_OPTIONS) pyproject.toml --group dev \
		--constraint requirements.lock --output-file requirements-dev.lock

environment:
	@$(PYTHON) lihsite/operations/environment.py requirements.lock

dev-environment:
	@$(PYTHON) lihsite/operations/environment.py requirements-dev.lock
