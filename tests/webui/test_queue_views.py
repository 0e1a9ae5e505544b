import re
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask

from moderation.domain.category import Category
from moderation.grounds import load_grounds
from moderation.storage import SqlStore
from tests.factories import (
    NOON,
    a_clean_comment,
    a_finding,
    a_verdict,
    an_assessed_comment,
)
from tests.webui.conftest import Record, SignIn
from tests.webui.visitor import KEEPING, PageServices, Visitor
from webui.services import EXTENSION


def set_clock(app: Flask, store: SqlStore, **later: int) -> None:
    moment = NOON + timedelta(**later)
    app.extensions[EXTENSION] = PageServices(store, load_grounds(), moment)


def shown(page: str) -> list[str]:
    return re.findall(r'class="row-link" href="/kommentar/(\d+)', page)


def link(page: str, mark: str) -> str:
    found = re.search(rf'{mark} href="([^"]+)"', page)
    assert found is not None
    return unescape(found[1])


def news_address(page: str) -> str:
    found = re.search(r'data-news="([^"]+)"', page)
    assert found is not None
    return unescape(found[1])


class TestFilters:
    def test_it_can_be_narrowed_to_what_found_it(
        self, record: Record, eva: Visitor
    ) -> None:
        number = a_finding(Category.PERSONAL_DATA, source="personal_data:phone")
        record(
            an_assessed_comment(external_id="1"),
            an_assessed_comment(external_id="2", verdict=a_verdict(number)),
        )

        assert shown(eva.get("/ko/?kalla=rule").text) == ["1"]
        assert shown(eva.get("/ko/?kalla=personal_data").text) == ["2"]

    def test_it_can_be_narrowed_to_what_has_waited_long(
        self, app: Flask, sqlite_store: SqlStore, record: Record, eva: Visitor
    ) -> None:
        record(an_assessed_comment())

        assert shown(eva.get("/ko/?alder=1d").text) == []
        set_clock(app, sqlite_store, days=2)
        assert shown(eva.get("/ko/?alder=1d").text) == ["1"]
        assert shown(eva.get("/ko/?alder=3d").text) == []

    def test_what_is_overdue_is_said_to_be(
        self, app: Flask, sqlite_store: SqlStore, record: Record, eva: Visitor
    ) -> None:
        record(an_assessed_comment())
        assert "Bör granskas senast" in eva.get("/ko/").text

        set_clock(app, sqlite_store, days=2)

        assert "Skulle ha granskats senast" in eva.get("/ko/").text


class TestSavedViews:
    def test_a_filter_gets_a_name_an_address_and_a_count(
        self, record: Record, eva: Visitor
    ) -> None:
        spam = a_verdict(a_finding(Category.SPAM, end=5))
        record(
            an_assessed_comment(external_id="1"),
            an_assessed_comment(external_id="2", verdict=spam),
        )
        assert "Spara som vy" in eva.get("/ko/?kategori=spam").text

        answer = eva.send("/ko/vy/", namn="Bara <skräp>", kategori="spam")

        assert answer.location == "/ko/vy/1"
        page = eva.get("/ko/vy/1").text
        assert shown(page) == ["2"]
        assert "<h1><bdi>Bara &lt;skräp&gt;</bdi></h1>" in page
        assert re.search(r"skräp&gt;</bdi>\s*<span class=\"count\">1<", page)

    def test_a_view_is_renamed_and_deleted(self, eva: Visitor) -> None:
        eva.send("/ko/vy/", namn="Hot", kategori="threat")

        assert eva.send("/ko/vy/1/andra", namn="Alla hot").status_code == 302
        assert "Alla hot" in eva.get("/ko/").text
        assert eva.send("/ko/vy/1/ta-bort").location == "/ko/"
        assert eva.get("/ko/vy/1").status_code == 404

    def test_only_the_officer_shares_a_view(
        self, eva: Visitor, lena: Visitor, signed_in: SignIn
    ) -> None:
        eva.send("/ko/vy/", namn="Evas", kategori="threat")
        assert (
            eva.send("/ko/vy/", namn="A", delad="y", kategori="spam").status_code == 403
        )
        lena.send("/ko/vy/", namn="Lenas", kategori="threat", delad="y")

        page = signed_in("bo").get("/ko/").text

        assert "Lenas" in page
        assert "Evas" not in page
        assert signed_in("bo").get("/ko/vy/1").status_code == 404
        assert signed_in("bo").send("/ko/vy/2/andra", namn="Bos").status_code == 403
        assert signed_in("bo").send("/ko/vy/2/ta-bort").status_code == 403

    @pytest.mark.parametrize(
        ("name", "status", "told"),
        [
            ("", 422, "Skriv ett namn på vyn."),
            ("x" * 61, 422, "Korta namnet till 60 tecken."),
            ("Hot", 409, "Du har redan en vy som heter Hot"),
        ],
    )
    def test_a_name_that_cannot_be_used_is_told_and_kept(
        self, name: str, status: int, told: str, eva: Visitor
    ) -> None:
        eva.send("/ko/vy/", namn="Hot", kategori="threat")

        answer = eva.send("/ko/vy/", namn=name, kategori="spam")

        assert answer.status_code == status
        assert told in answer.text
        assert f'value="{name}"' in answer.text
        assert '<option value="spam" selected>' in answer.text

    def test_a_name_that_is_taken_cannot_be_changed_to(self, eva: Visitor) -> None:
        eva.send("/ko/vy/", namn="Hot", kategori="threat")
        eva.send("/ko/vy/", namn="Hat", kategori="hate")

        assert eva.send("/ko/vy/2/andra", namn="Hot").status_code == 409
        assert eva.send("/ko/vy/2/andra", namn=" ").status_code == 422
        assert eva.send("/ko/vy/2/andra", namn="Hat", delad="y").status_code == 403


