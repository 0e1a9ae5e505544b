import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from moderation.domain.answer import Sender
from moderation.storage import SqlStore
from tests.factories import NOON, an_assessed_comment
from tests.webui.conftest import Record, SignIn
from tests.webui.visitor import HIDING, KEEPING, RESTORING, PageServices, Visitor
from webui.services import EXTENSION

QUESTION = "När öppnar badhuset?"
SPAM = {"action": "hide", "expected": "open", "ground": "regel_reklam", "reasons": "Ad"}


@pytest.fixture
def hidden(eva: Visitor, record: Record) -> Visitor:
    """Return Eva, who has hidden comment 1."""
    record(an_assessed_comment(), an_assessed_comment(QUESTION, external_id="2"))
    assert eva.decide(1, HIDING).status_code == 302
    return eva


def text_of(page: str, name: str = "text") -> str:
    found = re.search(
        rf'<textarea[^>]*id="{name}"[^>]*>\n(.*?)</textarea>', page, re.DOTALL
    )
    assert found is not None
    return found[1]


def filled(**more: str) -> dict[str, str]:
    fields = {"template": "bbs_olaga_hot", "signature": "function", "last_entry": "1"}
    return {**fields, "text": "Vi har dolt din kommentar.", **more}


def mark_of(page: str) -> str:
    found = re.search(r'name="seen_concerns" value="([^"]*)"', page)
    assert found is not None
    return found[1]


def test_who_hides_is_led_to_the_notice(eva: Visitor, record: Record) -> None:
    record(an_assessed_comment())
    eva.decide(1, HIDING)

    assert 'href="/kommentar/1/svar"' in eva.get("/ko/").text
    assert 'href="/kommentar/1/svar"' in eva.get("/kommentar/1").text


def test_the_notice_is_ready_but_for_what_a_person_must_say(hidden: Visitor) -> None:
    page = hidden.get("/kommentar/1/svar").text
    text = text_of(page)

    assert "som du skrev den 2 mars 2026 kl. 12.00 på hemsidan" in text
    assert "5 § första stycket 1 a lagen (1998:112)" in text
    assert "olaga hot i 4 kap. 5 § brottsbalken" in text
    assert "kontakt@kommunen.example.se eller 08-46500400" in text
    assert text.endswith("Kommunikationsenheten")
    assert "Eva" not in text
    assert "###" not in text


def test_the_section_is_named_as_it_stood(eva: Visitor, record: Record) -> None:
    record(an_assessed_comment())
    eva.decide(1, {**SPAM, "ground": "brott_ofredande"})

    text = text_of(eva.get("/kommentar/1/svar").text)

    assert "grundas på brottsbalken (1962:700), 4 kap. 7 §." in text
    assert "### beskriv kort vad det gäller" in text


def test_a_contact_that_nobody_has_set_is_asked_for(
    hidden: Visitor, app: Flask, sqlite_store: SqlStore
) -> None:
    grounds = app.extensions[EXTENSION].grounds
    sender = Sender(function="Kansliet", contact="")
    app.extensions[EXTENSION] = PageServices(sqlite_store, grounds, NOON, sender)

    text = text_of(hidden.get("/kommentar/1/svar").text)

    assert "### e-postadress eller telefonnummer ###" in text
    assert text.endswith("Kansliet")


def test_a_hiding_for_a_time_says_until_when(eva: Visitor, record: Record) -> None:
    record(an_assessed_comment())
    eva.decide(1, {**HIDING, "hide_days": "3"})

    text = text_of(eva.get("/kommentar/1/svar").text)

    assert "Den är dold till den 5 mars 2026 kl. 12.00." in text


def test_one_may_sign_with_ones_name_and_loses_no_words(hidden: Visitor) -> None:
    page = hidden.send(
        "/kommentar/1/svar/mall", **filled(signature="name", text="Mina egna ord.")
    ).text

    assert text_of(page).endswith("Eva\nKommunikationsenheten")
    assert text_of(page, "tidigare") == "Mina egna ord."


