#!/usr/bin/env bash
# control-plane.sh CLUSTER start|stop|freeze|thaw [PROGRAM...]: etcd, the API server, its controllers and DNS, outside the nodes.
# Runs inside the cluster's namespaces. Without a program: all of them.
set -euo pipefail
name=$1 action=$2; . "$(dirname "${BASH_SOURCE[0]}")/settings.sh"
shift 2
mkdir -p "$log"
join control

etcd() {
  spawn etcd "$tools/etcd" --data-dir="$state/etcd" --unsafe-no-fsync --log-level=warn --logger=zap \
    --listen-client-urls=http://127.0.0.1:2379 --advertise-client-urls=http://127.0.0.1:2379 \
    --listen-peer-urls=http://127.0.0.1:2380 --initial-advertise-peer-urls=http://127.0.0.1:2380 --initial-cluster=default=http://127.0.0.1:2380
}

kube-apiserver() {
  local options=()
  cat >"$state/admission.yaml" <<Y
apiVersion: apiserver.config.k8s.io/v1
kind: AdmissionConfiguration
plugins:
- name: PodSecurity
  configuration:
    apiVersion: pod-security.admission.config.k8s.io/v1
    kind: PodSecurityConfiguration
    defaults: {enforce: $pod_security, enforce-version: latest}
    exemptions: {namespaces: [kube-system]}
Y
  [ "$pod_security" = privileged ] || options+=(--admission-control-config-file="$state/admission.yaml")
  if [ "$audit_log" = yes ]; then
    printf '%s\n' 'apiVersion: audit.k8s.io/v1' 'kind: Policy' 'omitStages: [RequestReceived]' 'rules: [{level: Metadata}]' >"$state/audit.yaml"
    options+=(--audit-policy-file="$state/audit.yaml" --audit-log-path="$log/audit.log" --audit-log-maxsize=500)
  fi
  spawn kube-apiserver "$tools/kube-apiserver" --etcd-servers=http://127.0.0.1:2379 --bind-address=0.0.0.0 --secure-port="$port" \
    --advertise-address="$network.1" --endpoint-reconciler-type=lease --service-cluster-ip-range="$services.0.0/16" \
    --allow-privileged=true --anonymous-auth=false --authorization-mode=Node,RBAC --enable-admission-plugins=NodeRestriction \
    --tls-cert-file="$pki/server.crt" --tls-private-key-file="$pki/server.key" --client-ca-file="$pki/ca.crt" --token-auth-file="$pki/tokens.csv" \
    --kubelet-client-certificate="$pki/admin.crt" --kubelet-client-key="$pki/admin.key" --kubelet-preferred-address-types=InternalIP \
    --requestheader-client-ca-file="$pki/ca.crt" --requestheader-allowed-names=front-proxy-client --requestheader-username-headers=X-Remote-User \
    --requestheader-group-headers=X-Remote-Group --requestheader-extra-headers-prefix=X-Remote-Extra- \
    --proxy-client-cert-file="$pki/front-proxy.crt" --proxy-client-key-file="$pki/front-proxy.key" \
    --service-account-issuer=https://kubernetes.default.svc --service-account-key-file="$pki/sa.key" --service-account-signing-key-file="$pki/sa.key" \
    --default-not-ready-toleration-seconds=30 --default-unreachable-toleration-seconds=30 --shutdown-delay-duration=0s --v=1 "${options[@]}"
  within 120 "the API server" curl -fsS --max-time 2 --cacert "$pki/ca.crt" --cert "$pki/admin.crt" --key "$pki/admin.key" "https://127.0.0.1:$port/readyz"
}

# Its defaults of 20 requests/s and one node eviction in 10 s would be most of what a test waits for.
kube-controller-manager() {
  spawn kube-controller-manager "$tools/kube-controller-manager" --kubeconfig="$state/kube-controller-manager.kubeconfig" --bind-address=127.0.0.1 \
    --authentication-kubeconfig="$state/kube-controller-manager.kubeconfig" --authorization-kubeconfig="$state/kube-controller-manager.kubeconfig" \
    --use-service-account-credentials --service-account-private-key-file="$pki/sa.key" --root-ca-file="$pki/ca.crt" \
    --cluster-signing-cert-file="$pki/ca.crt" --cluster-signing-key-file="$pki/ca.key" --leader-elect=false \
    --node-monitor-period=1s --node-monitor-grace-period="$node_grace" --node-eviction-rate=10 --secondary-node-eviction-rate=10 \
    --kube-api-qps=500 --kube-api-burst=1000 --v=1
}

kube-scheduler() {
  spawn kube-scheduler "$tools/kube-scheduler" --kubeconfig="$state/kube-scheduler.kubeconfig" --leader-elect=false --bind-address=127.0.0.1 \
    --authentication-kubeconfig="$state/kube-scheduler.kubeconfig" --authorization-kubeconfig="$state/kube-scheduler.kubeconfig" --v=1
}

# On the address that kubelets give to pods.
coredns() {
  cat >"$state/Corefile" <<C
.:53 {
  bind $network.1
  errors
  cache 2
  kubernetes cluster.local in-addr.arpa {
    kubeconfig $state/kubeconfig
  }
}
C
  spawn coredns "$tools/coredns" -conf "$state/Corefile"
}

programs="etcd kube-apiserver kube-controller-manager kube-scheduler coredns"
for program in ${*:-$programs}; do
  case " $programs " in *" $program "*) ;; *) fail "there is no '$program' in the control plane (it has: $programs)" ;; esac
  case $action in
    start) $program ;;
    stop) if alive "$program"; then kill -9 "$(cat "$run/$program.pid")"; end "$program"; fi ;;
    freeze | thaw)
      alive "$program" || fail "$program does not run"
      [ "$action" = freeze ] && signal=STOP || signal=CONT
      kill -$signal "$(cat "$run/$program.pid")" ;;
  esac
done
