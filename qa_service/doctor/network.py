"""The port, and who can reach the service."""

import socket
from collections.abc import Iterator
from ipaddress import ip_address

from qa_service.doctor.finding import Finding, warning
from qa_service.settings import Settings


def look_at_network(settings: Settings) -> Iterator[Finding]:
    """Look at where it listens and who may see the metrics."""
    yield _port(settings)
    if not _is_loopback(settings.host):
        yield warning(
            f"监听 {settings.host}，别的机器直接连得到，且不加密。对外提供时请放在 nginx 后面用 HTTPS（deploy/nginx.conf），"
            "QA_HOST 改为 127.0.0.1；在容器里则只把端口映射到 127.0.0.1。"
        )
    for network in settings.allowed_metrics_networks:
        if network.prefixlen == 0:
            yield warning(f"QA_METRICS_NETWORKS 里的 {network} 是任何人，/metrics 会公开。请改成监控服务器的网段。")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _port(settings: Settings) -> Finding:
    with socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET) as probe:
        probe.settimeout(1)
        try:
            taken = probe.connect_ex((settings.host, settings.port)) == 0
        except OSError:
            taken = False
    return Finding(True, f"端口：{settings.port} {'已有程序在监听（若不是本服务，请换端口）' if taken else '空闲'}")
