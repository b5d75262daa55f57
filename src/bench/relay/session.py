"""A run of the suite: starts what is measured, goes through the workloads, keeps what came out."""
import datetime
import fcntl
import os
import subprocess
import sys

import idle
import install
import listeners
import measure
import report
import systems
import thalassa
from workloads import WORKLOADS

SYSTEMS = {
    "direct": systems.Direct,
    "reference": systems.Reference,
    "haproxy": lambda: systems.HAProxy("haproxy", "HAProxy", 23200),
    "haproxy-splice": lambda: systems.HAProxy("haproxy-splice", "HAProxy, splice", 23300, splice=["splice-auto"]),
    "haproxy-pipes": lambda: systems.HAProxy(
        "haproxy-pipes", "HAProxy, splice, 1 MiB pipes", 23800, splice=["splice-request", "splice-response"], pipe=1 << 20
    ),
    "nginx": systems.Nginx,
    "envoy": systems.Envoy,
    "thalassa-epoll": lambda: thalassa.thalassa("epoll"),
    "thalassa-vertx": lambda: thalassa.thalassa("vertx"),
}
WARM = 0.5  # seconds of each load that are not counted


def find(names):
    """The systems that can be measured here, and why the others cannot."""
    found, absent = [], {}
    for name in names:
        try:
            found.append(SYSTEMS[name]())
        except systems.Absent as e:
            absent[name] = str(e)
    return found, absent


def print_configurations(found, absent):
    for system in found:
        print(f"# {system.title} {system.version}\n{system.configuration()}")
        if getattr(system, "why_not_newer", None):
            print(f"# as installed here; no newer one: {system.why_not_newer}\n")
    for name, why in absent.items():
        print(f"# {name}: absent: {why}")


def cpu_model():
    with open("/proc/cpuinfo") as info:
        return next((line.split(":")[1].strip() for line in info if line.startswith("model name")), "unknown")


def say(text):
    print(f"relay: {text}", file=sys.stderr, flush=True)


def alone(lock):
    """Two runs of the suite at once would measure each other."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("another run of the suite is under way on this machine: waiting for its end")
        fcntl.flock(lock, fcntl.LOCK_EX)


class Session:
    def __init__(self, chosen, directory, found, absent):
        self.chosen, self.directory, self.found, self.absent = chosen, directory, found, absent
        self.rows = []
        self.backend = None

    def __enter__(self):
        self.backend = subprocess.Popen(["taskset", "-c", "1", install.LOAD, "serve", "127.0.0.1", str(systems.BACKEND)], stdout=subprocess.PIPE)
        self.backend.stdout.readline()
        return self

    def __exit__(self, *_):
        for system in self.found:
            system.stop()
        self.backend.kill()
        self.backend.wait()

    def start(self, system, cores="0"):
        """Whether the system relays now; if not, why is kept for the report."""
        try:
            systems.started(system, self.directory, cores)
            systems.faithful(system)
            return True
        except systems.Absent as e:
            self.absent[system.name] = f"{e}{self.last_words(system)}"
            system.stop()
            self.found.remove(system)
            return False

    def last_words(self, system):
        try:
            with open(os.path.join(self.directory, system.name + ".log")) as log:
                lines = [line.strip() for line in log if line.strip()]
            return f": {lines[-1]}" if lines else ""
        except FileNotFoundError:
            return ""

    def run(self):
        names = self.chosen.workloads.split(",")
        with self:
            for system in list(self.found):
                self.start(system)
            for name, why in self.absent.items():
                say(f"{name} is left out: {why}")
            for name in (n for n in names if n in WORKLOADS):
                self.workload(name, WORKLOADS[name])
                report.write(self.results(), self.chosen.output)  # whoever ends the run early has what there is
            if "listeners" in names:
                self.listeners()
            for system in self.found:
                system.stop()
            if "idle" in names:
                self.idle()
        return self.results()

    def able(self, workload):
        return [system for system in self.found if system.udp or not workload.udp]

    def warm_up_of(self, system):
        return self.chosen.warm_up if system.name.startswith("thalassa") else 0.0

    def expect(self, title, runs, able, each, warm_up):
        minutes = (runs * len(able) * each + sum(warm_up(s) for s in able)) / 60
        say(f"{title}: {runs} runs of {len(able)} systems, about {max(0.1, minutes):.1f} minutes")

    def workload(self, name, workload):
        able = self.able(workload)
        self.expect(workload.title, self.chosen.runs, able, self.chosen.seconds + WARM + 0.5, self.warm_up_of)
        for system in able:
            if self.warm_up_of(system):
                self.attempt(name, system, None, lambda s=system: measure.run(workload, s, self.backend, self.warm_up_of(s), 0.1))
        for run in range(self.chosen.runs):
            for system in able:
                self.attempt(name, system, run, lambda s=system: self.quiet(workload, s))

    def quiet(self, workload, system):
        """A run during which other programs used little CPU; of three attempts without one, the quietest."""
        attempts = []
        while len(attempts) < 3:
            attempts.append(measure.run(workload, system, self.backend, self.chosen.seconds, WARM))
            if attempts[-1]["foreign"] <= self.chosen.foreign:
                break
        return min(attempts, key=lambda values: values["foreign"])

    def listeners(self):
        able = [system for system in self.found if system.name.startswith("thalassa")]
        self.expect(listeners.TITLE, self.chosen.runs, able, 2 * (self.chosen.seconds + WARM) + 1, self.warm_up_of)
        for system in able:  # reading documents and building tables has to be compiled too
            self.attempt("listeners", system, None, lambda s=system: listeners.run(s, self.backend, max(1, self.warm_up_of(s) / 2), 0.1))
        for run in range(self.chosen.runs):
            for system in able:
                self.attempt("listeners", system, run, lambda s=system: listeners.run(s, self.backend, self.chosen.seconds, WARM))

    def idle(self):
        able = [system for system in self.found if system.name != "direct"]
        runs = min(3, self.chosen.runs)
        warm_up = lambda system: max(2.0, self.warm_up_of(system) / 3)
        self.expect(idle.TITLE, runs, able, 8, lambda s: runs * warm_up(s))
        for run in range(runs):
            for system in able:
                self.attempt("idle", system, run, lambda s=system: idle.run(s, self.backend, warm_up(s)))

    def attempt(self, workload, system, run, measured):
        """A run that fails is said and left out; run None is the warm-up."""
        try:
            values = measured()
        except (measure.Failed, systems.Absent, OSError, subprocess.SubprocessError) as e:
            say(f"{workload} on {system.name} failed: {e}")
            self.rows.append({"workload": workload, "system": system.name, "run": run, "failed": str(e)})
            return
        if run is not None:
            self.rows.append({"workload": workload, "system": system.name, "run": run, **values})

    def results(self):
        return {
            "date": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="minutes"),
            "kernel": os.uname().release,
            "processor": cpu_model(),
            "runs": self.chosen.runs,
            "seconds": self.chosen.seconds,
            "warm_up": self.chosen.warm_up,
            "systems": {s.name: {"title": s.title, "version": s.version, "configuration": s.configuration()} for s in self.found},
            "absent": self.absent,
            "rows": self.rows,
        }
