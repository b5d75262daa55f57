#!/usr/bin/env python3
"""Relay throughput and CPU beside HAProxy and nginx: one table.

Every proxy runs on CPU 0, load and backend on CPU 1, all on loopback. The systems take turns within a run, so that a
machine that drifts drifts for all of them. CPU is what the proxy's process used (user and system, all threads) between
the start and the end of a load; per unit of work it is the robust figure, throughput the noisy one.

    src/bench/relay.py [--runs 7] [--seconds 4] [--only bulk-1,small-64] [--systems direct,haproxy,...]
"""
import argparse
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BACKEND = 23000  # echo (TCP and UDP); +1: endless source
TICKS = os.sysconf("SC_CLK_TCK")

# name -> (mode, connections, port offset, unit, divisor, title)
WORKLOADS = {
    "bulk-1": ("bulk", 1, 1, "bytes", 1e9, "bulk, 1 connection (GB)"),
    "bulk-16": ("bulk", 16, 1, "bytes", 1e9, "bulk, 16 connections (GB)"),
    "small-64": ("rr", 64, 0, "requests", 1e5, "64-byte request and answer, 64 connections (100 k)"),
    "connections": ("conn", 32, 0, "connections", 1e4, "new connections (10 k)"),
    "udp-8": ("udp", 8, 0, "datagrams", 1e6, "UDP 64 B, 8 flows (1 M answers)"),
    "udp-2000": ("udp", 2000, 0, "datagrams", 1e6, "UDP 64 B, 2,000 flows (1 M answers)"),
}

HAPROXY = """
global
  nbthread 1
  maxconn 4000
  tune.bufsize 65536
defaults
  mode tcp
  {splice}
  timeout connect 5s
  timeout client 6000s
  timeout server 6000s
listen echo
  bind 127.0.0.1:{port}
  server a 127.0.0.1:{backend}
listen source
  bind 127.0.0.1:{port1}
  server a 127.0.0.1:{backend1}
"""

NGINX = """
{modules}
daemon off;
master_process off;
pid {dir}/nginx.pid;
error_log {dir}/error.log;
worker_rlimit_nofile 20000;
events {{ worker_connections 18000; }}
stream {{
  proxy_buffer_size 64k;
  proxy_timeout 6000s;
  server {{ listen 127.0.0.1:{port} backlog=4096; proxy_pass 127.0.0.1:{backend}; }}
  server {{ listen 127.0.0.1:{port1} backlog=4096; proxy_pass 127.0.0.1:{backend1}; }}
  server {{ listen 127.0.0.1:{port} udp; proxy_pass 127.0.0.1:{backend}; }}
}}
"""

THALASSA = """
apiVersion: lb.thalassa.cloud/v1alpha1
kind: LoadBalancer
metadata: {name: bench}
spec: {addresses: [127.0.0.1]}
"""
LISTENER = """---
apiVersion: lb.thalassa.cloud/v1alpha1
kind: TargetGroup
metadata: {{name: {name}}}
spec: {{protocol: {protocol}, port: {backend}, targets: [{{address: 127.0.0.1}}]}}
---
apiVersion: lb.thalassa.cloud/v1alpha1
kind: Listener
metadata: {{name: {name}}}
spec: {{loadBalancerRef: {{name: bench}}, protocol: {protocol}, port: {port}, targetGroupRef: {{name: {name}}}}}
"""


class Direct:
    name, version, udp, port, pid = "direct", "no proxy", True, BACKEND, None

    def start(self, _):
        pass


class Process:
    """A proxy as one process on CPU 0."""

    udp = True

    def run(self, *command, **options):
        self.process = subprocess.Popen(["taskset", "-c", "0", *command], **options)
        self.pid = self.process.pid

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class HAProxy(Process):
    udp = False

    def __init__(self, name, splice, port):
        self.name, self.splice, self.port = name, splice, port
        self.version = first_line("haproxy", "-v").split()[2]

    def start(self, directory):
        config = os.path.join(directory, self.name + ".cfg")
        write(config, HAPROXY.format(splice=self.splice, **ports(self.port)))
        self.run("haproxy", "-db", "-q", "-f", config)


class Nginx(Process):
    def __init__(self, port):
        self.name, self.port = "nginx", port
        self.version = first_line("nginx", "-v").split("/")[1]

    def start(self, directory):
        module = "/usr/lib/nginx/modules/ngx_stream_module.so"
        modules = f"load_module {module};" if os.path.exists(module) else ""
        config = os.path.join(directory, "nginx.conf")
        write(config, NGINX.format(dir=directory, modules=modules, **ports(self.port)))
        self.run("nginx", "-c", config, "-p", directory, stderr=subprocess.DEVNULL)


class Thalassa(Process):
    def __init__(self, engine, port):
        self.engine, self.port = engine, port
        self.name = "thalassa " + engine
        self.version = first_line(os.path.join(ROOT, "bin/thalassa-lb"), "--version").split()[-1]

    def start(self, directory):
        directory = os.path.join(directory, "thalassa-" + self.engine)
        os.makedirs(os.path.join(directory, "objects"))
        p = ports(self.port)
        write(
            os.path.join(directory, "objects/bench.yaml"),
            THALASSA
            + LISTENER.format(name="echo", protocol="TCP", backend=p["backend"], port=p["port"])
            + LISTENER.format(name="source", protocol="TCP", backend=p["backend1"], port=p["port1"])
            + LISTENER.format(name="udp", protocol="UDP", backend=p["backend"], port=p["port"]),
        )
        self.compile(directory)
        program = os.path.join(ROOT, "bin/thalassa-lb")
        self.run(program, "dataplane", "--directory", directory, "--engine", self.engine, "--management", f"127.0.0.1:{self.port + 9}")

    @staticmethod
    def compile(directory):
        """The operator writes the documents and leaves: the dataplane needs nobody to go on."""
        operator = subprocess.Popen(
            [os.path.join(ROOT, "bin/thalassa-lb"), "operator", "--directory", directory, "--management", "127.0.0.1:23999"]
        )
        compiled = os.path.join(directory, "compiled/default")
        wait_for(lambda: count(compiled, "ForwardingConfig") == 1 and count(compiled, "EndpointSlice") == 3)
        operator.terminate()
        operator.wait(20)


