"""Bytes that ours allocates per message and per connection, by thread, as the flight recorder of the JVM counts them."""
import json
import os
import subprocess
import tempfile

import install
import measure
import session
from syscalls import UNITS, load
from workloads import WORKLOADS

LEAST = 0.05  # bytes per unit that are worth a word


def java_home():
    return subprocess.run([os.path.join(install.ROOT, "bin/java-home")], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


def tool(name, *arguments):
    done = subprocess.run([os.path.join(java_home(), "bin", name), *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        raise measure.Failed(f"{name}: {done.stdout.strip().splitlines()[-1]}")
    return done.stdout


def recorded(pid, work):
    """(bytes by thread, what the recorder's samples say of classes and sites) while `work` runs; and what it returned."""
    with tempfile.TemporaryDirectory() as directory:
        path = os.path.join(directory, "run.jfr")
        tool("jcmd", str(pid), "JFR.start", "name=bench", "settings=profile")
        try:
            result = work()
        finally:
            tool("jcmd", str(pid), "JFR.stop", "name=bench", f"filename={path}")
        events = json.loads(tool("jfr", "print", "--json", "--events", "jdk.ThreadAllocationStatistics", path))["recording"]["events"]
        views = [tool("jfr", "view", "--width", "150", view, path).strip() for view in ("allocation-by-class", "allocation-by-site")]
    seen = {}
    for event in events:
        values = event["values"]
        thread = (values["thread"] or {}).get("javaName") or "other"
        seen.setdefault((thread, (values["thread"] or {}).get("javaThreadId")), []).append(values["allocated"])
    by_thread = {}
    for (thread, _), values in seen.items():
        by_thread[thread] = by_thread.get(thread, 0) + max(values) - min(values)
    return by_thread, "\n\n".join(views), result


def table(this):
    chosen = [name for name in this.chosen.workloads.split(",") if name in UNITS]
    lines = ["| engine | workload | bytes allocated per | all | of these, by thread |", "|---|---|---|---|---|"]
    views = []
    with this:
        for system in [s for s in this.found if s.name.startswith("thalassa")]:
            if not this.start(system):
                continue
            session.say(f"allocations of {system.title}: about {len(chosen) * (this.chosen.warm_up + this.chosen.seconds + 4) / 60:.1f} minutes")
            for name in chosen:
                row, classes = measured(this, system, name)
                lines.append(row)
                views.append(f"{system.title}, {WORKLOADS[name].title}:\n{classes.strip()}\n")
    absent = [f"Left out: {name}, because {why}" for name, why in this.absent.items()]
    return "\n".join([*lines, "", "```", *views, "```", *absent])


def measured(this, system, name):
    workload, (unit, size) = WORKLOADS[name], UNITS[name]
    try:
        measure.run(workload, system, this.backend, this.chosen.warm_up, 0.1)
        by_thread, classes, units = recorded(system.pid, lambda: load(workload, system, this.chosen.seconds))
    except measure.Failed as e:
        return f"| {system.title} | {workload.title} | {unit} | failed: {e} | |", ""
    shares = sorted(((count / units * size, thread) for thread, count in by_thread.items()), reverse=True)
    words = ", ".join(f"{thread} {share:.2f}" for share, thread in shares if share >= LEAST)
    return f"| {system.title} | {workload.title} | {unit} | {sum(share for share, _ in shares):.2f} | {words} |", classes
