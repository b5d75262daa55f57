"""Results as JSON, and as the tables that docs/benchmarks.md shows."""
import json
import os
import statistics

import idle
import listeners
from workloads import WORKLOADS

PEERS = ("haproxy", "haproxy-splice", "nginx", "envoy")  # as the bars have them: buffers and pipes of their usual size
TUNED = "haproxy-pipes"
OURS = ("thalassa-epoll", "thalassa-vertx")


def read(path):
    with open(path) as file:
        return json.load(file)


def write(results, path):
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path + ".json", "w") as file:
        json.dump(results, file, indent=1)
    with open(path + ".md", "w") as file:
        file.write(markdown(results) + "\n")


def spread(values, digits=3):
    low, middle, high = min(values), statistics.median(values), max(values)
    return f"{middle:.{digits}f} ({low:.{digits}f}-{high:.{digits}f})"


def by_system(results, workload):
    """system -> run -> values, in the order of the systems."""
    found = {name: {} for name in results["systems"]}
    for row in results["rows"]:
        if row["workload"] == workload and row["run"] is not None and "failed" not in row:
            found.setdefault(row["system"], {})[row["run"]] = row
    return {name: runs for name, runs in found.items() if runs}


def pairwise(ours, others, field):
    """Median of ours / other over the runs that both have; None when there is none."""
    ratios = [ours[run][field] / others[run][field] for run in ours if run in others and others[run].get(field) and ours[run].get(field) is not None]
    return statistics.median(ratios) if ratios else None


def best_peer(rows, field):
    peers = {name: statistics.median(v[field] for v in runs.values()) for name, runs in rows.items() if name in PEERS}
    return min(peers, key=peers.get) if peers else None


def ratio(value, bar=None):
    if value is None:
        return "-"
    return f"{value:.2f}" + ("" if bar is None else f" (bar {bar:.2f}{': met' if round(value, 2) <= bar else ': missed'})")


def named(results, name):
    system = results["systems"][name]
    return f"{system['title']} {system['version']}".strip()


