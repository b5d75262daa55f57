# Sourced by every part of dev-cluster: where things are, and how processes are started and ended.
# Expects $name, the cluster's.

state=${XDG_CACHE_HOME:-$HOME/.cache}/thalassa-lb/clusters/$name
parts=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
run=$state/run log=$state/log pki=$state/pki

# The network inside the cluster's namespace, where no other cluster and nothing of the machine can be met.
network=10.88.0      # .1 is what lies outside the nodes, .1N is node N
pods=10.244          # .N.0/24 are the pods of node N
services=10.96       # .0.0/16
pools=10.87          # .0.0/16: addresses for load balancers, which lead to a node as services do
clients=10.89        # .0.0/16: all are addresses of what lies outside the nodes, for clients that want many

# Settings of `up`, kept for what comes later.
port=6443 nodes=3 kube_proxy_sync=default pod_security=privileged network_policies=no audit_log=no node_grace=40s
tools=  # the directory that bin/kube-tools fills
if [ -f "$state/settings" ]; then . "$state/settings"; fi

export PATH=$PATH:/usr/sbin:/sbin

say() { echo "dev-cluster $name: $*" >&2; }
fail() { say "$@"; exit 1; }

# started_at PID: when, in words that no other process of this machine has; a process number is used again.
started_at() {
  local stat
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  set -- ${stat##*)}
  echo "${20}@$(cat /proc/sys/kernel/random/boot_id)"
}

# Inside, processes are known by a file: run/NAME.pid; and what they were started with: run/NAME.command.
alive() { [ -s "$run/$1.pid" ] && kill -0 "$(cat "$run/$1.pid")" 2>/dev/null; }

# join MACHINE: from now on this process and what it starts has its processors as a part of that machine. Machines have equal
# shares of them, however many processes each has: a branch of the cgroups, as a node's pods are one.
join() {
  local tree=/sys/fs/cgroup/cpu
  [ -d "$tree" ] || tree=/sys/fs/cgroup
  mkdir -p "$tree/thalassa-lb-$name-$1"
  echo 0 >"$tree/thalassa-lb-$name-$1/cgroup.procs"
}

# forget_soon: connections that ended stay in this network's table for 10 s in place of 120. kube-proxy reads all of the table
# whenever endpoints of a UDP service change, and here as many of them as there are machines do so at once, on two cores.
forget_soon() {
  local seconds=/proc/sys/net/netfilter/nf_conntrack_tcp_timeout_time_wait
  [ ! -e "$seconds" ] || echo 10 >"$seconds"
}

# spawn NAME COMMAND...: starts a daemon once; one that runs with another command line is replaced.
spawn() {
  local who=$1; shift
  if alive "$who"; then
    [ "$(cat "$run/$who.command")" != "$*" ] || return 0
    end "$who"
  fi
  echo "$*" >"$run/$who.command"
  setsid "$@" >>"$log/$who.log" 2>&1 </dev/null 9>&- &
  echo $! >"$run/$who.pid"
}

# end NAME: SIGTERM, and SIGKILL after 5 s.
end() {
  [ -s "$run/$1.pid" ] || return 0
  local pid; pid=$(cat "$run/$1.pid")
  if kill "$pid" 2>/dev/null; then
    for _ in $(seq 50); do gone "$pid" && break; sleep 0.1; done
    kill -9 "$pid" 2>/dev/null || true
  fi
  rm -f "$run/$1.pid"
}

# A dead process that nobody has collected yet is gone as well.
gone() { [ ! -d "/proc/$1" ] || grep -q '^State:.Z' "/proc/$1/status" 2>/dev/null; }

# within SECONDS WHAT COMMAND...: asks every 0.1 s until it succeeds.
within() {
  local deadline=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$deadline" ] || fail "$what: not within time (its logs are in $log)"
    sleep 0.1
  done
}
