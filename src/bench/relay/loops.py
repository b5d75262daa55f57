"""Scaling: CPU per unit with one core for the proxy and with two. What loops share shows as a difference."""
import os
import statistics

import measure
import session
from workloads import WORKLOADS

CHOSEN = ("bulk-16", "small-64", "connections", "udp-8000")


def cores():
    """One core and two; on a machine of two, the second is also that of load and backend."""
    return "0", "0,1" if len(os.sched_getaffinity(0)) == 2 else "0,2"


def table(this):
    lines = ["| system | workload | CPU s per unit, one core | two cores | two / one |", "|---|---|---|---|---|"]
    names = [name for name in CHOSEN if name in this.chosen.workloads.split(",")]
    with this:
        for system in [s for s in this.found if s.name.startswith("thalassa")]:
            session.say(f"{system.title} on one core and on two: about {runtime(this, names):.1f} minutes")
            both = {}
            for which in cores():
                if not this.start(system, which):
                    break
                both[which] = {name: cost(this, system, WORKLOADS[name]) for name in names}
                system.stop()
            if len(both) == 2:
                one, two = both.values()
                for name in names:
                    ratio = statistics.median(two[name]) / statistics.median(one[name])
                    cells = (system.title, WORKLOADS[name].title, f"{statistics.median(one[name]):.3f}", f"{statistics.median(two[name]):.3f}", f"{ratio:.2f}")
                    lines.append("| " + " | ".join(cells) + " |")
    return "\n".join([*lines, *(f"Left out: {name}, because {why}" for name, why in this.absent.items())])


def runtime(this, names):
    return 2 * len(names) * (this.chosen.runs * (this.chosen.seconds + 1) + this.chosen.warm_up) / 60


def cost(this, system, workload):
    if this.chosen.warm_up:
        measure.run(workload, system, this.backend, this.chosen.warm_up, 0.1)
    return [measure.run(workload, system, this.backend, this.chosen.seconds, session.WARM)["cpu"] for _ in range(this.chosen.runs)]
