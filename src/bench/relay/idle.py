"""User memory of idle connections: resident memory before they are opened and while they are open.

Every system is started anew and warmed up with short connections first, so that what is grown once (pools, a Java heap) is
not charged to the connections.
"""
import subprocess
import tempfile

import install
import measure
import systems
from workloads import WORKLOADS

TITLE = "user memory of idle connections"
CONNECTIONS = 9500
BAR = 0.1  # at most: ours / best peer


def resident(pid):
    """Resident bytes of a process, in user space."""
    with open(f"/proc/{pid}/smaps_rollup") as rollup:
        fields = dict(line.split(":", 1) for line in rollup if line.startswith(("Rss", "Pss")))
    return int(fields["Rss"].split()[0]) * 1024


def run(system, backend, warm):
    with tempfile.TemporaryDirectory(prefix="thalassa-bench-") as directory:
        try:
            systems.started(system, directory)
            measure.run(WORKLOADS["connections"], system, backend, max(1.0, warm), 0.1)
            before = resident(system.pid)
            load = subprocess.Popen(
                ["taskset", "-c", "1", install.LOAD, "idle", "127.0.0.1", str(system.port), str(CONNECTIONS)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            try:
                if load.stdout.readline().strip() != "open":
                    raise measure.Failed(load.stderr.read().strip())
                during = resident(system.pid)
            finally:
                load.stdin.close()
                load.wait(30)
            return {"bytes": max(0, during - before) / CONNECTIONS, "base": before}
        finally:
            system.stop()
