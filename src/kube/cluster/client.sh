#!/usr/bin/env bash
# client.sh CLUSTER N SYNC COMMAND...: runs a command as pods of a node that carries nothing else: a network namespace with a
# kube-proxy of its own and the addresses 10.244.N.0/24 (N: 4 to 9, not a node's), all of which are its own. What happens to
# the nodes happens to none of its processes. SYNC: kube-proxy's minSyncPeriod, or `default`.
set -euo pipefail
name=$1 n=$2 sync=$3; . "$(dirname "${BASH_SOURCE[0]}")/settings.sh"
shift 3
client=c$n address=$network.1$n disk=$state/$client
export KUBECONFIG=$state/kubeconfig
join "$client"

wire() {
  [ ! -e "/run/netns/$client" ] || return 0
  ip netns add "$client"
  ip link add "$client" type veth peer name eth0 netns "$client"
  ip link set "$client" master nodes up
  ip -n "$client" addr add "$address/24" dev eth0
  ip -n "$client" link set eth0 up
  ip -n "$client" link set lo up
  ip -n "$client" route add local "$pods.$n.0/24" dev lo
  ip -n "$client" route add default via "$network.1"
  for other in 1 2 3 4 5 6 7 8 9; do
    [ "$other" = "$n" ] || ip -n "$client" route add "$pods.$other.0/24" via "$network.1$other"
  done
  ip route replace "$pods.$n.0/24" via "$address"
}

# kube-proxy wants to know the addresses of its node. Nobody else should mind this one.
register() {
  "$tools/kubectl" get node "$client" >/dev/null 2>&1 || "$tools/kubectl" create -f - >/dev/null <<Y
apiVersion: v1
kind: Node
metadata: {name: $client, labels: {node.kubernetes.io/exclude-from-external-load-balancers: "true"}}
spec:
  unschedulable: true
  taints: [{key: thalassa-lb/clients-only, effect: NoExecute}]
status: {addresses: [{type: InternalIP, address: $address}]}
Y
}

configure() {
  local min=
  [ "$sync" = default ] || min="minSyncPeriod: $sync"
  mkdir -p "$disk"
  cat >"$disk/kube-proxy.yaml" <<Y
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: nftables
hostnameOverride: $client
clusterCIDR: $pods.0.0/16
detectLocalMode: ClusterCIDR
healthzBindAddress: 127.0.0.1:10256
metricsBindAddress: 127.0.0.1:10249
clientConnection: {kubeconfig: "$state/kube-proxy.kubeconfig"}
conntrack: {maxPerCore: 0, min: 0, tcpEstablishedTimeout: 0s, tcpCloseWaitTimeout: 0s}
nftables: {$min}
Y
}

if ! alive "$client"; then
  wire
  register
  configure
  nsenter --net="/run/netns/$client" bash -c "$(declare -f forget_soon); forget_soon"
  spawn "$client" nsenter --net="/run/netns/$client" "$tools/kube-proxy" --config="$disk/kube-proxy.yaml" --v=2
fi
exec nsenter --net="/run/netns/$client" "$@"
