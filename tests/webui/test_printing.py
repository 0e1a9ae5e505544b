import pytest

from tests.factories import an_assessed_comment
from tests.webui.conftest import Record
from tests.webui.visitor import HIDING, Visitor


@pytest.mark.parametrize("address", ["/kommentar/1", "/logg/1", "/siffror/"])
def test_a_printed_page_says_when_and_by_whom(
    address: str, record: Record, eva: Visitor
) -> None:
    record(an_assessed_comment())
    eva.decide(1, HIDING)

    page = eva.get(address).text

    assert (
        '<p class="print-only">Utskrivet ur Uppsikt 2 mars 2026 kl. 12.00 av Eva. '
        f"{address}</p>"
    ) in page
    assert 'href="/static/print.css"' in page
