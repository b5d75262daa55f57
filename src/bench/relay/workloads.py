"""What is done to every system. A load is one process of the generator: mode, connections, port offset, rate (0: closed loop)."""
from dataclasses import dataclass


@dataclass(frozen=True)
class Load:
    mode: str
    connections: int
    offset: int = 0
    rate: float = 0


@dataclass(frozen=True)
class Workload:
    title: str
    unit: str  # what the figures are per
    counted: str  # the field of the generator's result; "" counts seconds
    per: float
    loads: tuple[Load, ...]
    bar: tuple[float, float] | None = None  # at most: ours / best peer, ours / C reference

    @property
    def udp(self):
        return any(load.mode == "udp" for load in self.loads)

    @property
    def paced(self):
        return all(load.rate for load in self.loads)


MIX = (Load("rr", 64, 0, 5000), Load("get", 4, 2, 300), Load("conn", 32, 0, 1000))

WORKLOADS = {
    "bulk-1": Workload("bulk, 1 connection", "GB", "bytes", 1e9, (Load("bulk", 1, 1),), (0.70, 1.05)),
    "bulk-16": Workload("bulk, 16 connections", "GB", "bytes", 1e9, (Load("bulk", 16, 1),), (0.70, 1.05)),
    "small-64": Workload("64-byte request and answer, 64 connections", "100 k requests", "requests", 1e5, (Load("rr", 64),), (0.95, 1.10)),
    "rate-64": Workload("the same at 10,000 requests a second, open loop", "100 k requests", "requests", 1e5, (Load("rr", 64, 0, 10000),)),
    "connections": Workload("new connections, one exchange, closed", "10 k connections", "connections", 1e4, (Load("conn", 32),), (1.00, 1.10)),
    "resets": Workload("new connections, one exchange, reset", "10 k connections", "connections", 1e4, (Load("conn-rst", 32),)),
    "udp-8": Workload("UDP 64 B, 8 flows", "1 M answers", "datagrams", 1e6, (Load("udp", 8),), (0.75, 1.15)),
    "udp-8000": Workload("UDP 64 B, 8,000 flows", "1 M answers", "datagrams", 1e6, (Load("udp", 8000),), (0.75, 1.15)),
    "mixed": Workload("5,000 requests, 300 objects of 1 MiB and 1,000 new connections a second, open loop", "second of the mix", "", 1, MIX),
}
# Beside these: "idle" (idle.py) and "listeners" (listeners.py).
SPECIAL = ("idle", "listeners")