def test_an_untouched_draft_is_replaced_without_ado(hidden: Visitor) -> None:
    draft = text_of(hidden.get("/kommentar/1/svar").text)

    page = hidden.send(
        "/kommentar/1/svar/mall",
        **filled(signature="name", text=draft.replace("\n", "\r\n")),
    ).text

    assert 'id="tidigare"' not in page


def test_a_copy_stays_in_the_history_and_the_log(hidden: Visitor) -> None:
    answer = hidden.send("/kommentar/1/svar", **filled())

    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("/kommentar/1#historik")
    item = hidden.get("/kommentar/1").text
    assert "Avsändaren underrättad" in item
    assert "Vi har dolt din kommentar." in item
    entry = hidden.get("/logg/2").text
    assert "Vi har dolt din kommentar." in entry
    assert "med enhetens namn" in entry
    assert "avsändaren underrättad" in hidden.get("/logg/").text
    assert "Redan skickat" in hidden.get("/kommentar/1/svar").text


def test_the_decision_can_still_be_taken_back(hidden: Visitor) -> None:
    hidden.send("/kommentar/1/svar", **filled())

    assert "/logg/1/angra" in hidden.get("/kommentar/1").text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Skriv texten som du har skickat."),
        ("Hej! ### vad ###", "Det finns luckor kvar i texten."),
        ("å" * 10_001, "Texten är för lång."),
    ],
)
def test_what_is_not_finished_is_shown_again(
    text: str, told: str, hidden: Visitor, sqlite_store: SqlStore
) -> None:
    answer = hidden.send("/kommentar/1/svar", **filled(text=text))

    assert answer.status_code == 422
    assert told in answer.text
    assert text_of(answer.text) == text
    assert sqlite_store.log_head().number == 1


def test_the_guard_shows_where_and_why_and_asks_for_a_reason(
    hidden: Visitor, sqlite_store: SqlStore
) -> None:
    text = "Hej!\nDu som är klient hos oss vet hur det är."

    answer = hidden.send("/kommentar/1/svar", **filled(text=text))

    assert answer.status_code == 422
    assert "Rad 2:" in answer.text
    assert "Du som är klient" in answer.text
    assert "klient, patient eller elev" in answer.text
    assert text_of(answer.text) == text
    assert sqlite_store.log_head().number == 1


def test_a_stated_reason_lets_it_through(
    hidden: Visitor, sqlite_store: SqlStore
) -> None:
    text = "Vi har ditt ärende."
    mark = mark_of(hidden.send("/kommentar/1/svar", **filled(text=text)).text)

    answer = hidden.send(
        "/kommentar/1/svar",
        **filled(text=text, seen_concerns=mark, sure_because="Det gäller bygglov."),
    )

    assert answer.status_code == 302
    assert sqlite_store.log_entry(2).texts["reasons"].text == "Det gäller bygglov."
    assert "Skickat ändå, därför att" in hidden.get("/kommentar/1").text


def test_a_reason_does_not_count_for_what_was_not_shown(hidden: Visitor) -> None:
    mark = mark_of(
        hidden.send("/kommentar/1/svar", **filled(text="Vi har ditt ärende.")).text
    )

    answer = hidden.send(
        "/kommentar/1/svar",
        **filled(text="Vi vet vem du är.", seen_concerns=mark, sure_because="Ja."),
    )

    assert answer.status_code == 422
    assert "Vi vet vem du" in answer.text
    assert text_of(answer.text, "sure_because") == "Ja."


def test_the_same_copy_sent_twice_is_kept_once(
    hidden: Visitor, sqlite_store: SqlStore
) -> None:
    hidden.send("/kommentar/1/svar", **filled())

    answer = hidden.send("/kommentar/1/svar", **filled())

    assert answer.status_code == 409
    assert "Något har hänt med kommentaren" in answer.text
    assert "Redan skickat" in answer.text
    assert text_of(answer.text) == "Vi har dolt din kommentar."
    assert 'name="last_entry" value="2"' in answer.text
    assert sqlite_store.log_head().number == 2


