"""One run of a workload, and whose CPU it was."""
import json
import os
import subprocess
import time

import install

TICK = 1 / os.sysconf("SC_CLK_TCK")


class Failed(Exception):
    """A run without a result."""


def cpu_of(pid):
    """(seconds, share that the kernel had) of a process with all its threads, dead ones too; exact to a nanosecond."""
    if pid is None:
        return 0.0, 0.0
    total = time.clock_gettime((~pid << 3) | 2)
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return total, int(fields[12]) * TICK


def cores_busy():
    """Seconds that each core was busy, for whomever."""
    busy = []
    with open("/proc/stat") as stat:
        for line in stat:
            if line.startswith("cpu") and line[3].isdigit():
                user, nice, system, _, _, irq, softirq, steal = map(int, line.split()[1:9])
                busy.append((user + nice + system + irq + softirq + steal) * TICK)
    return busy


def generator(load, port, seconds, warm):
    words = [load.mode, "127.0.0.1", port + load.offset, load.connections, seconds, warm, load.rate]
    return subprocess.Popen(["taskset", "-c", "1", install.LOAD, *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def run(workload, system, backend, seconds, warm):
    loads = [generator(load, system.port, seconds, warm) for load in workload.loads]
    for each in loads:
        each.stdout.readline()  # "start": the warm-up is over
    ours = [backend.pid, *(each.pid for each in loads)]
    begun, proxy, own, busy = time.monotonic(), cpu_of(system.pid), [cpu_of(pid)[0] for pid in ours], cores_busy()
    # Sampled while the generators still live; what they do after this is not counted by them either.
    time.sleep(max(0.0, seconds - 0.02))
    taken, proxy_after, own_after, busy_after = time.monotonic() - begun, cpu_of(system.pid), [cpu_of(pid)[0] for pid in ours], cores_busy()
    results = []
    for each in loads:
        out, error = each.communicate(timeout=30)
        if each.returncode:
            raise Failed(error.strip().splitlines()[-1] if error.strip() else f"the load generator ended with {each.returncode}")
        results.append(json.loads(out.splitlines()[-1]))
    first = results[0]
    rate = first[workload.counted] / first["seconds"] / workload.per if workload.counted else 1.0
    cpu = (proxy_after[0] - proxy[0]) / taken
    ticks = proxy_after[1] - proxy[1]
    kernel = min(1.0, ticks / (proxy_after[0] - proxy[0])) if system.pid and cpu > 0 else 0.0
    everything = sum(busy_after) - sum(busy)
    accounted = sum(own_after) - sum(own) + proxy_after[0] - proxy[0]
    return {
        "rate": rate,
        "cpu": cpu / rate if rate else None,
        "kernel": kernel,
        "core": cpu,
        "foreign": max(0.0, (everything - accounted) / taken),
        "stalled": first.get("stalled", 0),
        "latency": {load.mode: [r.get("p50"), r.get("p99"), r.get("p999")] for load, r in zip(workload.loads, results)},
    }
