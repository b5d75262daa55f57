"""Ours, with everything that a default listener has: idle timeout, connection limit, metrics; and source rules of 16 CIDRs."""
import os
import subprocess

import install
from systems import BACKEND, Absent, Process, until

PROGRAM = os.path.join(install.ROOT, "bin", "thalassa-lb")
SOURCES = ["127.0.0.0/8", *(f"10.{n}.0.0/16" for n in range(10)), *(f"2001:db8:{n}::/48" for n in range(5))]
PORTS = {"epoll": 23600, "vertx": 23700}

LOAD_BALANCER = """apiVersion: lb.thalassa.cloud/v1alpha1
kind: LoadBalancer
metadata: {name: bench}
spec: {addresses: [127.0.0.1]}
"""
LISTENER = """---
apiVersion: lb.thalassa.cloud/v1alpha1
kind: TargetGroup
metadata: {{name: {name}}}
spec: {{protocol: {protocol}, port: {target_port}, targets: [{{address: {target}}}]}}
---
apiVersion: lb.thalassa.cloud/v1alpha1
kind: Listener
metadata: {{name: {name}}}
spec:
  loadBalancerRef: {{name: bench}}
  protocol: {protocol}
  port: {port}
  targetGroupRef: {{name: {name}}}
  maxConnections: 10000
  allowedSources: [{sources}]
"""


class Thalassa(Process):
    def __init__(self, engine):
        self.engine, self.port = engine, PORTS[engine]
        self.name, self.title = "thalassa-" + engine, "Thalassa, " + engine
        self.version = subprocess.run([PROGRAM, "--version"], stdout=subprocess.PIPE, text=True).stdout.split()[-1]

    def configuration(self):
        documents = [LOAD_BALANCER]
        for port, target in self.tcp():
            documents.append(self.listener(f"tcp-{port}", "TCP", port, self.target, target))
        documents.append(self.listener(f"udp-{self.port}", "UDP", self.port, "127.0.0.1", BACKEND))
        return "".join(documents)

    @staticmethod
    def listener(name, protocol, port, target, target_port):
        quoted = ", ".join(f'"{source}"' for source in SOURCES)
        return LISTENER.format(name=name, protocol=protocol, port=port, target=target, target_port=target_port, sources=quoted)

    def start(self, directory, cores="0"):
        self.directory = os.path.join(directory, self.name)
        objects = os.path.join(self.directory, "objects")
        os.makedirs(objects, exist_ok=True)
        with open(os.path.join(objects, "bench.yaml"), "w") as file:
            file.write(self.configuration())
        with open(os.path.join(directory, self.name + ".log"), "w") as log:
            if not os.path.exists(self.forwarding_config()):
                self.compile(log)
            management = f"127.0.0.1:{self.port + 99}"
            self.run(cores, PROGRAM, "dataplane", "--directory", self.directory, "--engine", self.engine, "--management", management, stdout=log, stderr=log)

    def forwarding_config(self):
        return os.path.join(self.directory, "compiled/default/ForwardingConfig/bench.yaml")

    def compile(self, log):
        """The operator writes the documents and leaves: the dataplane needs nobody to go on."""
        operator = subprocess.Popen([PROGRAM, "operator", "--directory", self.directory, "--management", "127.0.0.1:23999"], stdout=log, stderr=log)
        slices = os.path.join(self.directory, "compiled/default/EndpointSlice")
        try:
            until(lambda: os.path.exists(self.forwarding_config()) and os.path.isdir(slices) and len(os.listdir(slices)) == len(self.tcp()) + 1, "the operator", alive=operator)
        finally:
            operator.terminate()
            operator.wait(20)


def thalassa(engine):
    if not os.path.exists(os.path.join(install.ROOT, "target", "built")):
        raise Absent("it is not built: run `make build` first")
    return Thalassa(engine)
