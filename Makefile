# The two commands are `make demo` and `make test`; each does its own set-up, in .venv, on a machine that has only
# Python 3.11 or later, pip and make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.run
DEV := $(VENV)/.dev
ARGS ?=

# Deno is a linter and TypeScript in one wheel: scripts are checked in development, and nobody who runs Acquis needs it.
SCRIPTS = $(shell find src -name '*.js')
# A library that is loaded before all others, as faketime does to try another date, makes it crash.
DENO := env -u LD_PRELOAD DENO_DIR=$(VENV)/.deno DENO_NO_UPDATE_CHECK=1 NO_COLOR=1 $(BIN)/deno

# What Python compiles is kept between runs: without it every process compiles all that it imports anew, which is half of
# the time to start.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: demo test quick check check-types check-scripts check-style check-layers all-tests torture bench lock words docs clean setup

demo: $(RUN)
	@$(BIN)/acquis demo $(ARGS)

# The checks run one after the other beside the tests, so that no processor waits for the longest of them.
CHECKS := check-style check-layers check-scripts check-types
test: $(DEV)
	@$(MAKE) --no-print-directory -j 2 all-tests $(CHECKS)

# ACQUIS_TESTS=thorough tries more of what is left to chance; ACQUIS_TEST_SEED=1 (or any text) runs the tests in another order.
# One process more than there are processors: the tests also wait, for disks, for programs that start, and for the browser.
SIDE_BY_SIDE = -n $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1) --dist worksteal
all-tests: $(DEV)
	@ACQUIS_CHROMIUM="$$($(BIN)/python tools/find_browser.py)" $(BIN)/pytest -q $(SIDE_BY_SIDE)

# The rules alone, in about 20 seconds: no browser, no server, no kills, and none of the files that a record is written to.
RULES := core text floor plan report followup board opinion/test_reading.py opinion/test_sums.py
WRITTEN := bundle docx pdf
quick: $(DEV)
	@ACQUIS_TESTS=$${ACQUIS_TESTS:-quick} $(BIN)/pytest -q $(SIDE_BY_SIDE) -m "not browser and not server and not slow" \
	  $(WRITTEN:%=--ignore=tests/report/test_%.py) $(addprefix tests/,$(RULES))

check: $(DEV)
	@$(MAKE) --no-print-directory -j 2 check-types $(CHECKS)

check-types: $(DEV)
	@$(BIN)/mypy

check-scripts: $(DEV)
	@$(DENO) lint -q -c tools/javascript/deno.json $(SCRIPTS)
	@$(DENO) check -q -c tools/javascript/deno.json $(SCRIPTS)

check-style: $(DEV)
	@$(BIN)/ruff check -q
	@$(BIN)/ruff format --check -q

check-layers: $(DEV)
	@$(BIN)/lint-imports

# Breaks copies of the source in every way of tools/sabotages.py, and kills the server 200 times: an hour or more.
torture: $(DEV)
	@$(BIN)/python tools/torture.py $(ARGS)

bench: $(DEV)
	@$(BIN)/python -m benchmarks $(ARGS)

setup: $(DEV)

$(BIN)/python:
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || { echo "Acquis needs Python 3.11 or later; name one with make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "Python cannot make a virtual environment here; on Debian or Ubuntu: apt install python3-venv"; exit 1; }

# The package itself goes in as a path file: no build, so nothing has to be fetched that is not in the lock.
$(RUN): requirements.txt | $(BIN)/python
	@echo "Setting up (once) ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes --no-deps -r requirements.txt
	@$(BIN)/python tools/link.py
	@touch $@

$(DEV): requirements-dev.txt $(RUN)
	@echo "Setting up what the tests need (once) ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.txt
	@touch $@

# Needs `uv`. The lock is exported with hashes and without addresses; uv.lock itself carries addresses and is not kept.
lock:
	@command -v uv >/dev/null || { echo "make lock needs uv: pip install uv"; exit 1; }
	@uv lock -q
	@uv export -q --format requirements-txt --no-emit-project --no-header --no-dev -o requirements.txt
	@uv export -q --format requirements-txt --no-emit-project --no-header --all-groups -o requirements-dev.txt
	@rm -f uv.lock

words: $(DEV)
	@$(BIN)/python tools/words.py

docs: $(DEV)
	@$(BIN)/python tools/actions.py
	@$(BIN)/python -m tools.events

clean:
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
