import asyncio
from collections.abc import Awaitable, Callable
from itertools import repeat

from proof.latencies import Outcome, summary
from proof.pacing import Pace, send_paced

GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def _against(serve: Serve, pace: Pace) -> list[Outcome]:
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    outcomes = await send_paced("127.0.0.1", port, pace, repeat(GET))
    server.close()
    await server.wait_closed()
    return outcomes


def against(serve: Serve, pace: Pace) -> list[Outcome]:
    return asyncio.run(_against(serve, pace))


def answering(delay_s: float = 0, status: int = 200) -> Serve:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await reader.readuntil(b"\r\n\r\n"):
                await asyncio.sleep(delay_s)
                writer.write(b"HTTP/1.1 %d X\r\nContent-Length: 2\r\n\r\nok" % status)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    return serve


def test_as_many_are_sent_as_are_due() -> None:
    outcomes = against(answering(), Pace(100, 0.5, 8))
    assert len(outcomes) == 50
    assert summary(outcomes, 0.5).statuses == {"200": 50}
    assert 80 < summary(outcomes, 0.5).per_second <= 100


def test_a_slow_server_does_not_slow_the_questions_and_waiting_is_counted() -> None:
    # One connection that takes 50 ms answers 20 a second; of 60 a second for half a second the last waits a second.
    outcomes = against(answering(delay_s=0.05), Pace(60, 0.5, 1))
    found = summary(outcomes, 0.5)
    assert found.statuses == {"200": 30}
    assert found.max_ms is not None
    assert found.max_ms > 700


def test_refusals_are_told_from_answers() -> None:
    found = summary(against(answering(status=503), Pace(100, 0.2, 4)), 0.2)
    assert found.statuses == {"503": 20}
    assert found.per_second == 0


def test_who_is_not_answered_in_time_is_given_up() -> None:
    outcomes = against(answering(delay_s=5), Pace(20, 0.2, 4, timeout_s=0.4))
    assert summary(outcomes, 0.2).statuses == {"timeout": 4}


def test_a_connection_that_breaks_is_counted() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.transport.abort()

    assert set(summary(against(serve, Pace(20, 0.2, 4, timeout_s=1)), 0.2).statuses) == {"closed"}


def test_what_is_no_http_is_counted() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(b"nonsense\r\n\r\n")
        await writer.drain()
        writer.close()

    assert set(summary(against(serve, Pace(20, 0.2, 4, timeout_s=1)), 0.2).statuses) == {"garbled"}
