# The commands for developers; CONTRIBUTING.md describes them. They install into .venv/ and node_modules/ only.

PORT ?= 8000
SITE := docs/_build/site
BIN := .venv/bin

# What `make demo` serves: the host of a site, and its folder in the site.
DEMOS := Sphinx: "" MkDocs: mkdocs/ Zensical: zensical/ "Any generator:" any/

# tools/install.sh installs Node.js there if the system has none.
export PATH := $(CURDIR)/$(BIN):$(PATH)
# With the default shell, make 3.81 (macOS) looks for simple commands on its own PATH, not on this one.
SHELL := bash

.DEFAULT_GOAL := help
.PHONY: help demo docs screenshots test snapshots engines check lint format options browser bench lock packaging dist tag clean installed

help: ## List the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

demo: docs ## Build the documentation and serve it on PORT (8000)
	@printf '%-16s http://127.0.0.1:$(PORT)/%s\n' $(DEMOS)
	@echo "Ctrl-C stops the server."
	@$(BIN)/python -m http.server --bind 127.0.0.1 --directory $(SITE) $(PORT)

docs: ## Build the documentation, a Sphinx site with the other demo sites inside, into docs/_build/site
	@tools/install.sh docs
	@npm run --silent build
	$(BIN)/sphinx-build --quiet docs $(SITE)
	$(BIN)/mkdocs --quiet build --config-file docs/mkdocs/mkdocs.yml --site-dir $(abspath $(SITE))/mkdocs
	$(BIN)/zensical build --clean --strict --config-file docs/zensical/zensical.toml
	rm -rf $(SITE)/zensical && mv docs/zensical/site $(SITE)/zensical
	$(BIN)/python docs/any-site/build.py $(SITE)/any
	$(BIN)/pyrun finish --strict --config docs/any-site/pyrun.toml $(SITE)/any

screenshots: installed docs ## Take the README's screenshot again, from the built documentation
	$(BIN)/python tools/screenshot.py $(SITE) docs/_static/screenshot.png

test: ## Install everything that the tests need, and run all tests
	@tools/test.sh

snapshots: ## Run the tests in Chromium again, with the Python of every page from a snapshot
	@PYRUN_TEST_SNAPSHOTS=1 tools/test.sh tests/browser

installed:
	@tools/install.sh test

engines: ## Run only the tests of browser engines, and write their results into the documentation
	@tools/test.sh tests/engines --write-engine-table

# Without the checks of style and packaging, which take longer than all of these: see `make lint` and `make packaging`.
check: installed ## Run the fast tests: the core, the structure of the code, JavaScript without a browser
	@npm run --silent build
	$(BIN)/pytest tests/unit tests/project --numprocesses=2 --dist=worksteal --quiet

lint: installed ## Check style and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	npm run --silent lint
	npm run --silent typecheck

format: installed ## Format the code
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	npm run --silent format

options: installed ## Write assets/shared/options.js, after a change in pyrun_core/options/declare.py
	PYTHONPATH=. $(BIN)/python tools/generate_options.py

browser: installed ## Build the browser files, after a change in assets/
	npm run --silent build

bench: installed ## Compare the speed with bare Pyodide; needs an otherwise idle machine
	@npm run --silent build
	$(BIN)/python -m benchmarks

lock: installed ## Update requirements/ and package-lock.json, after a change of dependencies
	$(BIN)/python tools/lock.py
	npm install --package-lock-only

packaging: installed ## Test the wheel of this checkout and how it is built
	@npm run --silent build
	$(BIN)/pytest tests/packaging

dist: installed ## Build the source distribution, and the wheel from it, into dist/; test the wheel
	rm -rf dist
	@npm run --silent build
	$(BIN)/python -m hatchling build --target sdist --directory dist
	$(BIN)/pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist dist/*.tar.gz
	PYRUN_TEST_WHEEL=$$(echo dist/*.whl) $(BIN)/pytest tests/packaging/test_wheel.py

tag: installed ## Check that TAG, for example v0.1.0, may be released
	@$(BIN)/python tools/check_tag.py "$$TAG"

clean: ## Remove everything that was installed or built
	rm -rf .venv node_modules pyrun_core/browser docs/_build dist