class TestTheListStandsStill:
    def test_what_comes_later_does_not_move_the_list_and_is_told_of(
        self, app: Flask, sqlite_store: SqlStore, record: Record, eva: Visitor
    ) -> None:
        record(*(an_assessed_comment(external_id=str(n)) for n in range(27)))
        first = eva.get("/ko/").text
        with sqlite_store.transaction() as tx:
            new = [an_assessed_comment(external_id=f"ny{n}") for n in range(3)]
            tx.record_many(new, received_at=NOON + timedelta(minutes=1))
        set_clock(app, sqlite_store, minutes=2)

        told = eva.get(news_address(first)).json
        second = eva.get(link(first, 'rel="next"')).text
        back = eva.get(link(second, 'rel="prev"')).text

        assert told == {"nya": 3, "text": "Visa 3 nya"}
        assert shown(second) == ["26", "27"]
        assert ">Visa 3 nya</a>" in second
        assert shown(back) == shown(first)
        assert 'Att granska <span class="count">30</span>' in eva.get("/ko/").text

    def test_the_pages_of_a_view_stay_in_the_view(
        self, record: Record, eva: Visitor
    ) -> None:
        record(*(an_assessed_comment(external_id=str(n)) for n in range(27)))
        eva.send("/ko/vy/", namn="Hot", kategori="threat")

        following = link(eva.get("/ko/vy/1").text, 'rel="next"')

        assert following.startswith("/ko/vy/1?")
        assert shown(eva.get(following).text) == ["26", "27"]

    def test_what_has_waited_long_is_never_new(
        self, record: Record, eva: Visitor
    ) -> None:
        record(an_assessed_comment())

        answer = eva.get("/ko/nya?alder=1d&tid=1000").json

        assert answer == {"nya": 0, "text": "Visa 0 nya"}

    def test_counts_stop_at_five_hundred(self, record: Record, eva: Visitor) -> None:
        record(*(an_assessed_comment(external_id=str(n)) for n in range(502)))

        page = eva.get("/ko/").text

        assert 'Att granska <span class="count">500+</span>' in page
        assert "0 bedömda i dag, 500+ väntar" in page


class TestTheDay:
    def test_it_tells_how_far_the_day_has_come(
        self, app: Flask, sqlite_store: SqlStore, record: Record, eva: Visitor
    ) -> None:
        record(*(an_assessed_comment(external_id=str(n)) for n in range(3)))
        eva.decide(1, KEEPING)

        page = eva.get("/ko/").text
        assert "1 bedömda i dag, 2 väntar" in page
        assert 'max="3" value="1"' in page

        set_clock(app, sqlite_store, days=1)
        assert "0 bedömda i dag, 2 väntar" in eva.get("/ko/").text

    def test_an_empty_queue_is_signed_for(
        self, record: Record, eva: Visitor, lena: Visitor
    ) -> None:
        record(an_assessed_comment(), a_clean_comment(channel="forum"))
        eva.decide(1, KEEPING)
        assert "Kvittera dagens tillsyn" in eva.get("/ko/").text

        assert eva.send("/ko/kvittera").location == "/ko/"
        eva.send("/ko/kvittera")

        assert "Kvitterad 12.00 av Eva" in eva.get("/ko/").text
        listed = lena.get("/ko/kvitton").text
        assert listed.count('data-label="Vem">Eva') == 1
        assert "forum, hemsidan" in listed
        assert 'data-label="Bedömda">1<' in listed

    def test_what_waits_is_judged_before_the_day_is_signed(
        self, record: Record, eva: Visitor, lena: Visitor
    ) -> None:
        record(an_assessed_comment())

        answer = eva.send("/ko/kvittera")

        assert answer.status_code == 409
        assert "Bedöm det först och kvittera sedan." in answer.text
        assert "Inga kvitton ännu." in lena.get("/ko/kvitton").text

    def test_who_only_reads_is_not_asked_to_sign(self, signed_in: SignIn) -> None:
        page = signed_in("kim").get("/ko/").text

        assert "Kön är tom." in page
        assert "Kvittera" not in page

    def test_receipts_are_listed_a_page_at_a_time(
        self, sqlite_store: SqlStore, lena: Visitor
    ) -> None:
        for hour in range(30):
            with sqlite_store.transaction() as tx:
                at = NOON + timedelta(hours=hour)
                tx.sign_watch(moderator="lena", at=at, day_began=NOON)

        first = lena.get("/ko/kvitton").text
        second = lena.get(link(first, 'rel="next"')).text

        assert first.count('data-label="Vem"') == 25
        assert second.count('data-label="Vem"') == 5
