# Two commands do all: `make run` serves the app with demo data, `make test` passes the tests.

PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
BIN := .venv/bin
# What the local demonstration runs with; made once, kept out of git.
LOCAL := .local/settings
# Tests need no secrets of anybody's.
TEST_ENV := SECRET_KEY=only-for-tests DEBUG=1
# One worker per core, each with a database, a server and a browser of its own.
PARALLEL := -n auto --dist worksteal
POSTGRES ?= postgres://postgres@127.0.0.1:5432/postgres

.PHONY: run test test-postgres test-browser lint styles scripts bench-pages bench-worklist bench-lighthouse fresh-migrations clean

# Beside the server runs the tick: mail, on-call notices, expiry. Killed, it is started again; it ends with
# the server, however that ends. The server starts a new worker for one that was killed.
run: .venv/run $(LOCAL)
	@set -a && . ./$(LOCAL) && SITE_URL=$${SITE_URL:-http://localhost:$(PORT)} && set +a && \
	$(BIN)/python manage.py migrate --verbosity 0 && \
	$(BIN)/python manage.py collectstatic --noinput --verbosity 0 && \
	$(BIN)/python manage.py demo && \
	echo && echo "The patient's pages: http://localhost:$(PORT)/" && \
	echo "Staff sign in at:    http://localhost:$(PORT)/admin/" && \
	echo "Stop with Ctrl-C." && echo && \
	{ while kill -0 $$$$ 2>/dev/null; do $(BIN)/python manage.py tick --beside $$$$; sleep 1; done & } && \
	exec $(BIN)/granian --interface wsgi --host $(HOST) --port $(PORT) \
		--workers 1 --blocking-threads 4 --no-ws --respawn-failed-workers --respawn-interval 1 \
		--log-level warning clinic.wsgi:application

test: .venv/dev
	@$(TEST_ENV) $(BIN)/python -m pytest -q $(PARALLEL)

test-postgres: .venv/dev
	@$(TEST_ENV) DATABASE_URL=$(POSTGRES) $(BIN)/python -m pytest -q $(PARALLEL)

test-browser: .venv/dev
	@$(TEST_ENV) $(BIN)/python -m pytest -q $(PARALLEL) --browser tests/browser

lint: .venv/dev
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

# As long as nobody has data: the first migration of both sides written anew from the models.
fresh-migrations: .venv/dev
	@$(TEST_ENV) $(BIN)/python manage.py fresh_migrations && $(BIN)/ruff check --quiet --fix intake/migrations treatments/migrations && \
	$(BIN)/ruff format --quiet intake/migrations treatments/migrations

styles:
	@bash styles/build.sh

scripts:
	@cd scripts && { [ -d node_modules/esbuild ] || npm ci --ignore-scripts --no-audit --no-fund; } && node build.mjs
	@$(TEST_ENV) $(BIN)/python manage.py drug_names

# Not needed to run or test: CPU time beside the session wizard; Lighthouse in Debian's Chromium.
bench-pages: .local/bench/ready
	@.local/bench/bin/python bench/pages.py

.local/bench/ready: bench/requirements.txt requirements.txt
	@echo "Installing what is compared with ..." && $(PYTHON) -m venv .local/bench && \
	.local/bench/bin/python -m pip install --quiet --disable-pip-version-check -r bench/requirements.txt
	@touch $@

# A million invented people in a PostgreSQL database of their own, made at the first run.
PEOPLE ?= 1000000
BENCH_DATABASE ?= postgres://postgres@127.0.0.1:5432/clinic_bench
bench-worklist: .venv/run
	@SECRET_KEY=only-for-measuring DEMO=1 HTTPS=0 ALLOWED_HOSTS=localhost DATABASE_URL=$(BENCH_DATABASE) PYTHONPATH=. \
		$(BIN)/python bench/worklist.py $(PEOPLE)

bench-lighthouse: .venv/run
	@bash bench/lighthouse.sh

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || \
		{ echo "Python 3.11, 3.12 or 3.13 is needed; say which one with PYTHON=python3.12."; exit 1; }
	@$(PYTHON) -m venv .venv

.venv/run: .venv/bin/python requirements.txt
	@echo "Installing what the app needs ..." && $(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/dev: .venv/bin/python requirements.txt requirements-dev.txt
	@echo "Installing what the tests need ..." && $(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ .venv/run

$(LOCAL): | .venv/bin/python
	@mkdir -p .local && umask 077 && { \
	echo "SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))')"; \
	echo "DATABASE_URL=sqlite:///$(CURDIR)/.local/clinic.sqlite3"; \
	echo "ALLOWED_HOSTS=localhost,127.0.0.1,[::1]"; \
	echo "HTTPS=0"; echo "DEMO=1"; } > $@

clean:
	rm -rf .venv .local
