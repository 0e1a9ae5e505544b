"""Visits to the pages over real HTTP, each begun when it was planned to begin."""

import http.client
import queue
import re
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_FORM = "application/x-www-form-urlencoded"
_PATIENCE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request, and the status that it should get."""

    kind: str
    path: str
    fields: tuple[tuple[str, str], ...] | None = None
    """What a form carries; None where nothing is sent."""
    expected: int = 200
    is_anonymous: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a request came to."""

    call: Call
    seconds: float
    """From when it was planned, so that a server that is late is seen to be."""
    status: int
    """0 where the connection broke."""
    size: int

    @property
    def is_wrong(self) -> bool:
        """Whether it is not what was expected."""
        return self.status != self.call.expected


@dataclass(slots=True)
class Session:
    """Somebody who is signed in."""

    host: str
    port: int
    cookie: str = ""
    token: str = ""

    def connect(self) -> http.client.HTTPConnection:
        """Return a connection of its own."""
        return http.client.HTTPConnection(self.host, self.port, timeout=_PATIENCE)

    def request(
        self, connection: http.client.HTTPConnection, call: Call
    ) -> tuple[http.client.HTTPResponse, bytes]:
        """Send one request and read all of the answer."""
        headers = {} if call.is_anonymous else {"Cookie": self.cookie}
        if call.fields is None:
            connection.request("GET", call.path, headers=headers)
        else:
            body = urlencode([("csrf_token", self.token), *call.fields])
            headers["Content-Type"] = _FORM
            connection.request("POST", call.path, body=body, headers=headers)
        response = connection.getresponse()
        return response, response.read()


def sign_in(address: str, name: str, password: str) -> Session:
    """Return a session, begun as a browser begins one."""
    parts = urlsplit(address)
    session = Session(parts.hostname or "", parts.port or 80)
    connection = session.connect()
    _read_form(session, connection, "/logga-in")
    fields = (("user_name", name), ("password", password))
    call = Call(kind="", path="/logga-in", fields=fields, expected=302)
    response, _ = session.request(connection, call)
    if response.status != call.expected:
        message = f"Signing in was answered with {response.status}"
        raise SystemExit(message)
    _take_cookie(session, response)
    _read_form(session, connection, "/grunder")
    connection.close()
    return session


def _read_form(
    session: Session, connection: http.client.HTTPConnection, path: str
) -> None:
    response, body = session.request(connection, Call(kind="", path=path))
    _take_cookie(session, response)
    found = _TOKEN.search(body.decode())
    if found is None:
        message = f"{path} has no form"
        raise SystemExit(message)
    session.token = found[1]


def _take_cookie(session: Session, response: http.client.HTTPResponse) -> None:
    given = response.headers.get("Set-Cookie")
    if given:
        session.cookie = given.partition(";")[0]


def visit(
    session: Session, calls: Sequence[Call], *, rate: float, visitors: int
) -> list[Answer]:
    """Make the requests, that many a second whether or not the last were answered."""
    waiting: queue.SimpleQueue[tuple[float, Call]] = queue.SimpleQueue()
    begins = time.perf_counter() + 0.1
    for number, call in enumerate(calls):
        waiting.put((begins + number / rate, call))
    answers: list[Answer] = []
    threads = [
        threading.Thread(target=_work, args=(session, waiting, answers))
        for _ in range(visitors)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def one_by_one(session: Session, calls: Iterable[Call]) -> list[Answer]:
    """Make the requests, each when the one before has been answered."""
    connection = session.connect()
    answers = [_answer(session, connection, c, time.perf_counter()) for c in calls]
    connection.close()
    return answers


def _work(
    session: Session,
    waiting: queue.SimpleQueue[tuple[float, Call]],
    answers: list[Answer],
) -> None:
    connection = session.connect()
    while True:
        try:
            planned, call = waiting.get_nowait()
        except queue.Empty:
            break
        time.sleep(max(planned - time.perf_counter(), 0))
        answers.append(_answer(session, connection, call, planned))
    connection.close()


def _answer(
    session: Session,
    connection: http.client.HTTPConnection,
    call: Call,
    began: float,
) -> Answer:
    try:
        response, body = session.request(connection, call)
        status, size = response.status, len(body)
    except (OSError, http.client.HTTPException):
        connection.close()
        status = size = 0
    seconds = time.perf_counter() - began
    return Answer(call=call, seconds=seconds, status=status, size=size)
