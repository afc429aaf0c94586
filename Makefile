# What there is to do. `make` alone lists it.
.DEFAULT_GOAL := help
.PHONY: help build test test-long sanitize sandbox-test demo examples lint format docs linkage fuzz bench bench-filemap ci clean

help: ## lists these
	@sed -n 's/^\([a-z-]*\):[^#]*## /  \1|/p' $(MAKEFILE_LIST) | column -t -s '|'

build: ## builds everything, after installing what is missing
	@Scripts/bootstrap
	swift build

test: ## runs the tests, those that need a kernel in the sandbox (DM_TEST_KERNEL adds a kernel)
	@Scripts/test

test-long: ## runs the rest: large scale, tools of others, and devices with udev
	@Scripts/test --long

sanitize: ## runs the tests with AddressSanitizer, then with ThreadSanitizer
	@Scripts/test --sanitize address
	@Scripts/test --sanitize thread

sandbox-test: ## tests the sandbox itself
	@Scripts/test-sandbox

demo: ## provisions a thin pool on a real kernel and shows its life
	@Scripts/bootstrap
	swift build --product thin-provisioning
	@Scripts/dm-sandbox --disk 16M --disk 256M -- "$$(swift build --show-bin-path)/thin-provisioning"

examples: ## runs the programs in Examples in the sandbox, where a test listens to what they say
	@Scripts/test --filter OnKernel.Examples

lint: ## checks the style of code, scripts and documentation
	@Scripts/lint

format: ## formats the Swift code
	swift format --in-place --recursive --parallel Package.swift Sources Tests Examples Benchmarks

docs: ## builds the documentation into docs-out
	@Scripts/docs

linkage: ## checks that another package can use a release of this one, and what that links
	@Scripts/linkage

SECONDS ?= 120
fuzz: ## throws mutated input at the parsers for two minutes (SECONDS=n for longer)
	swift run -c release Fuzz --seconds $(SECONDS)

bench: ## counts instructions, system calls and allocations beside libdevmapper
	@Scripts/bootstrap
	@Scripts/bench

bench-filemap: ## measures maps of files with many extents beside libdevmapper, dmstats and messages
	@Scripts/bootstrap
	@Scripts/bench-filemap

ci: ## runs everything that a change has to pass
	@.ci/run

clean: ## removes what was built
	rm -rf .build .build-* docs-out Benchmarks/.build
