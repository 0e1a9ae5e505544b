import re
from html import unescape

import pytest

from moderation.domain.category import Category
from tests.factories import (
    a_clean_comment,
    a_finding,
    a_verdict,
    an_assessed_comment,
    an_unassessed_verdict,
)
from tests.webui.conftest import Record
from tests.webui.visitor import Visitor

SCRIPT = "<script>alert(1)</script>"


class TestTheQueue:
    def test_it_lists_the_most_urgent_first(self, record: Record, eva: Visitor) -> None:
        spam = a_verdict(a_finding(Category.SPAM, end=5))
        record(
            an_assessed_comment("Billiga klockor", external_id="1", verdict=spam),
            an_assessed_comment("Jag ska slå dig nu", external_id="2"),
        )

        page = eva.get("/ko/").text

        assert page.index("/kommentar/2") < page.index("/kommentar/1")
        assert "Troligt hot" in page
        assert "Trolig reklam eller skräp" in page

    def test_it_says_when_nothing_waits(self, eva: Visitor) -> None:
        assert "Kön är tom. Kvittera dagens tillsyn." in eva.get("/ko/").text

    def test_it_leaves_out_what_needs_nobody(
        self, record: Record, eva: Visitor
    ) -> None:
        record(a_clean_comment())

        assert "Kön är tom." in eva.get("/ko/").text

    def test_it_can_be_narrowed_to_a_channel_and_a_category(
        self, record: Record, eva: Visitor
    ) -> None:
        spam = a_verdict(a_finding(Category.SPAM, end=5))
        record(
            an_assessed_comment(channel="bloggen", external_id="1"),
            an_assessed_comment(channel="bloggen", external_id="2", verdict=spam),
            an_assessed_comment(channel="hemsidan", external_id="3"),
        )

        page = eva.get("/ko/?kanal=bloggen&kategori=threat").text

        assert re.findall(r"/kommentar/(\d+)", page) == ["1"]

    def test_it_can_be_narrowed_to_what_was_not_assessed(
        self, record: Record, eva: Visitor
    ) -> None:
        record(
            an_assessed_comment(external_id="1"),
            an_assessed_comment(external_id="2", verdict=an_unassessed_verdict()),
        )

        page = eva.get("/ko/?ejbedomda=y").text

        assert re.findall(r"/kommentar/(\d+)", page) == ["2"]
        assert "Ej bedömt" in page

    def test_it_counts_what_waits_and_turns_pages(
        self, record: Record, eva: Visitor
    ) -> None:
        record(*(an_assessed_comment(external_id=str(n)) for n in range(27)))

        first = eva.get("/ko/").text
        following = re.search(r'rel="next" href="([^"]+)"', first)
        assert following is not None
        second = eva.get(unescape(following[1])).text

        assert 'Att granska <span class="count">27</span>' in first
        assert first.count('class="row-link"') == 25
        assert second.count('class="row-link"') == 2
        assert 'rel="prev"' in second
        assert 'rel="next"' not in second

    @pytest.mark.parametrize(
        "query",
        [
            "efter=0",
            "efter=-1_1",
            "efter=" + "9" * 5000,
            "efter=" + "9" * 19 + "_1",
            "tid=²",
            "tid=" + "9" * 5000,
            "tid=0",
            "alder=9d&kalla=x",
            "kanal=%00",
            "kanal=" + "x" * 60_000,
            "kategori=finns-inte",
            "status=superseded",
            "kanal=%ff",
        ],
    )
    def test_a_nonsensical_filter_does_no_harm(
        self, query: str, record: Record, eva: Visitor
    ) -> None:
        record(an_assessed_comment())

        assert eva.get(f"/ko/?{query}").status_code == 200

    def test_it_cannot_be_posted_to(self, eva: Visitor) -> None:
        assert eva.send("/ko/").status_code == 405
