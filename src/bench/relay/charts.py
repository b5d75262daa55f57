"""Pictures of a run's results: charts.py RESULTS.json DIRECTORY. Needs matplotlib; the suite brings it in its own environment."""
import os
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

import idle
import report
from workloads import WORKLOADS

COLOURS = {"thalassa": "#1b7f79", "reference": "#8a8a8a"}
PEER = "#d98e4a"


def colour(system):
    return next((c for name, c in COLOURS.items() if system.startswith(name)), PEER)


def bars(axis, results, rows, field, title):
    names = [name for name in rows if name != "direct"]
    values = [[run[field] for run in rows[name].values()] for name in names]
    middles = [sorted(v)[len(v) // 2] for v in values]
    errors = [[m - min(v) for m, v in zip(middles, values)], [max(v) - m for m, v in zip(middles, values)]]
    axis.barh(names, middles, xerr=errors, color=[colour(name) for name in names], error_kw={"elinewidth": 1, "alpha": 0.5})
    axis.set_yticks(range(len(names)), [report.named(results, name).replace("-SNAPSHOT", "") for name in names], fontsize=8)
    for i, middle in enumerate(middles):
        axis.text(middle, i, f" {middle:,.0f}" if middle >= 100 else f" {middle:.3g}", va="bottom", fontsize=7)
    axis.invert_yaxis()
    axis.set_title(title, fontsize=9)
    axis.spines[["top", "right"]].set_visible(False)
    axis.margins(x=0.15)


def overview(results, charts, directory):
    """All that has a bar to meet, in one picture."""
    chosen = [chart for chart in charts if chart[0] == "idle" or WORKLOADS[chart[0]].bar]
    if not chosen:
        return
    height = (len(chosen) + 1) // 2
    figure, axes = plt.subplots(height, 2, figsize=(13, 2.9 * height), layout="constrained", squeeze=False)
    for axis in axes.flat[len(chosen) :]:
        axis.set_visible(False)
    for axis, (_, rows, field, title) in zip(axes.flat, chosen):
        bars(axis, results, rows, field, title)
    figure.savefig(os.path.join(directory, "overview.png"), dpi=90)
    plt.close(figure)


def draw(results, directory):
    charts = [(name, report.by_system(results, name), "cpu", f"{w.title}\nCPU s per {w.unit}, less is better") for name, w in WORKLOADS.items()]
    charts.append(("idle", report.by_system(results, "idle"), "bytes", f"{idle.TITLE}\nbytes per connection, less is better"))
    charts = [chart for chart in charts if chart[1]]
    overview(results, charts, directory)
    for name, rows, field, title in charts:
        figure, axis = plt.subplots(figsize=(7, 3), layout="constrained")
        bars(axis, results, rows, field, title)
        figure.savefig(os.path.join(directory, f"{name}.png"), dpi=110)
        plt.close(figure)


if __name__ == "__main__":
    os.makedirs(sys.argv[2], exist_ok=True)
    draw(report.read(sys.argv[1]), sys.argv[2])
