#!/usr/bin/env bash
# From nothing to traffic by REST: a target group of two machines, and a load balancer with a listener for it.
# Needs curl and jq. API=http://localhost:9000 TOKEN=tc_pat_... ORGANISATION=acme [INTERNAL=true] web.sh
set -euo pipefail
: "${API:?where lb-api is, such as http://localhost:9000}" "${TOKEN:?a token}" "${ORGANISATION:?slug of the organisation}"

ask() { # METHOD PATH [BODY]; what is refused is said in one line
  local answer status
  answer=$(curl -sS -X "$1" "$API/v1$2" -w '\n%{http_code}' ${3:+--data "$3"} \
    -H "Authorization: Token $TOKEN" -H "X-Organisation-Identity: $ORGANISATION" -H 'Content-Type: application/json')
  status=${answer##*$'\n'} answer=${answer%$'\n'*}
  [ "$status" -lt 300 ] || { echo "$1 $2: $status $(jq -r .message <<<"$answer")" >&2; exit 1; }
  echo "$answer"
}

vpc=$(ask GET /vpcs | jq -r '.[0].identity // empty')
[ -n "$vpc" ] || { echo "the organisation has no VPC: an administrator labels a namespace for it, or POST /v1/vpcs" >&2; exit 1; }
subnet=$(ask GET /subnets | jq -r --arg vpc "$vpc" 'map(select(.vpcIdentity == $vpc))[0].identity')

group=$(ask POST /loadbalancer-target-groups "$(jq -n --arg vpc "$vpc" '{name: "web", description: "", vpc: $vpc,
  targetPort: 30080, protocol: "tcp", loadbalancingPolicy: "MAGLEV",
  healthCheck: {protocol: "tcp", path: "", port: 30080, periodSeconds: 5, timeoutSeconds: 2, unhealthyThreshold: 2, healthyThreshold: 2}}')" | jq -r .identity)
machines=$(ask GET "/machines?vpc=$vpc" | jq '{attachments: [.[:2][] | {serverIdentity: .identity}]}')
ask POST "/loadbalancer-target-groups/$group/attachments" "$machines" >/dev/null

balancer=$(ask POST /loadbalancers "$(jq -n --arg subnet "$subnet" --arg group "$group" --argjson internal "${INTERNAL:-false}" '{name: "web", description: "",
  subnet: $subnet, internalLoadbalancer: $internal, deleteProtection: false,
  listeners: [{name: "http", description: "", protocol: "tcp", port: 80, targetGroup: $group, allowedSources: ["0.0.0.0/0"]}]}')" | jq -r .identity)

for _ in $(seq 60); do # until traffic flows
  shown=$(ask GET "/loadbalancers/$balancer")
  [ "$(jq -r .status <<<"$shown")" != ready ] || break
  sleep 1
done
jq '{identity, status, statusMessage, externalIpAddresses}' <<<"$shown"
