#!/usr/bin/env python3
"""The relay benchmark: ours beside HAProxy, nginx, Envoy, a C reference loop and no proxy at all.

The proxy runs on core 0, load and backend on core 1, all on loopback in a network namespace of their own. The systems take
turns within each run, so that a machine that drifts drifts for all of them. Figures: docs/benchmarks.md.
"""
import argparse
import os
import signal
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import allocations
import install
import loops
import namespace
import public
import report
import session
import syscalls
from workloads import SPECIAL, WORKLOADS


def arguments():
    options = argparse.ArgumentParser(prog="relay", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--runs", type=int, help="interleaved runs of each workload (7)")
    options.add_argument("--seconds", type=float, help="of each run (4)")
    options.add_argument("--warm-up", type=float, help="seconds of each workload on ours before its first run: the JIT (15)")
    options.add_argument("--foreign", type=float, help="a run is tried again, twice at most, when other programs used more cores than this (0.1)")
    options.add_argument("--quick", action="store_true", help="1 run of 1 s, 3 s of warm-up: whether it works, not how fast it is")
    options.add_argument("--workloads", default=",".join([*WORKLOADS, *SPECIAL]), help="which of %(default)s")
    options.add_argument("--systems", default=",".join(session.SYSTEMS), help="which of %(default)s")
    options.add_argument("--output", default=os.path.join(install.HERE, "results"), help="path of the results, .json and .md are added")
    options.add_argument("--print-config", action="store_true", help="print versions and configurations, and end")
    options.add_argument("--syscalls", action="store_true", help="count system calls per message and connection instead (strace)")
    options.add_argument("--allocations", action="store_true", help="count what ours allocates per message and connection instead")
    options.add_argument("--loops", action="store_true", help="CPU per unit with one core and with two instead")
    options.add_argument("--public", action="store_true", help="cross-check with wrk and iperf3 instead")
    options.add_argument("--report", metavar="JSON", help="write the tables of an earlier run's results, and end")
    options.add_argument("--charts", nargs=2, metavar=("JSON", "DIRECTORY"), help="draw an earlier run's results, and end")
    chosen = options.parse_args()
    for name, usual, quick in (("runs", 7, 1), ("seconds", 4, 1), ("warm_up", 15, 3), ("foreign", 0.1, 2)):
        if getattr(chosen, name) is None:
            setattr(chosen, name, quick if chosen.quick else usual)
    for kind, names, known in (("workload", chosen.workloads, [*WORKLOADS, *SPECIAL]), ("system", chosen.systems, list(session.SYSTEMS))):
        for name in names.split(","):
            if name not in known:
                options.error(f"there is no {kind} '{name}', but {', '.join(known)}")
    return chosen


def charts(results, directory):
    venv, why = install.python_package(install.CHARTS)
    if not venv:
        sys.exit(f"relay: no charts: {why}")
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "charts.py")
    python = os.path.join(venv, "bin/python")
    os.execv(python, [python, script, results, directory])


def main():
    chosen = arguments()
    if chosen.report:
        return print(report.markdown(report.read(chosen.report)))
    if chosen.charts:
        return charts(*chosen.charts)
    if len(os.sched_getaffinity(0)) < 2:
        sys.exit("relay: two cores are needed: one for the proxy, one for load and backend")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("relay: ended; what was measured is in " + chosen.output + ".md"))
    install.programs()
    print("relay: looking for the newest peers", file=sys.stderr)
    found, absent = session.find(chosen.systems.split(","))
    if chosen.print_config:
        return session.print_configurations(found, absent)
    alone = open(os.path.join(tempfile.gettempdir(), "thalassa-bench.lock"), "w")
    session.alone(alone)
    print(f"relay: {namespace.enter()}", file=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="thalassa-bench-") as directory:
        this = session.Session(chosen, directory, found, absent)
        if chosen.syscalls:
            return print(syscalls.table(this))
        if chosen.allocations:
            return print(allocations.table(this))
        if chosen.loops:
            return print(loops.table(this))
        if chosen.public:
            return print(public.table(this))
        results = this.run()
    report.write(results, chosen.output)
    print(report.markdown(results))


if __name__ == "__main__":
    main()
