"""System calls per message and per connection, counted by strace while a load runs to its end."""
import json
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import measure
import session
from workloads import WORKLOADS

UNITS = {"small-64": ("request", 1), "connections": ("connection", 1), "udp-8": ("answer", 1), "udp-8000": ("answer", 1), "bulk-1": ("MiB", 1 << 20)}
LEAST = 0.005  # calls per unit that are worth a word


def counted(pid, work):
    """Calls of a process and all its threads while `work` runs, by name; and what it returned."""
    with tempfile.NamedTemporaryFile("r") as out:
        tracer = subprocess.Popen(["strace", "-c", "-f", "-p", str(pid), "-o", out.name], stderr=subprocess.PIPE, text=True)
        tracer.stderr.readline()  # attached
        time.sleep(0.3)
        try:
            result = work()
        finally:
            tracer.send_signal(signal.SIGINT)
            tracer.wait(30)
        calls = {}
        for line in out:
            words = line.split()
            if len(words) >= 5 and words[3].isdigit() and words[-1] != "total":
                calls[words[-1]] = int(words[3])
        return calls, result


def load(workload, system, seconds):
    each = measure.generator(workload.loads[0], system.port, seconds, 0)
    out, error = each.communicate(timeout=60)
    if each.returncode:
        raise measure.Failed(error.strip())
    return json.loads(out.splitlines()[-1])[workload.counted]


def table(this):
    if not shutil.which("strace"):
        sys.exit("relay: strace is needed to count system calls")
    chosen = [name for name in this.chosen.workloads.split(",") if name in UNITS]
    lines = []
    with this:
        for name in chosen:
            workload, (unit, size) = WORKLOADS[name], UNITS[name]
            session.say(f"system calls, {workload.title}: about {0.15 * len(this.able(workload)):.1f} minutes")
            lines += [f"### {workload.title}: system calls per {unit}", "", "| system | all | of these |", "|---|---|---|"]
            for system in this.able(workload):
                if system.name == "direct" or not (system.pid or this.start(system)):
                    continue
                lines.append(row(this, system, workload, size))
            lines.append("")
    return "\n".join([*lines, *(f"Left out: {name}, because {why}" for name, why in this.absent.items())])


def row(this, system, workload, size):
    seconds = min(this.chosen.seconds, 4)
    try:
        measure.run(workload, system, this.backend, max(1, this.warm_up_of(system) / 3), 0.1)  # flows and pools exist, code is compiled
        calls, units = counted(system.pid, lambda: load(workload, system, seconds))
    except measure.Failed as e:
        return f"| {system.title} {system.version} | failed | {e} |"
    units /= size
    shares = sorted(((count / units, name) for name, count in calls.items()), reverse=True)
    words = ", ".join(f"{name} {share:.2f}" for share, name in shares if share >= LEAST)
    return f"| {system.title} {system.version} | {sum(calls.values()) / units:.2f} | {words} |"
