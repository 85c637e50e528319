# What one does with this repository; CONTRIBUTING.md says when. Installs into .venv/ and node_modules/ only.

PORT ?= 8000
SITE := docs/_build/site
BIN := .venv/bin

# tools/install.sh puts Node.js there where the system has none.
export PATH := $(CURDIR)/$(BIN):$(PATH)
# With the default shell, make 3.81 (macOS) looks for simple commands on its own PATH, not on this one.
SHELL := bash

.DEFAULT_GOAL := help
.PHONY: help demo docs screenshots test snapshots engines check lint format options browser bench lock packaging dist tag clean installed

help: ## Say what there is to make
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

demo: docs ## Build the documentation and serve it on PORT (8000)
	@echo "Sphinx: http://127.0.0.1:$(PORT)/   MkDocs: http://127.0.0.1:$(PORT)/mkdocs/   (Ctrl-C ends it)"
	@$(BIN)/python -m http.server --bind 127.0.0.1 --directory $(SITE) $(PORT)

docs: ## Build the documentation, a Sphinx site with a MkDocs site inside, into docs/_build/site
	@tools/install.sh docs
	@npm run --silent build
	$(BIN)/sphinx-build --quiet docs $(SITE)
	$(BIN)/mkdocs --quiet build --config-file docs/mkdocs/mkdocs.yml --site-dir $(abspath $(SITE))/mkdocs

screenshots: installed docs ## Take the picture of the README anew, from the built documentation
	$(BIN)/python tools/screenshot.py $(SITE) docs/_static/screenshot.png

test: ## Install everything the tests need, then run them all
	@tools/test.sh

snapshots: ## Run the tests in Chromium where every page finds a snapshot of its Python
	@PYRUN_TEST_SNAPSHOTS=1 tools/test.sh tests/browser

installed:
	@tools/install.sh test

engines: ## Run the tests of browser engines alone, and write what they find into the documentation
	@tools/test.sh tests/engines --write-engine-table

# Style and the wheel are not among them: they take longer than all of these, and `make lint` and `make packaging` check them.
check: installed ## Run the tests of a moment: the core, the structure of the code, JavaScript without a browser
	@npm run --silent build
	$(BIN)/pytest tests/unit tests/project --numprocesses=2 --dist=worksteal --quiet

lint: installed ## Check style and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	npm run --silent lint
	npm run --silent typecheck

format: installed ## Put the code in order
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	npm run --silent format

options: installed ## Write assets/shared/options.js again, after a change in pyrun_core/options/declare.py
	PYTHONPATH=. $(BIN)/python tools/generate_options.py

browser: installed ## Build the browser files again, after a change in assets/
	npm run --silent build

bench: installed ## Measure against bare Pyodide; wants a machine that does nothing else
	@npm run --silent build
	$(BIN)/python -m benchmarks

lock: installed ## Write requirements/ and package-lock.json anew, after a change of dependencies
	$(BIN)/python tools/lock.py
	npm install --package-lock-only

packaging: installed ## Test the wheel that this checkout gives, and building it
	@npm run --silent build
	$(BIN)/pytest tests/packaging

dist: installed ## Build the source distribution, from it the wheel, into dist/; then test that wheel
	rm -rf dist
	@npm run --silent build
	$(BIN)/python -m hatchling build --target sdist --directory dist
	$(BIN)/pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist dist/*.tar.gz
	PYRUN_TEST_WHEEL=$$(echo dist/*.whl) $(BIN)/pytest tests/packaging/test_wheel.py

tag: installed ## Check that TAG (v0.1.0, say) may be released
	@$(BIN)/python tools/check_tag.py "$$TAG"

clean: ## Remove all that was installed or built
	rm -rf .venv node_modules pyrun_core/browser docs/_build dist
