"""What keeps the public from asking too much, and staff from being locked out: limits, proxies, origins, switches, accounts."""

from collections.abc import Iterator

from qa_service.access.staff import Role
from qa_service.clock import china_clock
from qa_service.doctor.finding import Finding, judged, warning
from qa_service.journal.switches import NAMES, SwitchStore
from qa_service.keeping import open_journal
from qa_service.server.rate_limit import OFF, RateLimits
from qa_service.settings import Settings
from qa_service.staff_gate import open_staff_gate

_WIDE_BITS = 8


def look_at_protection(settings: Settings) -> Iterator[Finding]:
    """Look at everything that stands between the public and the service."""
    RateLimits(
        asking=settings.rate_limit,
        session=settings.rate_limit_session,
        reading=settings.rate_limit_reading,
        desk=settings.rate_limit_desk,
    )
    yield judged(
        settings.rate_limit != OFF,
        f"限流：每个地址 {settings.rate_limit}，每个会话 {settings.rate_limit_session}",
        "没有限流，任何人都能占满这台机器。请设 QA_RATE_LIMIT，如 30/minute。",
    )
    if settings.workers > 1 and settings.redis_url is None and settings.rate_limit != OFF:
        yield warning(
            f"限流在 {settings.workers} 个进程里各数各的，实际上限约为 {settings.workers} 倍。要严格请设 QA_REDIS_URL。"
        )
    yield from _proxies(settings)
    if "*" in settings.origins:
        yield warning("QA_WIDGET_ORIGINS 里有 *，任何网站的页面都能用本服务。请改为列出自己的网站。")
    if any(origin.startswith("http://") for origin in settings.origins):
        yield warning("QA_WIDGET_ORIGINS 里有 http:// 的网站，途中可能被篡改。请改用 https。")
    if settings.redis_url is not None:
        yield _redis(settings.redis_url.get_secret_value())


def look_at_switches(settings: Settings) -> Iterator[Finding]:
    """Look at what is switched off."""
    off = SwitchStore(open_journal(settings), china_clock).off()
    if not off:
        yield Finding(True, f"开关：{len(NAMES)} 个都开着")
    for entry in off:
        yield warning(
            f"{NAMES[entry.name]}（{entry.name}）自 {entry.at:%Y-%m-%d} 起停用，{entry.by}：{entry.comment}。"
            f"恢复：qa-service switch on {entry.name} --comment …"
        )


def look_at_staff(settings: Settings) -> Iterator[Finding]:
    """Look at whether anybody can sign in."""
    if not open_journal(settings).exists():
        yield Finding(True, "员工账号：还没有。第一个管理员：qa-service staff add 姓名 --role admin")
        return
    accounts = [account for account in open_staff_gate(settings).accounts.list() if not account.disabled]
    admins = sum(account.role is Role.ADMIN for account in accounts)
    yield judged(
        admins > 0 or not accounts,
        f"员工账号：{len(accounts)} 个可用，其中管理员 {admins} 个",
        "没有管理员，没人能管账号和开关。请运行 qa-service staff add 姓名 --role admin。",
    )
    if accounts and not (settings.public_url or "").startswith("https://"):
        yield warning("员工登录没有限定 https。放在 https 后面时请设 QA_PUBLIC_URL=https://…。")


def _proxies(settings: Settings) -> Iterator[Finding]:
    if settings.public_url and not settings.proxies:
        yield warning(
            f"设了 QA_PUBLIC_URL={settings.public_url}，没有设 QA_TRUSTED_PROXIES。若前面有反向代理，所有人会被当成一个地址限流；"
            "请写上代理的地址，如 127.0.0.1。"
        )
    for proxy in settings.proxies:
        if "/" in proxy and int(proxy.rpartition("/")[2]) < _WIDE_BITS:
            yield warning(f"QA_TRUSTED_PROXIES 里的 {proxy} 太宽，谁都能冒充别的地址。请只写代理自己的地址。")


def _redis(url: str) -> Finding:
    try:
        import redis
    except ImportError:
        return Finding(False, "设了 QA_REDIS_URL，没有安装 redis。请运行 pip install 'qa-service[redis]'。")
    try:
        with redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2) as server:
            server.ping()
    except (redis.RedisError, OSError, ValueError) as error:
        return warning(f"Redis 连不上（{error}）：会话和限流由各进程自己记。请检查 QA_REDIS_URL 和网络。")
    return Finding(True, "Redis：连得上")