def count(directory, kind):
    try:
        return len(os.listdir(os.path.join(directory, kind)))
    except FileNotFoundError:
        return 0


def ports(port):
    return {"port": port, "port1": port + 1, "backend": BACKEND, "backend1": BACKEND + 1}


def write(path, text):
    with open(path, "w") as file:
        file.write(text)


def first_line(*command):
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return result.stdout.splitlines()[0]


def wait_for(condition, seconds=30):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            sys.exit("relay.py: timed out while waiting for a program to start")
        time.sleep(0.05)


def cpu_seconds(pid):
    """User and system time of a process and of what it started."""
    if pid is None:
        return 0.0
    total = 0
    for each in [pid, *descendants(pid)]:
        with open(f"/proc/{each}/stat") as stat:
            fields = stat.read().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def descendants(pid):
    with open(f"/proc/{pid}/task/{pid}/children") as children:
        direct = [int(child) for child in children.read().split()]
    return direct + [each for child in direct for each in descendants(child)]


def measure(load, system, workload, seconds):
    mode, connections, offset, unit, divisor, _ = WORKLOADS[workload]
    before = cpu_seconds(system.pid)
    command = ["taskset", "-c", "1", load, mode, "127.0.0.1", str(system.port + offset), str(connections), str(seconds)]
    out = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    result = json.loads(out)
    units = result[unit] / divisor
    return {
        "rate": units / result["seconds"],
        "cpu": (cpu_seconds(system.pid) - before) / units if units and system.pid else 0.0,
        "p50": result.get("p50_us"),
    }


def spread(values, digits=3):
    low, middle, high = min(values), statistics.median(values), max(values)
    return f"{middle:.{digits}f} ({low:.{digits}f}-{high:.{digits}f})"


def table(workload, results, systems):
    unit = WORKLOADS[workload][5]
    print(f"\n### {unit}\n")
    print("| system | units/s, median (min-max) | CPU s per unit | its CPU / ours, pairwise median | p50 us |")
    print("|---|---|---|---|---|")
    ours = next((s.name for s in systems if s.name.startswith("thalassa")), None)
    for system in systems:
        rows = results.get(system.name)
        if not rows:
            continue
        ratio = "-"
        if system.pid and ours in results and system.name != ours:
            ratio = f"{statistics.median(a['cpu'] / b['cpu'] for a, b in zip(rows, results[ours]) if b['cpu']):.2f}"
        cpu = spread([r["cpu"] for r in rows]) if system.pid else "-"
        p50 = statistics.median(r["p50"] for r in rows) if rows[0]["p50"] else "-"
        print(f"| {system.name} {system.version} | {spread([r['rate'] for r in rows])} | {cpu} | {ratio} | {p50} |")
    sys.stdout.flush()


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--runs", type=int, default=7)
    options.add_argument("--seconds", type=float, default=4)
    options.add_argument("--warm-up", type=float, default=8, help="seconds before the first counted run of each workload")
    options.add_argument("--only", default=",".join(WORKLOADS))
    options.add_argument("--systems", default="direct,haproxy,haproxy-splice,nginx,thalassa")
    chosen = options.parse_args()

    directory = tempfile.mkdtemp(prefix="thalassa-bench-")
    load = os.path.join(directory, "load")
    subprocess.run(["cc", "-O2", "-o", load, os.path.join(HERE, "load.c")], check=True)
    available = {
        "direct": Direct,
        "haproxy": lambda: HAProxy("haproxy", "", 23100),
        "haproxy-splice": lambda: HAProxy("haproxy splice", "option splice-auto", 23200),
        "nginx": lambda: Nginx(23300),
        "thalassa": lambda: Thalassa("vertx", 23400),
    }
    systems = [available[name]() for name in chosen.systems.split(",")]
    backend = subprocess.Popen(["taskset", "-c", "1", load, "serve", "127.0.0.1", str(BACKEND)], stdout=subprocess.PIPE)
    backend.stdout.readline()
    try:
        for system in systems:
            system.start(directory)
        for system in systems:
            wait_for(lambda: subprocess.run([load, "rr", "127.0.0.1", str(system.port), "1", "0.1"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0)
        print(f"{chosen.runs} interleaved runs of {chosen.seconds:g} s; proxy on CPU 0, load and backend on CPU 1; kernel {os.uname().release}")
        for workload in chosen.only.split(","):
            able = [s for s in systems if s.udp or not workload.startswith("udp")]
            for system in able:
                measure(load, system, workload, chosen.warm_up if system.name.startswith("thalassa") else 1)
            results = {}
            for _ in range(chosen.runs):
                for system in able:
                    results.setdefault(system.name, []).append(measure(load, system, workload, chosen.seconds))
            table(workload, results, able)
    finally:
        for system in systems:
            if isinstance(system, Process) and hasattr(system, "process"):
                system.stop()
        backend.kill()
        shutil.rmtree(directory)


if __name__ == "__main__":
    main()
