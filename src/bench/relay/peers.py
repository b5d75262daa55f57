"""Configurations of the peers: one thread or worker, no access log, timeouts and half-close as a listener of ours has them.

Buffers are 64 KiB; Envoy keeps its default of 1 MiB, because 64 KiB cost it up to half as much again.
"""
import json
import os
import subprocess

IDLE, UDP_IDLE = 6000, 60  # seconds


def version(executable):
    for option in ("-v", "--version"):
        done = subprocess.run([*executable, option], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        words = done.stdout.replace("\n", " ").split()
        if words and words[0] == "HAProxy":
            return words[2]
        if "nginx" in done.stdout and "/" in done.stdout:
            return done.stdout.split("/")[-1].split()[0]
        if "version:" in words:
            return words[words.index("version:") + 1].split("/")[1]
    return "?"


def haproxy(tcp, target, splice=(), pipe=None):
    lines = [
        "global",
        "  nbthread 1",
        "  maxconn 9700",  # 2 descriptors for each, of the 20,000 that a process may have here
        "  maxpipes 100",
        "  tune.bufsize 65536",
        *([f"  tune.pipesize {pipe}"] if pipe else []),
        "defaults",
        "  mode tcp",
        "  backlog 4096",
        "  timeout connect 5s",
        f"  timeout client {IDLE}s",
        f"  timeout server {IDLE}s",
    ]
    lines += [f"  option {option}" for option in splice]
    for port, target_port in tcp:
        lines += [f"listen l{port}", f"  bind 127.0.0.1:{port}", f"  server a {target}:{target_port}"]
    return "\n".join(lines) + "\n"


def nginx(tcp, target, udp, root):
    module = os.path.join(root or "/", "usr/lib/nginx/modules/ngx_stream_module.so")
    listeners = "".join(f"  server {{ listen 127.0.0.1:{port} backlog=4096; proxy_pass {target}:{to}; }}\n" for port, to in tcp)
    return (
        (f"load_module {module};\n" if os.path.exists(module) else "")
        + f"""daemon off;
master_process off;
pid nginx.pid;
error_log stderr error;
worker_rlimit_nofile 20000;
events {{ worker_connections 19500; }}
stream {{
  access_log off;
  tcp_nodelay on;
  proxy_buffer_size 64k;
  proxy_half_close on;
  proxy_timeout {IDLE}s;
{listeners}  server {{ listen 127.0.0.1:{udp[0]} udp; proxy_pass 127.0.0.1:{udp[1]}; proxy_timeout {UDP_IDLE}s; }}
}}
"""
    )


def envoy(tcp, target, udp):
    clusters = [cluster(f"t{to}", target, to) for _, to in tcp] + [cluster("udp", "127.0.0.1", udp[1])]
    listeners = [envoy_listener(port, f"t{to}") for port, to in tcp] + [envoy_udp(udp[0])]
    return json.dumps({"static_resources": {"listeners": listeners, "clusters": clusters}}, indent=1) + "\n"


def endpoint(address, port, protocol="TCP"):
    return {"socket_address": {"protocol": protocol, "address": address, "port_value": port}}


def cluster(name, address, port):
    most = {name: 1000000 for name in ("max_connections", "max_pending_requests", "max_requests")}
    return {
        "name": name,
        "type": "STATIC",
        "connect_timeout": "5s",
        "circuit_breakers": {"thresholds": [most]},
        "load_assignment": {
            "cluster_name": name,
            "endpoints": [{"lb_endpoints": [{"endpoint": {"address": endpoint(address, port)}}]}],
        },
    }


def envoy_listener(port, to):
    proxy = {
        "@type": "type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy",
        "stat_prefix": to,
        "cluster": to,
        "idle_timeout": f"{IDLE}s",
    }
    return {
        "name": f"l{port}",
        "address": endpoint("127.0.0.1", port),
        "tcp_backlog_size": 4096,
        "filter_chains": [{"filters": [{"name": "tcp", "typed_config": proxy}]}],
    }


def envoy_udp(port):
    proxy = {
        "@type": "type.googleapis.com/envoy.extensions.filters.udp.udp_proxy.v3.UdpProxyConfig",
        "stat_prefix": "udp",
        "idle_timeout": f"{UDP_IDLE}s",
        "matcher": {
            "on_no_match": {
                "action": {
                    "name": "route",
                    "typed_config": {"@type": "type.googleapis.com/envoy.extensions.filters.udp.udp_proxy.v3.Route", "cluster": "udp"},
                }
            }
        },
        "upstream_socket_config": {"prefer_gro": True},
    }
    return {
        "name": f"u{port}",
        "address": endpoint("127.0.0.1", port, "UDP"),
        "udp_listener_config": {"downstream_socket_config": {"prefer_gro": True}},
        "listener_filters": [{"name": "udp", "typed_config": proxy}],
    }
