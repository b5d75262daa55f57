#!/usr/bin/env bash
# node.sh CLUSTER N start|stop|partition|heal|freeze|thaw|load|exec|boot: a node with containerd, kubelet and kube-proxy, in
# network, mount, process and host name namespaces of its own, inside those of the cluster.
set -euo pipefail
name=$1 n=$2 action=$3; . "$(dirname "${BASH_SOURCE[0]}")/settings.sh"
shift 3
node=n$n address=$network.1$n disk=$state/$node cgroup=thalassa-lb-$name-$node
mkdir -p "$disk"/{run,log,lib,sysctl,loaded}

first() { local p; p=$(cat "$run/$node.pid"); p=$(cat "/proc/$p/task/$p/children"); echo "${p// /}"; }
enter() { nsenter -t "$(first)" --mount --net --pid --uts -- "$@"; }
cgroups() { ls -d "/sys/fs/cgroup/$cgroup" /sys/fs/cgroup/*/"$cgroup" 2>/dev/null || true; }

wire() {
  [ ! -e "/run/netns/$node" ] || return 0
  ip netns add "$node"
  ip link add "$node" type veth peer name eth0 netns "$node"
  ip link set "$node" master nodes up
  ip -n "$node" addr add "$address/24" dev eth0
  ip -n "$node" link set eth0 up
  ip -n "$node" link set lo up
  ip -n "$node" route add default via "$network.1"
  local other
  for other in 1 2 3 4 5 6 7 8 9; do
    [ "$other" = "$n" ] || ip -n "$node" route add "$pods.$other.0/24" via "$network.1$other"
  done
  ip route replace "$pods.$n.0/24" via "$address"
}

# Several kubelets on one tree would end each other's pods, so each has a branch.
branch() {
  local hierarchy
  if [ -f /sys/fs/cgroup/cgroup.controllers ]; then
    for controller in $(cat /sys/fs/cgroup/cgroup.controllers); do
      echo "+$controller" >/sys/fs/cgroup/cgroup.subtree_control 2>/dev/null || true
    done
    mkdir -p "/sys/fs/cgroup/$cgroup"
  else
    for hierarchy in /sys/fs/cgroup/*/; do mkdir -p "$hierarchy$cgroup" 2>/dev/null || true; done
  fi
}

configure() {
  local plugins min=
  for plugins in /usr/lib/cni /opt/cni/bin /usr/libexec/cni; do [ ! -x "$plugins/bridge" ] || break; done
  mkdir -p "$disk/cni"
  cat >"$disk/cni/10-pods.conflist" <<Y
{"cniVersion": "0.4.0", "name": "pods", "plugins": [
 {"type": "bridge", "bridge": "cni0", "isGateway": true, "ipMasq": false, "hairpinMode": true, "promiscMode": false,
  "ipam": {"type": "host-local", "dataDir": "/run/cni-ipam", "ranges": [[{"subnet": "$pods.$n.0/24"}]], "routes": [{"dst": "0.0.0.0/0"}]}},
 {"type": "portmap", "capabilities": {"portMappings": true}}]}
Y
  cat >"$disk/containerd.toml" <<Y
version = 2
root = "/var/lib/containerd"
state = "/run/containerd"
disabled_plugins = ["io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.zfs", "io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.devmapper", "io.containerd.internal.v1.opt"]
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "localhost/thalassa-lb/pause:1"
  restrict_oom_score_adj = true
  tolerate_missing_hugetlb_controller = true
  disable_hugetlb_controller = true
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "overlayfs"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
        SystemdCgroup = false
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "$plugins"
    conf_dir = "$disk/cni"
Y
  : >"$disk/resolv.conf"
  cat >"$disk/kubelet.yaml" <<Y
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
address: $address
healthzPort: 0
cgroupDriver: cgroupfs
cgroupRoot: /$cgroup
enforceNodeAllocatable: [pods]
failSwapOn: false
failCgroupV1: false
authentication: {anonymous: {enabled: false}, webhook: {enabled: true}, x509: {clientCAFile: "$pki/ca.crt"}}
authorization: {mode: Webhook}
clusterDNS: ["$network.1"]
clusterDomain: cluster.local
resolvConf: "$disk/resolv.conf"
volumePluginDir: /var/lib/kubelet/volume-plugins
containerRuntimeEndpoint: unix:///run/containerd/containerd.sock
evictionHard: {memory.available: 100Mi, nodefs.available: 1%, imagefs.available: 1%, nodefs.inodesFree: 1%}
imageGCHighThresholdPercent: 100
imageGCLowThresholdPercent: 99
maxOpenFiles: 10000
nodeStatusUpdateFrequency: 2s
nodeLeaseDurationSeconds: 8
shutdownGracePeriod: 0s
featureGates: {KubeletInUserNamespace: true}
Y
  [ "$kube_proxy_sync" = default ] || min="minSyncPeriod: $kube_proxy_sync"
  cat >"$disk/kube-proxy.yaml.new" <<Y
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: nftables
hostnameOverride: $node
clusterCIDR: $pods.0.0/16
detectLocalMode: ClusterCIDR
clientConnection: {kubeconfig: "$state/kube-proxy.kubeconfig"}
conntrack: {maxPerCore: 0, min: 0, tcpEstablishedTimeout: 0s, tcpCloseWaitTimeout: 0s}
nftables: {$min}
Y
}

