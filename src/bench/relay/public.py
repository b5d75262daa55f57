"""Cross-check with load generators that others wrote: wrk for small messages, iperf3 for bulk."""
import json
import re
import shutil
import statistics
import subprocess
import time

import measure
import session
import systems

HTTP, IPERF = 3, systems.IPERF


def wrk(system, seconds):
    """Requests, each a small HTTP request and answer on one of 64 connections."""
    out = run("wrk", "-t1", "-c64", f"-d{seconds}s", f"http://127.0.0.1:{system.port + HTTP}/")
    return int(re.search(r"(\d+) requests in", out).group(1)) / 1e5


def iperf3(system, seconds):
    """Bytes from the target on one connection."""
    out = run("iperf3", "-c", "127.0.0.1", "-p", str(system.port + IPERF), "-R", "-t", str(seconds), "-J")
    return json.loads(out)["end"]["sum_received"]["bytes"] / 1e9


def run(*command):
    done = subprocess.run(["taskset", "-c", "1", *command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        raise measure.Failed(f"{command[0]}: {done.stdout.strip().splitlines()[-1]}")
    return done.stdout


def table(this):
    tools = {"wrk": (wrk, "100 k requests"), "iperf3": (iperf3, "GB")}
    seconds = max(1, int(this.chosen.seconds))
    lines = []
    with this:
        server = subprocess.Popen(["taskset", "-c", "1", "iperf3", "-s", "-p", str(systems.BACKEND + IPERF)], stdout=subprocess.DEVNULL) if shutil.which("iperf3") else None
        try:
            for system in list(this.found):
                this.start(system)
            for tool, (load, unit) in tools.items():
                if not shutil.which(tool):
                    lines.append(f"Left out: {tool}, because it is not installed\n")
                    continue
                session.say(f"{tool}: about {this.chosen.runs * len(this.found) * (seconds + 1) / 60:.1f} minutes")
                lines += [f"### {tool} (unit: {unit})", "", "| system | units/s | CPU s per unit |", "|---|---|---|", *rows(this, load, seconds), ""]
        finally:
            if server:
                server.kill()
                server.wait()
    return "\n".join([*lines, *(f"Left out: {name}, because {why}" for name, why in this.absent.items())])


def rows(this, load, seconds):
    for system in this.found:
        if this.warm_up_of(system):
            load(system, int(this.warm_up_of(system)))
    measured = {system.name: [] for system in this.found}
    for _ in range(this.chosen.runs):
        for system in this.found:
            cpu, begun = measure.cpu_of(system.pid)[0], time.monotonic()
            try:
                units = load(system, seconds)
            except measure.Failed as e:
                session.say(f"{system.title}: {e}")
                continue
            measured[system.name].append((units / (time.monotonic() - begun), (measure.cpu_of(system.pid)[0] - cpu) / units))
    for system in this.found:
        values = measured[system.name]
        if values:
            rate, cpu = (statistics.median(v[i] for v in values) for i in (0, 1))
            yield f"| {system.title} {system.version} | {rate:.3f} | {f'{cpu:.3f}' if system.pid else '-'} |"
