# Everything runs in a virtual environment that this file makes; nothing else is needed than Python >= 3.11, git and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
COMPILED := $(VENV)/.compiled
COMPILER := curator.calibrations.schema.compiler
# One worker per core, and no more than four: each holds numpy, astropy and perhaps a Butler.
WORKERS ?= $(shell n=$$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2); [ $$n -gt 4 ] && echo 4 || echo $$n)

# The tests start curator many hundred times, which is to compile its modules once and not at every start.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test lint bench docs site man picture release-check clean

help:
	@echo "make demo    the whole line on a repository made from the template, with a Butler on SQLite"
	@echo "make test    lint, types, import rules and every test"
	@echo "make lint    ruff, mypy and import-linter alone"
	@echo "make bench   the measurements of docs/benchmarks.md, each beside its baseline (some minutes)"
	@echo "make site    the documentation as web pages, in build/site/html"
	@echo "make man     man pages, in build/man/man1"
	@echo "make release-check  sdist and wheel in build/release, and the wheel tried in a new environment"
	@echo "make picture the picture of the README, from a real run"
	@echo "make docs    what is generated: rule pages and index, tables of dataset types, examples, hook list, compiled schemas"

$(STAMP): pyproject.toml constraints.txt hatch_build.py
	$(PYTHON) -c 'import sys; sys.exit("curator needs Python 3.11 or newer" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt \
	    $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --editable '.[all,test]'
	@$(BIN)/python -m compileall -qq -j 0 $(VENV)/lib || true # as pip does, but on all cores
	@touch $@

# An installation compiles schemas/. When they or the compiler change, the validators alone are made again.
$(COMPILED): $(STAMP) curator/calibrations/schema/compiler.py schemas $(wildcard schemas/*.json)
	$(BIN)/python -m $(COMPILER)
	@touch $@

demo: $(COMPILED)
	@$(BIN)/curator demo

lint: $(COMPILED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

test: lint
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist worksteal

bench: $(COMPILED)
	$(BIN)/python -m benchmarks

docs: $(STAMP)
	$(BIN)/python -m $(COMPILER)
	$(BIN)/python -m curator.calibrations.generate
	$(BIN)/python -m curator.checks.generate.rule_index
	$(BIN)/python -m curator.checks.generate.docs
	$(BIN)/python -m curator.checks.generate.hooks
	$(BIN)/python docs/json_page.py

site: $(COMPILED)
	$(BIN)/python docs/_site/build.py build/site

man: $(COMPILED)
	$(BIN)/python -m curator.cli.terminal.man build/man/man1

picture: $(COMPILED)
	COLUMNS=80 $(BIN)/curator demo | awk '/^[0-9]\. /{n=$$1+0} n==3' | $(BIN)/python docs/picture.py docs/images/demo.svg "curator demo"

release-check: $(COMPILED)
	$(BIN)/python changes/release_check.py build/release

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
