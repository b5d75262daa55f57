#!/usr/bin/env bash
# door.sh CLUSTER: the API server on 127.0.0.1 of the machine. Runs in the cluster's mount and process namespaces, but not in
# its network.
set -euo pipefail
name=$1; . "$(dirname "${BASH_SOURCE[0]}")/settings.sh"
spawn door "$tools/door" "127.0.0.1:$port" /proc/1/ns/net
