"""What is measured: no proxy, the C reference, and the peers, each as one process on one core."""
import os
import signal
import subprocess
import time

import install
import peers

BACKEND = 23000  # echo (TCP and UDP); +1 endless source, +2 objects, +3 HTTP, +4 iperf3 (TCP)
IPERF = 4
TCP_OFFSETS = (0, 1, 2, 3, IPERF)


class Absent(Exception):
    """A system that cannot be measured here, and why."""


class Direct:
    name, title, version, udp, splices, pid, port = "direct", "no proxy", "", True, False, None, BACKEND

    def start(self, directory, cores="0"):
        pass

    def stop(self):
        pass

    def configuration(self):
        return "the load generator talks to the backend"


class Process:
    """A proxy as one process. `port` is its first; each system has a target address of its own."""

    udp = True
    pid = None

    def run(self, cores, *command, **options):
        self.process = subprocess.Popen(["taskset", "-c", cores, *command], **options)
        self.pid = self.process.pid

    def stop(self):
        if self.pid is None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.pid = None

    @property
    def target(self):
        return f"127.0.0.{10 + self.port % 1000 // 100}"

    def tcp(self):
        """(port, target port) of each TCP listener."""
        return [(self.port + offset, BACKEND + offset) for offset in TCP_OFFSETS]


class Reference(Process):
    name, title, version, port = "reference", "C reference loop", "", 23100

    def start(self, directory, cores="0"):
        self.run(cores, *self.command())

    def command(self):
        words = []
        for port, target in self.tcp():
            words += ["tcp", "127.0.0.1", str(port), self.target, str(target)]
        return [install.REFERENCE, *words, "udp", "127.0.0.1", str(self.port), "127.0.0.1", str(BACKEND)]

    def configuration(self):
        return " ".join(["reference", *self.command()[1:]])


class Peer(Process):
    """A peer with one configuration file."""

    def __init__(self):
        self.executable, self.why_not_newer = self.find()
        self.version = peers.version(self.executable)

    def start(self, directory, cores="0"):
        path = os.path.join(directory, self.name + self.suffix)
        with open(path, "w") as file:
            file.write(self.configuration())
        with open(os.path.join(directory, self.name + ".log"), "w") as log:
            self.run(cores, *self.executable, *self.arguments(path, directory), stdout=log, stderr=log)


class HAProxy(Peer):
    udp = False
    suffix = ".cfg"

    def __init__(self, name, title, port, **options):
        self.name, self.title, self.port, self.options = name, title, port, options
        super().__init__()

    def find(self):
        command, _, why = install.peer("haproxy")
        if not command:
            raise Absent(f"HAProxy is not installed, and no newer one could be had: {why}")
        return command, why

    def arguments(self, path, directory):
        return ["-db", "-q", "-f", path]

    def configuration(self):
        return peers.haproxy(self.tcp(), self.target, **self.options)


class Nginx(Peer):
    name, title, port, suffix = "nginx", "nginx stream", 23400, ".conf"

    def find(self):
        command, self.root, why = install.peer("nginx")
        if not command:
            raise Absent(f"nginx is not installed, and no newer one could be had: {why}")
        return command, why

    def arguments(self, path, directory):
        return ["-c", path, "-p", directory]

    def configuration(self):
        return peers.nginx(self.tcp(), self.target, (self.port, BACKEND), self.root)


class Envoy(Peer):
    name, title, port, suffix = "envoy", "Envoy", 23500, ".json"

    def find(self):
        command, why = install.envoy()
        if not command:
            raise Absent(why)
        return command, None

    def arguments(self, path, directory):
        return ["-c", path, "--concurrency", "1", "--disable-hot-restart", "--log-level", "error"]

    def configuration(self):
        return peers.envoy(self.tcp(), self.target, (self.port, BACKEND))


def answers(port):
    command = [install.LOAD, "rr", "127.0.0.1", str(port), "1", "0.1"]
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def until(condition, what, seconds=30, alive=None):
    end = time.monotonic() + seconds
    while not condition():
        if alive and alive.poll() is not None:
            raise Absent(f"{what} ended with exit code {alive.returncode}")
        if time.monotonic() > end:
            raise Absent(f"{what} did not answer within {seconds} s")
        time.sleep(0.05)


def started(system, directory, cores="0"):
    """Starts a system and waits until it relays."""
    system.start(directory, cores)
    until(lambda: answers(system.port), system.title, alive=getattr(system, "process", None))
    return system


def faithful(system):
    """Raises Absent unless random streams come back byte for byte, and half-closed ones to their end."""
    command = [install.LOAD, "check", "127.0.0.1", str(system.port), "16", "1"]
    done = subprocess.run(["taskset", "-c", "1", *command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        raise Absent(f"it does not relay what was sent: {done.stderr.strip()}")
