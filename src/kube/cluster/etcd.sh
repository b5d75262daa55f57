#!/usr/bin/env bash
# etcd.sh CLUSTER save|restore NAME: a copy of everything that the API server knows, and the way back to it.
# Runs inside the cluster's namespaces.
set -euo pipefail
name=$1 action=$2 copy=; . "$(dirname "${BASH_SOURCE[0]}")/settings.sh"
copy=$state/etcd-copies/$3
control() { "$parts/control-plane.sh" "$name" "$@"; }
ask() { curl -fsS --max-time 10 "http://127.0.0.1:2379/v3/$1" -d "$2"; }
revision() { ask maintenance/status '{}' | sed -n 's/.*"revision":"\([0-9]*\)".*/\1/p'; }

# Clients remember revisions of the future that never was. As `etcdutl snapshot restore --bump-revision --mark-compacted` does:
# go beyond them, and forget all before, so that every watch begins anew.
outrun() {
  local missing=$(($1 - $(revision) + 1))
  while [ "$missing" -gt 0 ]; do
    seq "$missing" | awk 'NR > 1 { print "next" }
      { print "url = http://127.0.0.1:2379/v3/kv/put\ndata = {\"key\":\"YnVtcA==\"}\noutput = /dev/null" }' | curl -fsS -K -
    missing=$(($1 - $(revision) + 1))
  done
  ask kv/compaction "{\"revision\":\"$(revision)\"}" >/dev/null
}

case $action in
  save)
    mkdir -p "$(dirname "$copy")"
    rm -rf "$copy"
    control freeze etcd
    cp -a "$state/etcd" "$copy"
    control thaw etcd ;;
  restore)
    [ -d "$copy" ] || fail "there is no copy of etcd called $3"
    latest=$(revision)
    control stop kube-scheduler kube-controller-manager kube-apiserver etcd
    rm -rf "$state/etcd"
    cp -a "$copy" "$state/etcd"
    control start etcd
    within 30 etcd revision
    outrun "$latest"
    control start kube-apiserver kube-controller-manager kube-scheduler
    # As Kubernetes' manual of restoring says: what watched the old one is restarted, or would wait up to a minute.
    for n in $(seq "$nodes"); do
      "$parts/node.sh" "$name" "$n" exec bash -c 'kill $(cat /run/kubelet.pid) $(cat /run/kube-proxy.pid)'
    done ;;
esac
