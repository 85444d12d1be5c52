"""What an application holds while it runs: the service that answers, and what is counted of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from fastapi import FastAPI

from qa_service.journal.daily_purge import DailyPurge
from qa_service.keeping import open_purge, open_secret_key
from qa_service.server.access_log import access_log
from qa_service.server.handled import Accounts
from qa_service.server.live import LiveService
from qa_service.server.metrics import Metrics
from qa_service.server.rate_limit import RateLimits
from qa_service.service import Service


@dataclass
class Standing:
    """One application's running state."""

    accounts: Accounts = field(default_factory=Accounts)
    metrics: Metrics = field(default_factory=Metrics)
    live: LiveService | None = None
    purge: DailyPurge | None = None

    def begin(self, app: FastAPI, service: Service) -> None:
        """Let a service answer, count what it answers, and watch for the build that follows."""
        service = counted(service, self.metrics)
        settings = service.settings
        self.accounts.listeners[:] = [self.metrics.handled, access_log(open_secret_key(settings))]

        app.state.trusted_proxies, app.state.widget_origins = settings.proxies, settings.origins
        app.state.public_url = settings.public_url
        app.state.admission = service.lasting and service.lasting.admission
        app.state.limits = RateLimits(
            asking=settings.rate_limit,
            session=settings.rate_limit_session,
            reading=settings.rate_limit_reading,
            desk=settings.rate_limit_desk,
            redis_url=settings.redis_url.get_secret_value() if settings.redis_url else None,
        )

        def answers_now(following: Service) -> None:
            app.state.service = following

        self.live = LiveService(service, changed=answers_now, looked=self.look)
        answers_now(service)
        self.look()
        self.live.start()
        self.purge = DailyPurge(open_purge(settings, service.clock))
        self.purge.start()

    def look(self) -> None:
        """Bring the figures up to date."""
        if self.live:
            self.metrics.look_at(self.live, self.accounts)

    def end(self, app: FastAPI) -> Service | None:
        """Answer no more; returns what is left to be closed."""
        app.state.service = None
        if self.live is None:
            return None
        self.live.stop()
        if self.purge:
            self.purge.close()
        return self.live.service


def counted(service: Service, metrics: Metrics) -> Service:
    """Return the service with its answers counted, as are those of the builds that follow."""
    counting = (*service.counting, metrics.answered)
    lasting = service.lasting and replace(service.lasting, counting=counting)
    return replace(service, counting=counting, lasting=lasting)
