"""Whose failed sign-ins are counted where a web server stands in front."""

import re
import subprocess
import sys
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest

from moderation.sign_in import begin
from moderation.storage import open_store
from tests.factories import NOON

VISITOR = "192.0.2.7"


def fail_to_sign_in(site: str) -> int:
    """Send a wrong password as a web server in front would, and return the status."""
    opener = build_opener(HTTPCookieProcessor(CookieJar()))
    page = opener.open(f"{site}logga-in").read().decode()
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found is not None
    form = {"csrf_token": found[1], "user_name": "ingen", "password": "fel"}
    request = Request(  # noqa: S310 - our own server on this machine
        f"{site}logga-in",
        data=urlencode(form).encode(),
        headers={"X-Forwarded-For": VISITOR},
    )
    with pytest.raises(HTTPError) as refused:
        opener.open(request)
    status = refused.value.code
    refused.value.close()
    return status


@pytest.mark.parametrize(("trusted", "counted"), [("127.0.0.1", True), ("", False)])
def test_the_visitors_address_is_believed_only_from_a_trusted_web_server(
    trusted: str,
    counted: bool,  # noqa: FBT001 - a row of the table above
    database: Path,
    tmp_path: Path,
) -> None:
    command = ["-m", "tests.journeys.command", "serve", "--port", "0"]
    with subprocess.Popen(
        [sys.executable, *command, "--database", str(database)],
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={"PATH": "", "TMPDIR": str(tmp_path), "UPPSIKT_TRUSTED_PROXY": trusted},
    ) as running:
        assert running.stdout is not None
        site = running.stdout.readline().removeprefix("Uppsikt finns på ").strip()
        status = fail_to_sign_in(site)
        running.terminate()

    store = open_store(str(database))
    keys = begin(store, name="x", address=VISITOR, at=NOON).counted
    with store.transaction() as tx:
        counts = [one.count for one in tx.sign_in_failures(list(keys)).values()]
    store.close()
    assert status == 401
    assert sorted(counts) == ([1, 2] if counted else [1, 1])
