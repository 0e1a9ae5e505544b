import os
import subprocess
import sys
from pathlib import Path

import pytest
from presidio_analyzer import AnalyzerEngine

from tests.bench.presidio import SWEDISH, analyzer


@pytest.fixture(scope="module")
def presidio() -> AnalyzerEngine:
    return analyzer()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Hon har 19580926-2743 som nummer", "SE_PERSONNUMMER"),
        ("Bolaget är 556677-8899 sedan i våras", "SE_ORGANISATIONSNUMMER"),
        ("Ring 070-1740605 i kväll", "PHONE_NUMBER"),
        ("Skriv till kim@example.se i kväll", "EMAIL_ADDRESS"),
        ("Sätt in på SE45 5000 0000 0583 9825 7466", "IBAN_CODE"),
        ("Kortet är 4111 1111 1111 1111 och spärrat", "CREDIT_CARD"),
        ("Läs https://www.example.se/nytt i kväll", "URL"),
    ],
)
def test_presidio_is_measured_while_it_finds_every_kind(
    presidio: AnalyzerEngine, text: str, kind: str
) -> None:
    found = presidio.analyze(text, SWEDISH)

    assert kind in {result.entity_type for result in found}


LOOKS_UP = """
import sys
asked = []
sys.addaudithook(lambda event, _: asked.append(event))
from tests.bench.presidio import SWEDISH, analyzer
assert analyzer().analyze("Skriv till kim@example.se", SWEDISH)
sys.exit("socket.getaddrinfo" in asked or "socket.connect" in asked)
"""


def test_presidio_looks_nothing_up_on_the_network(tmp_path: Path) -> None:
    """A new home has no list of domains from an earlier download."""
    run = subprocess.run(
        [sys.executable, "-c", LOOKS_UP],
        check=False,
        env={**os.environ, "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)},
        cwd=Path(__file__).parents[2],
    )

    assert run.returncode == 0