def test_a_decision_taken_back_meanwhile_loses_no_words(
    hidden: Visitor, lena: Visitor, sqlite_store: SqlStore
) -> None:
    lena.send("/logg/1/angra")

    for address in ("/kommentar/1/svar", "/kommentar/1/svar/mall"):
        answer = hidden.send(address, **filled())
        assert answer.status_code == 409
        assert text_of(answer.text) == "Vi har dolt din kommentar."
    assert sqlite_store.log_head().number == 2


def test_a_comment_without_a_decision_has_no_answer_yet(hidden: Visitor) -> None:
    answer = hidden.get("/kommentar/2/svar")

    assert answer.status_code == 302
    assert "Besluta om kommentaren först" in hidden.get("/kommentar/2").text


def test_a_kept_question_can_be_answered(
    hidden: Visitor, sqlite_store: SqlStore
) -> None:
    hidden.decide(2, KEEPING)

    assert "Svara på frågan" in hidden.get("/kommentar/2").text
    page = hidden.get("/kommentar/2/svar").text
    assert text_of(page).startswith("Tack för din fråga!")
    assert "Vem undertecknar?" not in page
    chosen = hidden.send(
        "/kommentar/2/svar/mall", template="svar_aterkommer", text="", last_entry="2"
    ).text
    assert "### dag ###" in text_of(chosen)
    kept = hidden.send(
        "/kommentar/2/svar",
        template="svar_fraga",
        text="Det öppnar klockan tio.",
        last_entry="2",
    )
    assert kept.status_code == 302
    assert sqlite_store.log_entry(3).payload["action"] == "answer_reply"


def test_a_kept_comment_that_asks_nothing_shows_no_such_link(
    hidden: Visitor, lena: Visitor
) -> None:
    assert "Skriv till avsändaren" in hidden.get("/kommentar/1").text
    lena.decide(1, RESTORING)

    assert "/kommentar/1/svar" not in lena.get("/kommentar/1").text
    assert lena.get("/kommentar/1/svar").status_code == 200


@pytest.mark.parametrize("number", ["", "x", "9" * 40, "-1", "٣"])
def test_a_last_entry_that_makes_no_sense_is_too_late(
    number: str, hidden: Visitor
) -> None:
    answer = hidden.send("/kommentar/1/svar", **filled(last_entry=number))

    assert answer.status_code == 409


def test_a_script_in_every_field_is_shown_as_text(hidden: Visitor) -> None:
    bad = "</textarea><script>x</script>"
    fields = ("text", "sure_because", "template", "signature", "seen_concerns")

    answer = hidden.send("/kommentar/1/svar", **filled(**dict.fromkeys(fields, bad)))

    assert "<script>x" not in answer.text


def test_another_channels_comment_is_not_to_be_written_about(
    hidden: Visitor, signed_in: SignIn, sqlite_store: SqlStore
) -> None:
    with sqlite_store.transaction() as tx:
        tx.save_user(replace(tx.account("bo"), channels=frozenset({"annan"})))

    assert hidden.get("/kommentar/1/svar").status_code == 200
    assert signed_in("bo").get("/kommentar/1/svar").status_code == 404


def test_a_notice_late_on_quotes_the_law_of_the_decisions_day(
    hidden: Visitor, app: Flask, sqlite_store: SqlStore
) -> None:
    grounds = app.extensions[EXTENSION].grounds
    later = NOON + timedelta(days=400)
    app.extensions[EXTENSION] = PageServices(sqlite_store, grounds, later)

    text = text_of(hidden.get("/kommentar/1/svar").text)

    assert "Beslutet fattades den 2 mars 2026" in text
    assert "olaga hot i 4 kap. 5 § brottsbalken" in text