def workload_table(results, name):
    workload, rows = WORKLOADS[name], by_system(results, name)
    if not rows:
        return ""
    best, paced = best_peer(rows, "cpu"), workload.paced
    lines = [
        f"### {workload.title} (unit: {workload.unit})",
        "",
        "| system | units/s | CPU s per unit | in the kernel | its core busy | CPU / best peer | CPU / C reference | p50, p99, p99.9 in us | foreign CPU |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for system, runs in rows.items():
        values = list(runs.values())
        proxied = system != "direct"
        ours = system in OURS
        cells = [
            named(results, system) + (" (best peer)" if system == best else ""),
            "fixed" if paced else spread([v["rate"] for v in values]),
            spread([v["cpu"] for v in values]) if proxied else "-",
            f"{100 * statistics.median(v['kernel'] for v in values):.0f} %" if proxied else "-",
            f"{100 * statistics.median(v['core'] for v in values):.0f} %" if proxied else "-",
            ratio(pairwise(runs, rows[best], "cpu"), workload.bar[0] if workload.bar and ours else None) if best and proxied else "-",
            ratio(pairwise(runs, rows["reference"], "cpu"), workload.bar[1] if workload.bar and ours else None) if "reference" in rows and proxied else "-",
            latency(values, workload),
            f"{100 * statistics.median(v['foreign'] for v in values):.0f} % (at most {100 * max(v['foreign'] for v in values):.0f})",
        ]
        lines.append("| " + " | ".join(cells) + " |")
    stalled = {system: sum(v["stalled"] for v in runs.values()) for system, runs in rows.items()}
    lost = ", ".join(f"{named(results, system)} {count:,}" for system, count in stalled.items() if count)
    if lost:
        lines += ["", f"Datagrams lost in stalls: {lost}."]
    return "\n".join([*lines, "", *throughput(results, rows, workload)])


def throughput(results, rows, workload):
    """Throughput matters where the proxy is what limits it."""
    ours = next((name for name in OURS if name in rows), None)
    if workload.paced or not ours:
        return []
    peers = {name: statistics.median(v["rate"] for v in runs.values()) for name, runs in rows.items() if name in PEERS}
    if not peers:
        return []
    fastest = max(peers, key=peers.get)
    text = f"Throughput of {named(results, ours)}: {ratio(pairwise(rows[ours], rows[fastest], 'rate'))} of {named(results, fastest)}, the fastest peer"
    if "reference" in rows:
        text += f", {ratio(pairwise(rows[ours], rows['reference'], 'rate'))} of the C reference"
    return [text + ".", ""]


def latency(values, workload):
    cells = []
    for load in workload.loads:
        three = [[v["latency"][load.mode][i] for v in values if v["latency"][load.mode][i] is not None] for i in range(3)]
        if all(three):
            label = f"{load.mode} " if len(workload.loads) > 1 else ""
            cells.append(label + ", ".join(f"{statistics.median(each):.0f}" for each in three))
    return "; ".join(cells) or "-"


def idle_table(results):
    rows = by_system(results, "idle")
    if not rows:
        return ""
    best = best_peer(rows, "bytes")
    lines = [
        f"### {idle.TITLE} ({idle.CONNECTIONS:,} connections)",
        "",
        "| system | bytes per connection | before, MiB | / best peer |",
        "|---|---|---|---|",
    ]
    for system, runs in rows.items():
        values = list(runs.values())
        against = statistics.median(v["bytes"] for v in values) / max(1.0, statistics.median(v["bytes"] for v in rows[best].values())) if best else None
        bar = idle.BAR if system in OURS else None
        base = statistics.median(v["base"] for v in values) / 1048576
        lines.append(f"| {named(results, system)} | {spread([v['bytes'] for v in values], 0)} | {base:.1f} | {ratio(against, bar)} |")
    return "\n".join([*lines, ""])


def listeners_table(results):
    rows = by_system(results, "listeners")
    if not rows:
        return ""
    lines = [f"### {listeners.TITLE}", "", "| system | listeners added | p50, p99, p99.9 in us without | with | foreign CPU |", "|---|---|---|---|---|"]
    for system, runs in rows.items():
        values = list(runs.values())
        cells = [", ".join(f"{statistics.median(v[state][i] for v in values):.0f}" for i in range(3)) for state in ("still", "changing")]
        lines.append(f"| {named(results, system)} | {sum(v['added'] for v in values)} | {cells[0]} | {cells[1]} | {100 * statistics.median(v['foreign'] for v in values):.0f} % |")
    return "\n".join([*lines, ""])


def summary(results):
    ours = next((name for name in OURS if name in results["systems"]), None)
    if not ours:
        return ""
    lines = [f"### {named(results, ours)} in one table", "", "| workload | its CPU / best peer | / HAProxy with 1 MiB pipes | / C reference |", "|---|---|---|---|"]
    for name, workload in WORKLOADS.items():
        rows = by_system(results, name)
        best = best_peer(rows, "cpu") if ours in rows else None
        if not best:
            continue
        bars = workload.bar or (None, None)
        against = ratio(pairwise(rows[ours], rows[best], "cpu"), bars[0])
        limit = ratio(pairwise(rows[ours], rows["reference"], "cpu"), bars[1]) if "reference" in rows else "-"
        tuned = ratio(pairwise(rows[ours], rows[TUNED], "cpu")) if TUNED in rows else "-"
        lines.append(f"| {workload.title} | {against}, {named(results, best)} | {tuned} | {limit} |")
    return "\n".join([*lines, ""])


def markdown(results):
    head = (
        f"{results['runs']} interleaved runs of {results['seconds']:g} s on {results['processor']}, kernel {results['kernel']}, {results['date']};"
        f" {results['warm_up']:g} s of warm-up before ours. Proxy on one core, load and backend on the other. Median (min-max);"
        " ratios are medians of the ratios of each run. Foreign CPU is what other programs used of both cores."
    )
    absent = [f"Left out: {name}, because {why}" for name, why in results["absent"].items()]
    failed = [f"Failed: {r['workload']} on {r['system']}: {r['failed']}" for r in results["rows"] if "failed" in r]
    tables = [summary(results), *(workload_table(results, name) for name in WORKLOADS), idle_table(results), listeners_table(results)]
    return "\n".join([head, "", *absent, *failed, "", *(t for t in tables if t)])
