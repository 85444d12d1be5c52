"""An official page from its address, without letting an address reach into the operator's own network."""

from __future__ import annotations

import ipaddress
import re
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import httpcore

from qa_service.corpus.readers.file_type import LARGEST_FILE, SUFFIXES
from qa_service.corpus.timed_stream import TimedStream
from qa_service.errors import ImportFileError

_MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TIMEOUT_S = 20.0
"""For one step: connecting, or the next bytes."""
_LONGEST_S = 180.0
"""For the whole download: a site that sends a byte now and then must not hold the command."""
_HEADERS = [("User-Agent", "qa-service"), ("Accept-Encoding", "identity")]
_KEPT = "/%:@!$&'()*+,;=~-._?"
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_FAILURES = (
    httpcore.NetworkError,
    httpcore.TimeoutException,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
    OSError,
    ValueError,
)
_VAGUE = frozenset(
    {"", "application/octet-stream", "binary/octet-stream", "application/force-download", "application/x-download"}
)
_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "text/plain": ".txt",
    "text/markdown": ".md",
}
Resolve = Callable[[str, int], Iterable[str]]
"""A host name and a port to the addresses it stands for."""


class _GuardedBackend(httpcore.NetworkBackend):
    """Connects only to public addresses, and to the very address that was judged: a name cannot change in between."""

    def __init__(self, resolve: Resolve, backend: httpcore.NetworkBackend, deadline: float) -> None:
        self._resolve = resolve
        self._backend = backend
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = [ipaddress.ip_address(address) for address in self._resolve(host, port)]
        if not addresses:
            raise ImportFileError(f"找不到主机 {host} 的地址。请核对地址和网络。")
        if refused := [a for a in addresses if not _is_public(a)]:
            raise ImportFileError(f"{host} 指向内网或保留地址（{refused[0]}），没有访问。只能导入公开网站上的文件。")
        stream = self._backend.connect_tcp(str(addresses[0]), port, timeout, local_address, socket_options)
        return TimedStream(stream, self._deadline)


def fetch(
    url: str,
    folder: Path,
    *,
    resolve: Resolve | None = None,
    backend: httpcore.NetworkBackend | None = None,
) -> Path:
    """Download ``url`` into ``folder`` under a name of its type; returns the file.

    Every redirect is judged like the first address. At most 50 MB are read.

    Raises:
        ImportFileError: the address is not http(s), leads into a private network, cannot be reached, or holds no
            file of a type that is read.
    """
    deadline = time.monotonic() + _LONGEST_S
    guarded = _GuardedBackend(resolve or _resolve, backend or httpcore.SyncBackend(), deadline)
    timeouts = dict.fromkeys(("connect", "read", "write", "pool"), _TIMEOUT_S)
    with httpcore.ConnectionPool(network_backend=guarded) as pool:
        for _ in range(_MOST_REDIRECTS + 1):
            address = _checked(url)
            try:
                with pool.stream("GET", address, headers=_HEADERS, extensions={"timeout": timeouts}) as reply:
                    headers = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in reply.headers}
                    if reply.status in _REDIRECTS and "location" in headers:
                        url = urljoin(address, headers["location"])
                        continue
                    if reply.status != 200:
                        raise ImportFileError(f"{url}：网站答复 {reply.status}，没有取到文件。请在浏览器里核对地址。")
                    return _save(url, headers, reply.iter_stream(), folder, deadline)
            except _FAILURES as error:
                if time.monotonic() > deadline:
                    raise ImportFileError(_too_slow(url)) from error
                raise ImportFileError(
                    f"{url}：连接不上（{str(error) or type(error).__name__}）。请检查网络，或下载后导入文件。"
                ) from error
    raise ImportFileError(f"{url}：转向超过 {_MOST_REDIRECTS} 次，没有取到文件。请在浏览器里打开，用最后的地址再试。")


def _checked(url: str) -> str:
    """Return ``url`` as a request needs it, Chinese characters encoded.

    Raises:
        ImportFileError: it is malformed, not http(s), or carries a password.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        name = host if ":" in host else host.encode("idna").decode("ascii")
        path, query = (quote(part, safe=_KEPT) for part in (parts.path or "/", parts.query))
    except (ValueError, UnicodeError) as error:
        raise ImportFileError(f"{url}：不是合格的网址（{error}）。请在浏览器里核对后整条复制。") from error
    if parts.scheme not in ("http", "https") or not name:
        raise ImportFileError(f"{url}：只能导入 http 或 https 地址；本机文件请直接写路径。")
    if parts.username is not None or parts.password is not None:
        raise ImportFileError(f"{_without_user(url)}：地址里带有用户名或密码，没有访问。请去掉后再试。")
    where = (f"[{name}]" if ":" in name else name) + (f":{port}" if port else "")
    return urlunsplit((parts.scheme, where, path, query, ""))


def _without_user(url: str) -> str:
    """A password is not repeated in a message."""
    return re.sub(r"//[^/]*@", "//***@", url)


def _save(url: str, headers: dict[str, str], chunks: Iterable[bytes], folder: Path, deadline: float) -> Path:
    suffix = _suffix(url, headers)
    if headers.get("content-encoding", "identity") != "identity":
        raise ImportFileError(f"{url}：网站返回压缩过的内容，没有读取。请用浏览器下载后导入文件。")
    target, size = folder / f"fetched{suffix}", 0
    with target.open("wb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > LARGEST_FILE:
                raise ImportFileError(f"{url}：超过 {LARGEST_FILE // 1024 // 1024} MB 的上限，没有导入。请只导入正文。")
            if time.monotonic() > deadline:
                raise ImportFileError(_too_slow(url))
            file.write(chunk)
    return target


def _too_slow(url: str) -> str:
    return f"{url}：{_LONGEST_S:.0f} 秒内没有下载完，没有导入。请下载后导入文件。"


def _suffix(url: str, headers: dict[str, str]) -> str:
    """Return the ending of the file's type: what the site says it is, or its name where the site says nothing of use."""
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    disposed = re.search(r"filename\*?=[^;]*?(\.[A-Za-z]{2,5})\"?\s*(?:;|$)", headers.get("content-disposition", ""))
    named = (disposed[1] if disposed else Path(urlsplit(url).path).suffix).lower()
    if named in SUFFIXES and (kind in _VAGUE or (kind == "text/plain" and named == ".md")):
        return named
    if kind not in _SUFFIXES:
        raise ImportFileError(f"{url}：内容类型是 {kind or '未注明'}，不是能读的文件。能读网页、docx、pdf、txt、md。")
    return _SUFFIXES[kind]


def _resolve(host: str, port: int) -> list[str]:
    try:
        return [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        raise ImportFileError(f"找不到主机 {host}（{error}）。请核对地址和网络。") from error


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an address is of the public internet, and so is the one that it carries within, if any."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return _is_public(address.ipv4_mapped)
        if not all(map(_is_public, _carried(address))):
            return False
    return address.is_global and not address.is_multicast


def _carried(address: ipaddress.IPv6Address) -> Iterator[ipaddress.IPv4Address]:
    """Yield the IPv4 addresses that gateways would unpack: 6to4, Teredo, NAT64 (RFC 6052)."""
    if address.sixtofour:
        yield address.sixtofour
    if address.teredo:
        yield from address.teredo
    if address in _NAT64:
        yield ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
