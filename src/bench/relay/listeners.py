"""A listener is added every 100 ms while requests come at a fixed rate: their latency must not move."""
import os
import re
import threading
import time

import measure
from systems import answers
from workloads import WORKLOADS

TITLE = "10,000 requests a second while a listener is added every 100 ms"
FIRST_PORT = 24000
EVERY = 0.1  # seconds


class Adder(threading.Thread):
    """Writes the ForwardingConfig with one more listener, again and again, as the operator would."""

    def __init__(self, path):
        super().__init__(daemon=True)
        self.path, self.added, self.over = path, 0, threading.Event()
        with open(path) as file:
            self.original = file.read()
        start = re.search(r"^  listeners:\n", self.original, re.M).end()
        self.head, self.tail = self.original[:start], self.original[start:]
        self.block = re.match(r"  - .*\n(?:    .*\n)*", self.tail).group(0)

    def run(self):
        while not self.over.wait(EVERY):
            self.added += 1
            self.write(self.text())

    def text(self):
        more = "".join(self.listener(FIRST_PORT + n) for n in range(self.added))
        return re.sub(r'revision: "[^"]*"', f'revision: "bench-{self.added}"', self.head) + more + self.tail

    def listener(self, port):
        named = re.sub(r'name: "[^"]*"', f'name: "default/added-{port}"', self.block, count=1)
        return re.sub(r"port: \d+", f"port: {port}", named, count=1)

    def write(self, text):
        with open(self.path + ".new", "w") as file:
            file.write(text)
        os.replace(self.path + ".new", self.path)

    def stop(self):
        self.over.set()
        self.join()
        last = FIRST_PORT + self.added - 1
        end = time.monotonic() + 5
        while self.added and not answers(last):
            if time.monotonic() > end:
                raise measure.Failed(f"listener {last} was added but never served")
            time.sleep(0.05)
        self.write(self.original)


def run(system, backend, seconds, warm):
    """Without and with additions, one after the other."""
    workload = WORKLOADS["rate-64"]
    still = measure.run(workload, system, backend, seconds, warm)
    adder = Adder(system.forwarding_config())
    adder.start()
    try:
        changing = measure.run(workload, system, backend, seconds, warm)
    finally:
        adder.stop()
    time.sleep(0.5)
    return {
        "still": still["latency"]["rr"],
        "changing": changing["latency"]["rr"],
        "added": adder.added,
        "foreign": max(still["foreign"], changing["foreign"]),
    }
