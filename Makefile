# `make help` lists what there is. Every target does all of its own set-up.
SHELL := bash
MODULES := operator dataplane healthchecker
PROGRAMS := $(MODULES) lb-api
PLUGIN := kubectl-lb
DATABASE := src/postgres
SOURCES := $(shell find pom.xml crds $(PROGRAMS) $(PLUGIN) $(DATABASE) -name target -prune -o -type f -not -path '*/src/test/*' -print)
comma := ,
space := $() $()

export JAVA_HOME := $(shell bin/java-home 2>/dev/null)
MVN := mvn -B -ntp

.DEFAULT_GOAL := help
.PHONY: help run test lint format crds build bench bench-jmh bench-control bench-start bench-scale bench-services bench-api pictures native images e2e conformance availability clean jdk

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## build what is not built and serve examples/quickstart, with demo backends and the console
	@bin/thalassa-lb run examples/quickstart

test: jdk ## everything that proves the build (builds the tests' API server once: 7 to 20 minutes)
	@src/test/netns/bin/java --version >/dev/null
	@bin/kube-tools >/dev/null
	@bin/gateway-api >/dev/null
	@bin/helm version >/dev/null
	@bin/promtool --version >/dev/null
	@bin/chromium --version >/dev/null
	@jq --version >/dev/null || { apt-get -qq update && apt-get -qq install -y jq; } >&2
	@bin/gitops status </dev/null
	$(MVN) verify

lint: jdk ## formatting; Error Prone and NullAway run with every compilation
	$(MVN) spotless:check

format: jdk ## format the sources
	$(MVN) spotless:apply

crds: jdk ## generate crds/*.yaml from the Java kinds
	$(MVN) -pl crds test -Dcrds.update=true

build: jdk target/built ## all programs, without tests; afterwards bin/thalassa-lb and bin/kubectl-lb work offline

# One identity hash for all objects: else the order of Quarkus' sets of classes would be another one in each build. It makes a
# build a quarter slower, so tests go without.
target/built: $(SOURCES)
	MAVEN_OPTS="$$MAVEN_OPTS -XX:+UnlockExperimentalVMOptions -XX:hashCode=2" $(MVN) package -Dmaven.test.skip=true -pl crds,$(subst $(space),$(comma),$(PROGRAMS) $(PLUGIN) $(DATABASE))
	@bin/train
	@mkdir -p target && touch $@

native: jdk ## native executables (needs GraalVM or Mandrel 25, or a container engine)
	$(MVN) package -DskipTests -Dnative

# The start cache has times of its training run in it: only without it do two builds of a commit give the same bytes.
START_CACHE ?= yes
images: jdk target/images/built-$(START_CACHE) ## container images as OCI archives in target/images (no container engine needed; START_CACHE=no: reproducible), and the kubectl plugin, target/kubectl-lb-VERSION.tar.gz

IMAGES = "$(JAVA_HOME)/bin/java" -cp 'src/images/target/classes:src/images/target/dependency/*' cloud.thalassa.lb.images

target/images/built-$(START_CACHE): target/built bin/image-rootfs bin/train $(wildcard src/rehearsal/*) bin/plugin-archive bin/kubectl-lb bin/kubectl_complete-lb $(shell find src/images -name target -prune -o -type f -print)
	$(MVN) -q package -Dmaven.test.skip=true -pl src/images
	@bin/image-rootfs target/images/rootfs
	@$(IMAGES).Stage target/images/programs $(PROGRAMS)
	@$(if $(filter no,$(START_CACHE)),rm -f target/images/programs/*/target/app.aot,bin/train --cluster target/images/programs target/images/rootfs/jre/bin/java)
	@rm -f target/images/built-* # of the other kind
	@rm -rf target/images/cache # it takes a file of the same path and age for the same file
	@$(IMAGES).Images $$(bin/thalassa-lb --version | awk '{ print $$NF }') target/images/rootfs target/images/programs target/images
	@bin/plugin-archive target/images/rootfs/jre $(START_CACHE)
	@touch $@

# KUBECONFIG only when it is asked for here: nobody's cluster is meant by accident.
e2e: jdk ## tests on a real cluster of three nodes, which it starts (T=FirstByteTest DOWN=1 KUBECONFIG=FILE; docs/e2e.md)
	@src/test/cluster/run $(if $(findstring command,$(origin KUBECONFIG)),--kubeconfig '$(KUBECONFIG)') $(if $(DOWN),--down) $(if $(T),--test '$(T)')

conformance: jdk ## the Gateway API's own tests on the cluster of make e2e, report in docs/conformance: 5 minutes, and what make images takes (T=TCPRouteReferenceGrant DOWN=1)
	@src/conformance/run $(if $(DOWN),--down) $(if $(T),--test '$(T)')

