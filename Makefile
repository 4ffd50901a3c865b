# Every target sets up what it needs; the second time that costs nothing.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
MINUTES ?= 10
WORKERS ?= 3

.DEFAULT_GOAL := help
.PHONY: help run init test storm check format words bench lifecycle clean

help: ## what can be done here
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed: make PYTHON=python3.11 ..."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) \
	  || { echo "venv is missing: apt-get install -y python3-venv"; exit 1; }
	@$(BIN)/python -m uv --version >/dev/null 2>&1 \
	  || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv || true
	@if $(BIN)/python -m uv --version >/dev/null 2>&1; then \
	  $(BIN)/python -m uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock && \
	  $(BIN)/python -m uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e . ; \
	else \
	  $(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock && \
	  $(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e . ; \
	fi
	@touch $(STAMP)

run: $(STAMP) ## run the service: the sandbox, or real Telegram once a token is configured
	@$(BIN)/huying run

init: $(STAMP) ## first installation: asks for the token, the district and the administrator
	@$(BIN)/huying init

test: $(STAMP) ## all tests, WORKERS= at once (default 3: journeys mostly wait); a module stays with one
	@$(BIN)/python -m pytest -q -n $(WORKERS) --dist loadfile --no-loadscope-reorder

storm: $(STAMP) ## faults, crashes and kills; MINUTES= of each storm (default 10)
	@MINUTES=$(MINUTES) $(BIN)/python -m pytest -q -m storm tests/storms

check: $(STAMP) ## format, lint, types, contracts
	@$(BIN)/ruff format --check --quiet . || { echo "run: make format"; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

format: $(STAMP) ## put the code into shape
	@$(BIN)/ruff check --quiet --fix --exit-zero . && $(BIN)/ruff format --quiet .

words: $(STAMP) ## collect the bot's sentences, update bot/locales, name what is not translated
	@mkdir -p build
	@$(BIN)/pybabel -q extract -F babel.cfg -k _ -k N_ --no-wrap --add-location=file \
	  --sort-by-file --omit-header -o build/huying.pot .
	@$(BIN)/pybabel -q update -D huying -i build/huying.pot -d bot/locales \
	  --no-wrap --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	@$(BIN)/python -m pytest -q tests/bot/test_words.py

bench: $(STAMP) ## measure, print and write bench/latest.json
	@$(BIN)/python -m bench

lifecycle: $(STAMP) ## write docs/lifecycle.md from the table
	@$(BIN)/python -m core.diagram > docs/lifecycle.md

clean: ## forget the environment and everything it ran with
	rm -rf $(VENV) var build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