# What changes in a node that runs: kube-proxy's settings, and whether NetworkPolicies hold. Daemons of a node that end are
# started again.
reconfigure() {
  if ! cmp -s "$disk/kube-proxy.yaml.new" "$disk/kube-proxy.yaml"; then
    mv "$disk/kube-proxy.yaml.new" "$disk/kube-proxy.yaml"
    restart kube-proxy
  fi
  if [ "$network_policies" = yes ]; then
    touch "$disk/network-policies"
  elif [ -e "$disk/network-policies" ]; then
    rm "$disk/network-policies"
    restart network-policies
  fi
}
restart() {
  if alive "$node" && [ -s "$disk/run/$1.pid" ]; then enter bash -c "kill \$(cat /run/$1.pid)" || true; fi
}

start() {
  configure
  reconfigure
  ! alive "$node" || return 0
  find "$disk/run" -mindepth 1 -delete # it is on no disk
  wire
  branch
  LC_ALL=C spawn "$node" nsenter --net="/run/netns/$node" unshare --mount --uts --pid --fork --kill-child --mount-proc "$0" "$name" "$n" boot
  within 60 "containerd of node $node" test -S "$disk/run/containerd/containerd.sock"
  load "$state/pause.tar"
  touch "$disk/run/ready"
}

# The node's first process. Nothing that it mounts or sets is seen outside.
boot() {
  join "$node/system" # beside the pods, whose branch kubelet makes
  hostname "$node"
  mount --make-rshared / # kubelet and containerd mount for each other
  mount --bind "$disk/log" /var/log
  mount --bind "$disk/lib" /var/lib
  mount --bind "$disk/run" /run
  local setting file
  for setting in vm/overcommit_memory=1 vm/panic_on_oom=0 kernel/panic=10 kernel/panic_on_oops=1 kernel/keys/root_maxkeys=1000000 kernel/keys/root_maxbytes=25000000; do
    file=$disk/sysctl/$(basename "${setting%=*}") # kubelet reads and writes these, not the machine's
    echo "${setting#*=}" >"$file"
    mount --bind "$file" "/proc/sys/${setting%=*}"
  done
  for setting in net/ipv4/ip_forward net/ipv4/conf/all/route_localnet net/bridge/bridge-nf-call-iptables; do
    [ ! -e "/proc/sys/$setting" ] || echo 1 >"/proc/sys/$setting"
  done
  forget_soon
  keep containerd containerd -c "$disk/containerd.toml" &
  keep kube-proxy "$tools/kube-proxy" --config="$disk/kube-proxy.yaml" --v=1 &
  keep network-policies "$tools/network-policies" --kubeconfig="$state/network-policies.kubeconfig" --hostname-override="$node" --pods="$pods.0.0/16" &
  keep kubelet "$tools/kubelet" --config="$disk/kubelet.yaml" --kubeconfig="$state/$node.kubeconfig" --hostname-override="$node" --node-ip="$address" \
    --node-labels="topology.kubernetes.io/region=local,topology.kubernetes.io/zone=zone-$n" --v=2 &
  exec "$tools/pause"
}

# keep NAME COMMAND...: as a machine's init does.
keep() {
  local who=$1; shift
  while :; do
    until may_start "$who"; do sleep 0.5; done
    "$@" >>"/var/log/$who.log" 2>&1 &
    echo $! >"/run/$who.pid"
    wait $! || true
    sleep 0.5
  done
}

# kubelet waits for the images that it cannot download.
may_start() {
  case $1 in
    kubelet) [ -e /run/ready ] ;;
    network-policies) [ -e "$disk/network-policies" ] ;;
  esac
}

# A power cut: every process of the node is gone at once. What was on its disk stays.
stop() {
  local pid
  if alive "$node"; then
    pid=$(first)
    kill -9 "$(cat "$run/$node.pid")"
    within 20 "the end of node $node" gone "$pid"
  fi
  rm -f "$run/$node.pid"
  ip link del "$node" 2>/dev/null || true
  [ ! -e "/run/netns/$node" ] || ip netns del "$node"
  local branch
  for branch in $(cgroups); do find "$branch" -depth -type d -exec rmdir {} + 2>/dev/null || true; done
}

load() { # ARCHIVE...: what is there already is not loaded again
  local archive sum
  for archive in "$@"; do
    sum=$(sha256sum <"$archive")
    [ "$(cat "$disk/loaded/${archive##*/}" 2>/dev/null)" != "$sum" ] || continue
    enter ctr -n k8s.io images import "$archive" >/dev/null || fail "node $node did not take the image $archive"
    echo "$sum" >"$disk/loaded/${archive##*/}"
  done
}

running() { alive "$node" || fail "node $n does not run (dev-cluster node $n start)"; }

case $action in
  start) start ;;
  boot) boot ;;
  stop) stop ;;
  partition) running; ip link set "$node" down ;;
  heal) running; ip link set "$node" up ;;
  freeze) running; enter bash -c 'kill -STOP -1' ;; # all but this shell; the kernel still answers, as that of a hung machine does
  thaw) running; enter bash -c 'kill -CONT -1' ;;
  load) running; load "$@" ;;
  exec) running; p=$(first); exec nsenter -t "$p" --mount --net --pid --uts -- "$@" ;;
esac
