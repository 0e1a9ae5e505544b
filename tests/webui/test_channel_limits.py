"""Somebody limited to some channels sees nothing of the others, on any page."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from moderation.domain.triage import Outcome, QueueStatus
from moderation.domain.user import Role, User
from moderation.grounds import load_grounds
from moderation.storage import SqlStore
from tests.factories import NOON, a_finding, a_user, a_verdict, an_assessed_comment
from tests.webui.conftest import Record, SignIn, password_hash
from tests.webui.test_access import CONFIRMING
from tests.webui.visitor import (
    ESCALATING,
    HIDING,
    KEEPING,
    PASSWORD,
    PageServices,
    Visitor,
)
from webui import triage
from webui.access import ALLOWED
from webui.services import EXTENSION

OWN, OTHER = "hemsidan", "nordforum"
MARKER = "zebraspoke"
"""Stands in all that is said and written on the other channel."""
SAME = "Jag ska slå dig gul och blå, sade han på bussen."
"""Stands on both channels."""

PER_CHANNEL = 7
OTHERS = range(PER_CHANNEL + 1, 2 * PER_CHANNEL + 2)
"""The comments of the other channel; the last is a new version of another."""
LIMITED = ("mia", "nils")


def fill(record: Record, lena: Visitor, channel: str, word: str) -> None:
    """Let a channel have something of all that there can be."""
    first = 1 if channel == OWN else OTHERS.start
    finding = a_finding(source=f"rule:{word}")
    texts = [f"{word.upper()} ska få stryk nummer {n}." for n in range(6)]
    record(
        *(
            an_assessed_comment(
                text,
                channel=channel,
                external_id=f"{word}-{n}",
                author=word,
                thread=word,
                verdict=a_verdict(finding),
            )
            for n, text in enumerate([*texts, SAME])
        )
    )
    said = {"reasons": f"Därför {word}."}
    parking = {"expected": "open", "owner": "mia", "due": "2026-03-20", **said}
    answers = [
        lena.decide(first + 1, {**HIDING, **said, "obvious_because": word}),
        lena.decide(first + 2, KEEPING),
        lena.decide(first + 3, {**ESCALATING, **said, "escalate_to": "mia"}),
        lena.send(f"/kommentar/{first + 4}/parkera", **parking),
        lena.send(f"/kommentar/{first}/anteckningar", text=f"@mia @nils {word}"),
    ]
    assert [answer.status_code for answer in answers] == [302] * len(answers)


@pytest.fixture
def fill_other(
    record: Record, lena: Visitor, sqlite_store: SqlStore
) -> Callable[[], None]:
    """Return what fills the other channel, from before the two were limited."""

    def fill_it() -> None:
        limit(sqlite_store)
        fill(record, lena, OTHER, MARKER)
        limit(sqlite_store, OWN)
        newer = f"{MARKER} skrev om sig."
        record(
            an_assessed_comment(newer, channel=OTHER, external_id=f"{MARKER}-5"),
        )
        for name, query in (("kanal", {"kanal": OTHER}), ("tid", {"kanal": OTHER})):
            fields = {"namn": f"{MARKER} {name}", "delad": "y", **query}
            assert lena.send("/ko/vy/", **fields).status_code == 302

    return fill_it


@pytest.fixture
def house(
    app: Flask, sqlite_store: SqlStore, record: Record, signed_in: SignIn
) -> Flask:
    """Return the pages, with a filled channel and two users limited to it."""
    with sqlite_store.transaction() as tx:
        for name, role in zip(LIMITED, (Role.MODERATOR, Role.READER), strict=True):
            user = a_user(name, role=role, password_hash=password_hash())
            tx.add_user(user)
    fill(record, signed_in("lena"), OWN, "hemliga")
    signed_in("lena").send("/ko/vy/", namn="Egna", delad="y", kanal=OWN)
    limit(sqlite_store, OWN)
    return app


def limit(store: SqlStore, *channels: str) -> None:
    """Limit both to these channels."""
    for name in LIMITED:
        with store.transaction() as tx:
            user = tx.account(name)
            tx.save_user(a_limited(user.name, user.role, *channels))


def a_limited(name: str, role: Role, *channels: str) -> User:
    return a_user(
        name, role=role, password_hash=password_hash(), channels=frozenset(channels)
    )


ASKED = {
    "triage.queue": (
        f"kanal={OTHER}",
        f"kanal={OWN}",
        "status=escalated",
        "status=decided",
        f"status=escalated&kanal={OTHER}",
        "tid=1000",
    ),
    "queue_views.news": ("tid=1000", f"tid=1000&kanal={OTHER}"),
    "search.show": (
        f"fraga={MARKER}",
        f"fraga={MARKER}&kanal={OTHER}",
        "fraga=stryk",
        "fraga=stryk&status=decided",
        "fraga=" + quote("därför"),
    ),
    "removal_log.show": (f"kanal={OTHER}", "atgard=hide", "handlaggare=lena", "sida=2"),
    "removal_log.export": ("format=csv", "format=json", f"format=csv&kanal={OTHER}"),
    "key_figures.show": (f"kanal={OTHER}", "dagar=7"),
    "key_figures.export": (
        *(f"tabell={name}" for name in ("dagar", "kanaler", "vantan", "regler")),
        f"tabell=kanaler&kanal={OTHER}",
    ),
    "shortcuts.jump": (
        *(f"till={number}" for number in (1, OTHERS.start)),
        *(f"till=/logg/{number}" for number in (1, 5)),
    ),
    "deciding.following": (f"kanal={OTHER}", "status=escalated", "status=decided"),
    "deciding.previous": (f"kanal={OTHER}", "status=decided"),
}
"""What pages understand in their addresses; all are read without anything too."""


def addresses(app: Flask, numbers: range) -> Iterator[str]:
    """Yield every page that is read, with these numbers wherever one is asked for."""
    for rule in reading_rules(app):
        values = ["eva"] if rule.arguments == {"name"} else [str(n) for n in numbers]
        pages = dict.fromkeys(re.sub("<[^>]+>", value, rule.rule) for value in values)
        for page in pages:
            yield page
            yield from (f"{page}?{asked}" for asked in ASKED.get(rule.endpoint, ()))


def reading_rules(app: Flask) -> list[Rule]:
    rules = app.url_map.iter_rules()
    return [r for r in rules if r.endpoint in ALLOWED and "GET" in (r.methods or ())]


def changing_rules(app: Flask) -> list[Rule]:
    rules = app.url_map.iter_rules()
    return [r for r in rules if r.endpoint in ALLOWED and "POST" in (r.methods or ())]


def said(answer: TestResponse) -> str:
    """Return what a page says, without what is new each time."""
    text = f"{answer.status_code} {answer.location} {answer.text}"
    answer.close()
    return re.sub(r'(csrf_token" value|csrf-token" content)="[^"]+"', "", text)


def walk(app: Flask, visitor: Visitor, numbers: range) -> dict[str, str]:
    """Return all that somebody can read, by address."""
    return {page: said(visitor.get(page)) for page in addresses(app, numbers)}


@pytest.mark.parametrize("name", LIMITED)
def test_the_pages_say_the_same_as_if_there_were_no_other_channel(
    name: str, house: Flask, signed_in: SignIn, fill_other: Callable[[], None]
) -> None:
    visitor, own = signed_in(name), range(1, PER_CHANNEL + 1)
    for number in own:
        # Whoever decides holds from now on what is looked at.
        visitor.get(f"/kommentar/{number}")
    before = walk(house, visitor, own)

    fill_other()

    after = walk(house, visitor, own)
    assert [address for address in before if before[address] != after[address]] == []


@pytest.mark.parametrize("name", LIMITED)
def test_no_page_holds_a_word_of_another_channel(
    name: str, house: Flask, signed_in: SignIn, fill_other: Callable[[], None]
) -> None:
    fill_other()

    for address, page in walk(house, signed_in(name), OTHERS).items():
        asked = address.partition("?")[2]
        assert MARKER in asked or MARKER not in page.lower(), address
        assert OTHER in asked or OTHER not in page, address


def test_whoever_sees_all_channels_sees_the_words(
    house: Flask, signed_in: SignIn, fill_other: Callable[[], None]
) -> None:
    fill_other()

    pages = walk(house, signed_in("eva"), OTHERS)

    found = {a.partition("?")[0] for a, page in pages.items() if MARKER in page.lower()}
    assert found >= {
        "/ko/",
        "/logg/",
        "/logg/export",
        "/sok",
        "/siffror/",
        "/att-gora/",
    }


@pytest.mark.parametrize("method", ["get", "head"])
def test_what_belongs_to_another_channel_is_not_found(
    method: str, house: Flask, signed_in: SignIn, fill_other: Callable[[], None]
) -> None:
    fill_other()
    client = signed_in("mia").client

    for number in OTHERS:
        for rule in reading_rules(house):
            if (
                "comment_id" in rule.arguments
                and Role.MODERATOR in ALLOWED[rule.endpoint]
            ):
                address = re.sub("<[^>]+>", str(number), rule.rule)
                assert getattr(client, method)(address).status_code == 404, address


def everything(path: Path) -> list[tuple[object, ...]]:
    """Return all that is stored."""
    with sqlite3.connect(path) as database:
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return [
            (name, *row)
            for (name,) in names.fetchall()
            for row in database.execute(f'SELECT * FROM "{name}"')  # noqa: S608 - its own names
        ]


EVERY_FIELD = {
    "ids": "8",
    "why": "Jag tar den.",
    "text": "En anteckning.",
    "owner": "mia",
    "due": "2026-03-20",
    "gjort": "delivery_confirmed",
    "forsok": "0",
    "mening": "Dold.",
}
"""What the forms beside the decision cannot do without."""
STATES = {OTHERS[3]: "escalated", OTHERS[4]: "parked"}
"""How comments of the other channel wait, where they are not open."""
NUMBERED = {"comment_id": OTHERS, "number": range(4, 7), "delivery_id": range(2, 3)}
"""All that the other channel has, by what addresses call it."""


@pytest.mark.parametrize("name", LIMITED)
def test_nothing_of_another_channel_can_be_changed(
    name: str,
    house: Flask,
    signed_in: SignIn,
    fill_other: Callable[[], None],
    tmp_path: Path,
) -> None:
    fill_other()
    visitor = signed_in(name)
    before = everything(tmp_path / "uppsikt.sqlite3")
    token = {"csrf_token": visitor.token()}

    for rule in changing_rules(house):
        for argument in rule.arguments & NUMBERED.keys():
            for number in NUMBERED[argument]:
                address = re.sub("<[^>]+>", str(number), rule.rule)
                expected = {"expected": STATES.get(number, "open")}
                for form in (HIDING, KEEPING):
                    fields = {**EVERY_FIELD, **form, **expected, **token}
                    answer = visitor.client.post(address, data=fields)
                    assert answer.status_code in {403, 404}, (address, form)

    assert everything(tmp_path / "uppsikt.sqlite3") == before


@pytest.mark.usefixtures("house")
def test_equal_texts_of_other_channels_are_not_decided_on_with_the_rest(
    signed_in: SignIn,
    fill_other: Callable[[], None],
    tmp_path: Path,
) -> None:
    fill_other()
    mia, own, other = signed_in("mia"), PER_CHANNEL, 2 * PER_CHANNEL
    assert mia.get(f"/kommentar/{own}/lika").text.count('name="ids"') == 1
    before = everything(tmp_path / "uppsikt.sqlite3")
    fields = {"csrf_token": mia.token(), **KEEPING, "ids": [own, other]}

    answer = mia.client.post(f"/kommentar/{own}/lika", data=fields)

    assert answer.status_code == 404
    assert everything(tmp_path / "uppsikt.sqlite3") == before


@pytest.mark.parametrize(
    "address",
    ["/ko/", "/logg/", "/siffror/", "/sok?fraga=stryk", "/ko/?status=decided"],
)
@pytest.mark.parametrize("channel", [OTHER, "finns-inte"])
@pytest.mark.usefixtures("house")
def test_a_filter_on_another_channel_finds_nothing_and_says_why(
    address: str,
    channel: str,
    signed_in: SignIn,
    fill_other: Callable[[], None],
) -> None:
    fill_other()
    join = "&" if "?" in address else "?"

    answer = signed_in("mia").get(f"{address}{join}kanal={channel}")

    assert answer.status_code == 200
    assert "Den kanalen hör inte till dina." in answer.text


@pytest.mark.usefixtures("house")
def test_a_view_saved_before_the_limit_finds_nothing_and_says_why(
    signed_in: SignIn,
    sqlite_store: SqlStore,
    fill_other: Callable[[], None],
) -> None:
    fill_other()
    mia = signed_in("mia")
    limit(sqlite_store)
    place = mia.send("/ko/vy/", namn="Norra", kanal=OTHER).location
    assert MARKER in mia.get(place).text.lower()

    limit(sqlite_store, OWN)

    page = mia.get(place)
    assert page.status_code == 200
    assert "Den kanalen hör inte till dina." in page.text
    assert MARKER not in page.text.lower()


@pytest.mark.usefixtures("house")
def test_a_shared_view_of_another_channel_does_not_exist(
    signed_in: SignIn, fill_other: Callable[[], None]
) -> None:
    fill_other()

    assert signed_in("eva").get("/ko/vy/2").status_code == 200
    assert signed_in("mia").get("/ko/vy/1").status_code == 200
    assert signed_in("mia").get("/ko/vy/2").status_code == 404


@pytest.fixture
def elsewhere(house: Flask, sqlite_store: SqlStore, lena: Visitor) -> Visitor:
    """Return Lena; Mia and Nils see another channel than that of the comments."""
    assert house
    limit(sqlite_store, OTHER)
    return lena


def test_nobody_is_offered_who_does_not_see_the_channel(elsewhere: Visitor) -> None:
    page = elsewhere.get("/kommentar/6").text

    assert "@eva" in page
    assert "@nils" not in page
    assert "Mia" not in page


def test_an_escalation_to_somebody_who_does_not_see_the_channel_is_refused(
    elsewhere: Visitor,
) -> None:
    answer = elsewhere.decide(1, {**ESCALATING, "escalate_to": "Mia (mia)"})

    assert answer.status_code == 422
    assert "Den personen ser inte kommentarens kanal." in answer.text
    assert "Är det ett hot?" in answer.text


def test_nothing_is_parked_with_somebody_who_does_not_see_the_channel(
    elsewhere: Visitor,
) -> None:
    fields = {"expected": "open", "due": "2026-03-20", "reasons": "Väntar."}

    answer = elsewhere.send("/kommentar/1/parkera", owner="mia", **fields)

    assert answer.status_code == 422
    assert "Välj någon i listan." in answer.text


def test_a_note_is_not_shown_to_somebody_who_does_not_see_the_channel(
    elsewhere: Visitor, sqlite_store: SqlStore
) -> None:
    note = "Se upp, @mia och @eva."

    page = elsewhere.send("/kommentar/6/anteckningar", text=note)

    assert page.status_code == 302
    assert len(sqlite_store.unread_mentions("mia", limit=9)) == 1  # from before
    assert len(sqlite_store.unread_mentions("eva", limit=9)) == 1


def empty_the_queue(store: SqlStore) -> None:
    """Let everything that waits have been kept."""
    for number in range(1, OTHERS.stop):
        item = store.queue_item(number)
        if item is not None and item.status is QueueStatus.OPEN:
            with store.transaction() as tx:
                tx.close_queue_item(
                    number,
                    expected=QueueStatus.OPEN,
                    status=QueueStatus.DECIDED,
                    outcome=Outcome.KEPT,
                    at=NOON,
                )


@pytest.mark.usefixtures("house")
def test_somebody_limited_signs_for_the_own_channels_while_others_wait(
    signed_in: SignIn,
    sqlite_store: SqlStore,
    lena: Visitor,
    fill_other: Callable[[], None],
) -> None:
    empty_the_queue(sqlite_store)
    fill_other()
    mia = signed_in("mia")
    assert "du har sett dina kanaler i dag" in mia.get("/ko/").text

    assert mia.send("/ko/kvittera").status_code == 302

    assert "Kvitterad 12.00 av Mia<" in mia.get("/ko/").text
    assert f"Kvitterad 12.00 av Mia, bara {OWN}<" in lena.get("/ko/").text
    assert OTHER not in lena.get("/ko/kvitton").text
    [receipt] = sqlite_store.watch_receipts(limit=9)
    assert receipt.channels == (OWN,)


@pytest.mark.usefixtures("house")
def test_somebody_elses_receipt_for_all_channels_counts_for_the_own(
    signed_in: SignIn,
    sqlite_store: SqlStore,
    lena: Visitor,
    fill_other: Callable[[], None],
) -> None:
    fill_other()
    empty_the_queue(sqlite_store)

    assert lena.send("/ko/kvittera").status_code == 302

    assert "Kvitterad 12.00 av Lena<" in signed_in("mia").get("/ko/").text


@pytest.mark.usefixtures("house")
def test_a_deadline_of_another_channel_passes_whoever_opens_the_queue(
    app: Flask,
    signed_in: SignIn,
    sqlite_store: SqlStore,
    lena: Visitor,
    fill_other: Callable[[], None],
) -> None:
    fill_other()
    hidden = OTHERS[6]
    assert lena.decide(hidden, {**HIDING, "hide_days": "1"}).status_code == 302
    later = NOON + timedelta(days=2)
    app.extensions[EXTENSION] = PageServices(sqlite_store, load_grounds(), later)

    assert signed_in("mia").get("/ko/").status_code == 200

    item = sqlite_store.queue_item(hidden)
    assert item is not None
    assert item.status is QueueStatus.ESCALATED


@pytest.mark.usefixtures("house")
def test_the_whole_chain_is_checked_and_only_its_length_told(
    signed_in: SignIn, fill_other: Callable[[], None]
) -> None:
    fill_other()
    mia = signed_in("mia")

    assert mia.send("/logg/verifiera").status_code == 302

    page = mia.get("/logg/").text
    assert "Loggen är hel: 6 poster" in page
    assert OTHER not in page


def test_what_sees_all_channels_is_asked_for_only_where_the_system_acts() -> None:
    pages = Path(triage.__file__).parent.glob("*.py")
    calls = {
        path.name: path.read_text(encoding="utf-8").count("whole_services()")
        for path in pages
    }

    assert {name: n for name, n in calls.items() if n} == {
        "auth.py": 1,  # the session's own user
        "removal_log.py": 1,  # the chain of seals
        "services.py": 2,
        "invitations.py": 2,  # whoever has the link is nobody yet
        "triage.py": 1,  # deadlines that have passed
    }


@pytest.mark.usefixtures("house")
def test_a_mention_that_is_not_shown_cannot_be_marked_as_read(
    signed_in: SignIn, sqlite_store: SqlStore, fill_other: Callable[[], None]
) -> None:
    fill_other()
    mia = signed_in("mia")

    for note in ("1", "2"):
        assert mia.send("/till-mig/last", note=note).status_code == 302

    unread = sqlite_store.unread_mentions("mia", limit=9)
    assert [mention.stored.comment.ref.channel for mention in unread] == [OTHER]


@pytest.mark.usefixtures("house")
def test_somebody_limited_still_sees_to_the_own_account_and_the_own_work(
    signed_in: SignIn, fill_other: Callable[[], None]
) -> None:
    fill_other()
    mia = signed_in("mia")
    new = "ett annat långt lösenord"
    passwords = {"current": PASSWORD, "new": new, "again": new}

    answers = [
        mia.send("/kommentar/1/utkast", action="keep", reasons="Tänker."),
        mia.send("/kommentar/1/anteckningar", text="@eva se här"),
        mia.decide(1, KEEPING),
        mia.send("/logg/7/angra"),
        mia.send("/kommentar/5/ateruppta"),
        mia.decide(6, HIDING),
        mia.send("/att-gora/1", **CONFIRMING),
        mia.send("/ko/vy/", namn="Mina", kanal=OWN),
        mia.send("/ko/vy/4/andra", namn="Våra"),
        mia.send("/ko/vy/4/ta-bort"),
        mia.send("/kortkommandon", is_on="y"),
        mia.send("/konto/tvasteg/borja", current=PASSWORD),
        mia.send("/konto/losenord", **passwords),
    ]

    assert [answer.status_code for answer in answers] == [302] * len(answers)
