#!/usr/bin/env bash
# requirements.sh CLUSTER: says what this machine lacks for a cluster, and installs what root can install.
set -euo pipefail
name=$1; . "$(dirname "${BASH_SOURCE[0]}")/settings.sh"

[ "$(uname -s)" = Linux ] || fail "nodes need Linux: here, give tests another cluster (make e2e KUBECONFIG=FILE)"
[ "$(id -u)" = 0 ] || fail "nodes need root: run it with sudo"

missing() {
  local need
  for need in containerd:containerd ctr:containerd runc:runc nft:nftables iptables:iptables ip:iproute2 nsenter:util-linux \
    mount:mount openssl:openssl curl:curl tar:tar; do
    command -v "${need%:*}" >/dev/null || echo "${need#*:}"
  done
  [ -x /usr/lib/cni/bridge ] || [ -x /opt/cni/bin/bridge ] || [ -x /usr/libexec/cni/bridge ] || echo containernetworking-plugins
}
packages=$(missing | sort -u | tr '\n' ' ')
if [ -n "$packages" ] && command -v apt-get >/dev/null; then
  say "installing $packages"
  { apt-get -qq update && RUNLEVEL=1 apt-get -qq install -y --no-install-recommends $packages; } >&2 || fail "could not install $packages"
  packages=$(missing | sort -u | tr '\n' ' ')
fi
[ -z "$packages" ] || fail "this machine lacks programs of nodes: install (in Debian's names) $packages"
[ -e /proc/sys/net/bridge/bridge-nf-call-iptables ] || modprobe br_netfilter 2>/dev/null ||
  say "the kernel has no br_netfilter: pods will not reach services whose pods are on their own node"
