# The project's verbs. People, pre-commit and CI all call these.
#
# PYTHON=…      the Python (>= 3.11, with pip) that makes .venv; after a change: make distclean
# PORT=…        where `make serve` listens; by default 8000, or the next port that is free
# BROWSER=none  leaves the browser tests out of `make test`
# N=…           how many briefs `make bench` measures: N="100 1000"
# ONLY=…        what `make bench` measures: builds, quotes, or preview

PYTHON ?= python3

VENV := .venv
BIN := $(VENV)/bin
# One that is there already serves `make site` as well: its packages are a superset.
INSTALLED = $(if $(wildcard $(VENV)/.dev),$(VENV)/.dev,$(VENV)/.runtime)

# The pip of $(PYTHON) installs into .venv, so venv needs no ensurepip, which Debian and Ubuntu package apart.
PIP_INSTALL = $(PYTHON) -m pip --python $(BIN)/python install -qq --disable-pip-version-check
LOCK = $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command 'make lock'

# What the fast parts of briefgen can change: BRIEFGEN_REFERENCE=1 runs the stock libraries instead.
REFERENCE_TESTS := tests/golden tests/contract tests/unit/load tests/unit/render tests/property/test_laws.py

.PHONY: help site serve check test bench lint format messages browser lock clean distclean

help: ## List these verbs
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

site: $(INSTALLED) ## Build the site of content/ into site/
	@$(BIN)/briefgen build

serve: $(INSTALLED) ## Serve the site to a browser, with each change as soon as it is saved
	@$(BIN)/briefgen serve $(if $(PORT),--port $(PORT))

check: $(INSTALLED) ## Check the content; warnings count
	@$(BIN)/briefgen check --strict

test: lint browser ## Run everything that CI runs: lint, all tests, then those of texts and pages in reference mode
	$(BIN)/pytest -n auto --dist worksteal
	BRIEFGEN_REFERENCE=1 $(BIN)/pytest -n auto --dist worksteal -q $(REFERENCE_TESTS)

bench: browser ## Measure builds and the preview: docs/performance.md
	@PYTHONPATH=tests $(BIN)/python -m bench.bench $(N) $(if $(ONLY),--only $(ONLY))

lint: $(VENV)/.dev ## Check the code: ruff, mypy, import-linter
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: $(VENV)/.dev ## Format the code and mend what ruff can mend
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format

browser: $(VENV)/.dev
	@$(BIN)/python tests/support/browser.py

messages: $(VENV)/.dev ## Bring the catalogues of texts up to date, and report what is not translated
	@PYTHONPATH=tests $(BIN)/python -m support.messages

lock: $(VENV)/.dev ## Pin the newest versions of all dependencies
	$(LOCK) --group build --output-file requirements.lock pyproject.toml
	$(LOCK) --group dev --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml

clean: ## Remove the built site, its cache and the tools' caches
	@if [ -x $(BIN)/briefgen ]; then $(BIN)/briefgen clean --quiet; fi
	@find briefgen tests -name __pycache__ -type d -prune -exec rm -rf {} +
	@rm -rf .briefgen dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

distclean: clean ## Remove .venv as well
	@rm -rf $(VENV)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'briefgen needs Python 3.11 or newer; name one: make PYTHON=python3.12 …' >&2; exit 1; }
	@$(PYTHON) -c 'import pip, venv' || \
		{ echo 'briefgen needs pip and venv; on Debian and Ubuntu: apt-get install python3-pip python3-venv' >&2; exit 1; }
	@$(PYTHON) -m venv --without-pip $(VENV)

# Each stamp is older than the files that it depends on as soon as one of them changes.
$(VENV)/.runtime: requirements.lock pyproject.toml $(BIN)/python
	@echo 'Installing briefgen into $(VENV) …'
	@$(PIP_INSTALL) --require-hashes --requirement requirements.lock
	@$(PIP_INSTALL) --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml $(BIN)/python
	@echo 'Installing briefgen and its tools into $(VENV) …'
	@$(PIP_INSTALL) --require-hashes --requirement requirements-dev.lock
	@$(PIP_INSTALL) --no-build-isolation --no-deps --editable .
	@touch $@
