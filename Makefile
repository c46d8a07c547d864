# From a fresh clone, with python3 >= 3.11 (venv) and make only: `make run` or `make test`.
# Every step leaves a stamp in build/ and is skipped while its inputs are unchanged.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMPS := build/stamps
ARGS ?=

export UV_PYTHON_DOWNLOADS := never
export UV_PROJECT_ENVIRONMENT := $(VENV)
export PYTHONUTF8 := 1

.DEFAULT_GOAL := help
.PHONY: help run test test-all test-hours check audit build deps clean

help:
	@echo "make run    启动演示：http://127.0.0.1:3000"
	@echo "make test   运行全部测试"
	@echo "make test-all  全部测试的完整形式：两种数据库、两种屏幕"
	@echo "make test-hours  读真实时钟的测试，在另外几个钟点和日子里"
	@echo "make check  检查代码规范"
	@echo "make audit  查依赖包的已知漏洞"
	@echo "make clean  删除构建结果和工具（不动 data/）"

run: $(STAMPS)/deps
	@$(BIN)/gridapp serve --demo $(ARGS)

build: $(STAMPS)/deps
	@$(BIN)/gridapp build

check: $(STAMPS)/deps
	@$(BIN)/gridapp check

audit: $(STAMPS)/deps
	@$(BIN)/gridapp audit-deps

# In the order of the folders: sorted by size, the longest journeys would come last, alone. WebKit
# first and by itself: beside three other browsers it waits for answers that it has lost.
test: $(STAMPS)/deps $(STAMPS)/browser
	@$(BIN)/gridapp check
	@$(BIN)/gridapp build
	@$(BIN)/pytest tests/webkit
	@$(BIN)/pytest -n 3 --dist loadscope --no-loadscope-reorder --ignore=tests/webkit $(ARGS)

# Every test on both databases and every story at both sizes.
test-all: export GRID_TEST_ALL := 1
test-all: test

# What reads the real clock, at other hours and days.
test-hours: $(STAMPS)/deps $(STAMPS)/browser
	@$(BIN)/uv sync --quiet --locked --group hours
	@$(BIN)/gridapp build
	@$(BIN)/python -m tests.hours $(ARGS)

deps: $(STAMPS)/deps

$(STAMPS)/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "需要 python3 3.11 或更新版本")'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/deps: $(STAMPS)/uv pyproject.toml uv.lock
	@$(BIN)/uv sync --quiet --locked
	@touch $@

$(STAMPS)/browser: $(STAMPS)/deps
	@$(BIN)/python -m tests.browser
	@touch $@

clean:
	@rm -rf $(VENV) .web build