availability: export ROWS := $(ROWS)
availability: export KILLS := $(KILLS)
availability: export LOSSES := $(LOSSES)
availability: export OUTAGE := $(OUTAGE)
availability: export QUIET := $(QUIET)
availability: export SYNC := $(SYNC)
availability: export RATE := $(RATE)
availability: export LASTING := $(LASTING)
availability: export FLOWS := $(FLOWS)
availability: export PUBLISH := $(PUBLISH)
availability: jdk ## the table of docs/availability.md, on the cluster of make e2e (ROWS="03 04" KILLS= LOSSES= OUTAGE= SYNC=; see there)
	@src/test/cluster/run $(if $(DOWN),--down) --test 'availability.*Test'

bench: build ## relay beside HAProxy, nginx, Envoy and a C loop: 1 to 2 hours (BENCH=--quick: minutes; BENCH=--help)
	@python3 src/bench/relay $(BENCH)

bench-jmh: JMH ?= -f 2 -wi 3 -w 1 -i 5 -r 1
bench-jmh: jdk ## selection, admission, table, PROXY header and Maglev by JMH: 10 minutes (JMH=-h: its options)
	$(MVN) -q package -Dmaven.test.skip=true -Pbench -pl src/bench/jmh -am
	@"$(JAVA_HOME)/bin/java" -cp 'src/bench/jmh/target/classes:src/bench/jmh/target/dependency/*' org.openjdk.jmh.Main -foe true $(JMH)

bench-control: jdk ## apply to first byte, rotation, start-up time and memory, on the tests' API server
	@bin/kube-tools >/dev/null
	$(MVN) -pl src/test -am verify -Dtest='ControlMeasurement,ProgramMeasurement' -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dsurefire.useFile=false | grep -E '^\||ERROR'

bench-start: build ## start of a dataplane to its first relayed byte: seconds (STARTS=10)
	@bin/train --cluster --starts $(or $(STARTS),10)

bench-scale: MINUTES = 5
bench-scale: jdk ## 1,000 load balancers and 10,000 pods on a real API server: 20 minutes (MINUTES=5 under changes, SCALE="-Dscale.loadBalancers=100")
	@bin/kube-tools >/dev/null
	@set -o pipefail; $(MVN) -pl src/test -am verify -Dtest=ScaleMeasurement -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dsurefire.useFile=false -Dscale.seconds=$$(( $(MINUTES) * 60 )) $(SCALE) | grep --line-buffered -E '^\||ERROR'

bench-services: jdk ## 1,000 Services of type LoadBalancer on a real API server: 5 minutes (SERVICES=1000)
	@bin/kube-tools >/dev/null
	@set -o pipefail; $(MVN) -pl src/test -am verify -Dtest=ServicesMeasurement -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dsurefire.useFile=false -Dscale.services=$(or $(SERVICES),1000) | grep --line-buffered -E '^\||ERROR'

bench-api: jdk ## the REST service on one processor with 1,000 load balancers, and create to first byte: 8 minutes (API="-Dapi.rate=500 -Dapi.seconds=60")
	@bin/kube-tools >/dev/null
	@set -o pipefail; $(MVN) -pl src/test -am verify -Dtest='ApiMeasurement,ServedMeasurement' -Dsurefire.runOrder=alphabetical -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dsurefire.useFile=false $(API) | grep --line-buffered -E '^\||ERROR'

pictures: jdk ## the dashboards under a real load, drawn into docs/pictures: 10 minutes (needs prometheus, and Python with matplotlib)
	@bin/kube-tools >/dev/null
	@set -o pipefail; $(MVN) -pl src/test -am verify -Dtest=DashboardsUnderLoad -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dsurefire.useFile=false | grep --line-buffered -E '^\||ERROR'

MINUTES ?= 30
ENGINE ?= auto
CONNECTIONS ?= 8000
soak: jdk ## a dataplane under rude peers, dying targets and constant changes (MINUTES=30 ENGINE=auto CONNECTIONS=8000 SEED=)
	@set -o pipefail; $(MVN) -pl src/test -am verify -Dtest=SoakTest -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dsurefire.useFile=false -Dsoak.seconds=$$(( $(MINUTES) * 60 )) -Dsoak.engine=$(ENGINE) \
	  -Dsoak.connections=$(CONNECTIONS) -Dsoak.flows=$$(( $(CONNECTIONS) / 16 )) $(if $(SEED),-Dsoak.seed=$(SEED)) \
	  | grep --line-buffered -E '^soak|ERROR'

clean: jdk ## remove what was built
	$(MVN) clean
	@rm -rf target

jdk:
	@bin/java-home >/dev/null
	@command -v mvn >/dev/null || { echo "Maven was not found: install it (3.8.7 or newer)" >&2; exit 1; }
