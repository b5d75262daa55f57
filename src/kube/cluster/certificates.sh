#!/usr/bin/env bash
# Certificates, tokens and kubeconfigs of a cluster, made once.
set -euo pipefail
name=$1; . "$(dirname "${BASH_SOURCE[0]}")/settings.sh"
[ ! -f "$pki/done" ] || exit 0
umask 077
mkdir -p "$pki"
cd "$pki"

key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1.key"; }
certificate() { # NAME SUBJECT EXTENSIONS
  key "$1"
  openssl req -new -key "$1.key" -subj "$2" -out "$1.csr"
  openssl x509 -req -in "$1.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -days 3650 -extfile <(echo "$3") -out "$1.crt" 2>/dev/null
  rm "$1.csr"
}
key ca
openssl req -x509 -new -key ca.key -subj /CN=kube-ca -days 3650 -addext keyUsage=critical,keyCertSign,digitalSignature -out ca.crt
certificate server /CN=kube-apiserver "subjectAltName=DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,DNS:kubernetes.default.svc.cluster.local,IP:127.0.0.1,IP:$network.1,IP:$services.0.1"
certificate admin /O=system:masters/CN=admin extendedKeyUsage=clientAuth
certificate front-proxy /CN=front-proxy-client extendedKeyUsage=clientAuth
openssl genrsa -out sa.key 2048 2>/dev/null

token() { openssl rand -hex 16; }
kubeconfig() { # FILE SERVER USER
  cat >"$1" <<Y
apiVersion: v1
kind: Config
clusters: [{name: $name, cluster: {server: "$2", certificate-authority-data: $(base64 -w0 ca.crt)}}]
users: [{name: me, user: $3}]
contexts: [{name: $name, context: {cluster: $name, user: me}}]
current-context: $name
Y
}
# The same address leads to the API server inside (it listens there) and outside (through the door).
kubeconfig ../kubeconfig "https://127.0.0.1:$port" "{client-certificate-data: $(base64 -w0 admin.crt), client-key-data: $(base64 -w0 admin.key)}"
: >tokens.csv
user() { # USER GROUPS SERVER FILE
  local t; t=$(token)
  echo "$t,$1,$1,$2" >>tokens.csv
  kubeconfig "../$4.kubeconfig" "$3" "{token: $t}"
}
for program in kube-controller-manager kube-scheduler; do user system:$program "" "https://127.0.0.1:$port" $program; done
user system:kube-proxy "" "https://$network.1:$port" kube-proxy
user network-policies system:masters "https://$network.1:$port" network-policies
for n in 1 2 3 4 5 6 7 8 9; do user system:node:n$n system:nodes "https://$network.1:$port" n$n; done
touch done
