#!/usr/bin/env bash
# machine.sh CLUSTER: the namespaces of a cluster, and its first process in them, which makes the network outside the nodes and
# stays. What is recorded is the process above it: whoever ends that ends everything, from the first moment on.
set -euo pipefail
name=$1; . "$(dirname "${BASH_SOURCE[0]}")/settings.sh"

if [ "${2:-}" != first ]; then
  echo "$$ $(started_at $$)" >"$state/machine"
  exec unshare --net --mount --pid --uts --fork --kill-child --mount-proc "$0" "$name" first
fi
hostname "$name"
mount -t tmpfs tmpfs /run # the names of the nodes' network namespaces are nobody else's business
ip link set lo up
ip link add nodes type bridge
ip addr add "$network.1/24" dev nodes
ip link set nodes up
for filter in /proc/sys/net/bridge/bridge-nf-call-*tables; do [ ! -e "$filter" ] || echo 0 >"$filter"; done # a switch between nodes is no firewall
ip route add local "$clients.0.0/16" dev lo
rm -rf "$run"
mkdir -p "$run"
touch "$run/ready"
exec "$tools/pause"
