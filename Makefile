# weir: build, run and test. "make" alone lists the targets.

GO     ?= go
COMMIT := $(shell git rev-parse HEAD 2>/dev/null)
ATTACKS = $(CURDIR)/bin/attacks
LDFLAGS = -s -w -X main.commit=$(COMMIT)

help: ## List the targets.
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

build: ## Build bin/weir, one static binary.
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags '$(LDFLAGS)' -o bin/weir ./cmd/weir

run: build ## Build weir and serve conf/srs.conf.
	./bin/weir run -c conf/srs.conf

demo: build ## The same, with a built-in clip published as live/demo.
	./bin/weir demo -c conf/srs.conf

tools: ## Install what the tests need (ffmpeg, rtmpdump, Chromium, python3, TypeScript) with apt and npm where it is missing.
	./scripts/tools.sh

test: tools vet ## Run the whole test suite, as CI does.
	$(GO) test -race -parallel 4 -timeout 15m ./...
	$(MAKE) fuzz FUZZTIME=5s

vet: ## gofmt, go vet.
	@test -z "$$(gofmt -l .)" || { echo 'not formatted:'; gofmt -l .; exit 1; }
	$(GO) vet ./...

fuzz: ## Fuzz every target for FUZZTIME (10s).
	./scripts/fuzz.sh $(or $(FUZZTIME),10s)

check: test ## test and staticcheck.
	$(GO) run honnef.co/go/tools/cmd/staticcheck@v0.8.1 ./...
	$(GO) run mvdan.cc/gofumpt@v0.11.0 -l .

attack: ## Let scripts attack a server for ATTACK each (2s), and print what came of it.
	@rm -f $(ATTACKS)
	WEIR_ATTACK_TABLE=$(ATTACKS) $(GO) test -run '^TestAttacks$$' -attack $(or $(ATTACK),2s) -timeout 3h . ; status=$$?; \
	echo '| attack | answers | slowest, ms | deaths | worker, MB | server, MB | served again after, ms | p99 of other gates, ms |'; \
	cat $(ATTACKS); exit $$status

bench: ## Run the benchmarks.
	$(GO) test -run '^$$' -bench . -benchmem ./...

load: ## Build bin/weirload, the load tool (docs/benchmarks.md).
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags '-s -w' -o bin/weirload ./cmd/weirload

soak: build load ## Let players and publishers come and go for SOAK (30m), and see what is lost or left; SOAKFLAGS as "weirload soak -h".
	./bin/weirload soak -weir bin/weir -t $(or $(SOAK),30m) $(SOAKFLAGS)

bench-peer: build load ## Measure weir beside nginx-rtmp, against its goals; PEERFLAGS=-quick tries it.
	./scripts/peer.sh
	./bin/weirload peer -weir bin/weir $(PEERFLAGS)

.PHONY: help build run demo tools test vet fuzz check attack bench load soak bench-peer
