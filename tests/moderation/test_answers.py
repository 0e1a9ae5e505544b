import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from moderation.answers import compose, keep_copy, load_answer_templates
from moderation.decisions import decide
from moderation.detection.personal_data import find_personal_data
from moderation.domain.answer import (
    Answer,
    AnswerKind,
    AnswerProblem,
    AnswerTemplate,
    AnswerTooLateError,
    InvalidAnswerError,
    Signature,
)
from moderation.domain.decision import Action, Decision, has_gap
from moderation.domain.errors import NotFoundError
from moderation.grounds import load_grounds
from moderation.log import verify
from moderation.reply_guard import find_concerns
from moderation.storage import SqlStore
from moderation.undoing import may_undo, undo
from tests.factories import NOON, a_user, an_assessed_comment

TODAY = NOON.date()
TEMPLATES = load_answer_templates().in_force(TODAY)
NOTICES = {
    one.id: one
    for one in TEMPLATES.values()
    if one.kind is AnswerKind.NOTICE and not one.id.startswith("ram_")
}
FACTS = {
    "kanal": "hemsidan",
    "skriven": "den 1 mars 2026 kl. 9.30",
    "dold": "den 2 mars 2026 kl. 12.00",
    "tid": "",
    "kontakt": "kontakt@kommunen.example.se eller 08-46500400",
    "enhet": "Kommunikationsenheten",
    "avsandare": "Kommunikationsenheten",
    "punkt": "1 a",
    "lydelse": "Om en användare sänder in ett meddelande …",
    "lagrum": "brottsbalken (1962:700), 4 kap. 7 §",
    "regel": "regel 3, håll dig till ämnet",
}


def an_answer(**more: object) -> Answer:
    """Return a notice about the first decision in the log."""
    fields: dict[str, Any] = {
        "comment_id": 1,
        "kind": AnswerKind.NOTICE,
        "decision": 1,
        "seen": 1,
        "template": "bbs_olaga_hot",
        "template_revision": 1,
        "signature": Signature.FUNCTION,
        "text": "Hej! Vi har dolt din kommentar.",
        "by": "eva",
        "at": NOON,
    }
    return Answer(**{**fields, **more})


@pytest.fixture
def hidden(sqlite_store: SqlStore) -> SqlStore:
    """Return a store whose first comment is hidden."""
    with sqlite_store.transaction() as tx:
        tx.record_many([an_assessed_comment()], received_at=NOON)
    decision = Decision(
        comment_id=1,
        action=Action.HIDE,
        moderator="eva",
        decided_at=NOON,
        ground="bbs_olaga_hot",
        obvious=True,
        obvious_because="Texten lovar våld.",
        reasons="Hot mot en tjänsteperson.",
    )
    decide(decision, store=sqlite_store, grounds=load_grounds())
    return sqlite_store


def test_every_ground_has_a_notice() -> None:
    assert set(NOTICES) == set(load_grounds().in_force(TODAY))


@pytest.mark.parametrize("notice", NOTICES.values(), ids=lambda one: one.id)
def test_a_notice_says_what_when_why_and_how_to_object(notice: AnswerTemplate) -> None:
    text = compose(notice, TEMPLATES, FACTS)

    assert not re.search(r"\{\w+\}", text)
    assert FACTS["skriven"] in text
    assert FACTS["dold"] in text
    assert FACTS["kontakt"] in text
    assert text.endswith("Kommunikationsenheten")
    is_ours = notice.id not in {"tekniskt_fel", "plattform_atgard"}
    assert ("omprövning" in text) is is_ours


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=lambda one: one.id)
def test_the_guard_has_nothing_against_a_template(
    template: AnswerTemplate,
) -> None:
    text = compose(template, TEMPLATES, FACTS)

    assert find_concerns(text, find_personal_data=find_personal_data) == ()


def test_a_notice_on_the_law_quotes_it() -> None:
    text = compose(NOTICES["bbs_olaga_hot"], TEMPLATES, FACTS)

    assert "5 § första stycket 1 a lagen (1998:112)" in text
    assert FACTS["lydelse"] in text
    assert "bara en domstol kan avgöra om något är ett brott" in text


def test_threats_and_hate_are_signed_by_the_function() -> None:
    for ground in ("bbs_olaga_hot", "bbs_hets_mot_folkgrupp", "regel_personangrepp"):
        assert NOTICES[ground].signature is Signature.FUNCTION
    assert NOTICES["regel_reklam"].signature is Signature.NAME


def test_what_the_program_does_not_know_becomes_a_gap() -> None:
    text = compose(NOTICES["regel_reklam"], TEMPLATES, {"kanal": "hemsidan"})

    assert "### e-postadress eller telefonnummer ###" in text
    assert has_gap(text)


def test_a_fact_is_not_read_as_a_template() -> None:
    text = compose(NOTICES["regel_annan"], TEMPLATES, {**FACTS, "regel": "{kontakt}"})

    assert "kommentarsregler: {kontakt}." in text


def test_every_template_has_a_source_and_a_day_of_review() -> None:
    assert len([one for one in TEMPLATES.values() if one.name]) >= 5
    for template in TEMPLATES.values():
        assert template.source
        assert template.reviewed >= date(2026, 1, 1)


def test_a_copy_is_sealed_as_an_entry_of_its_own_kind(hidden: SqlStore) -> None:
    entry = keep_copy(an_answer(), store=hidden)

    assert entry.payload["action"] == "answer_notice"
    assert entry.payload["decision"] == 1
    assert entry.payload["moderator"] == "eva"
    assert entry.texts["answer"].text == "Hej! Vi har dolt din kommentar."
    assert "reasons" not in entry.texts
    assert verify(hidden).is_sound


def test_the_same_answer_twice_is_refused(hidden: SqlStore) -> None:
    keep_copy(an_answer(), store=hidden)

    with pytest.raises(AnswerTooLateError):
        keep_copy(an_answer(), store=hidden)

    assert hidden.log_head().number == 2
    assert verify(hidden).is_sound


def test_an_answer_about_a_decision_taken_back_meanwhile_is_refused(
    hidden: SqlStore,
) -> None:
    undo(1, user=a_user(), store=hidden, at=NOON)

    with pytest.raises(AnswerTooLateError):
        keep_copy(an_answer(), store=hidden)


def test_a_decision_can_be_taken_back_after_an_answer(hidden: SqlStore) -> None:
    keep_copy(an_answer(), store=hidden)

    assert may_undo(hidden.log_entry(1), a_user(), NOON)
    undo(1, user=a_user(), store=hidden, at=NOON)

    assert not may_undo(hidden.log_entry(2), a_user(), NOON)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (" \n ", AnswerProblem.EMPTY),
        ("a" * 10_001, AnswerProblem.TOO_LONG),
        ("Hej! ### fyll i ###", AnswerProblem.GAP_LEFT),
    ],
)
def test_an_answer_that_is_not_finished_is_not_kept(
    text: str, problem: AnswerProblem, hidden: SqlStore
) -> None:
    with pytest.raises(InvalidAnswerError) as caught:
        keep_copy(an_answer(text=text), store=hidden)

    assert caught.value.problem is problem
    assert hidden.log_head().number == 1


def test_what_the_guard_finds_needs_a_reason_that_is_kept(hidden: SqlStore) -> None:
    text = "Vi har ditt ärende."
    concerns = find_concerns(text, find_personal_data=find_personal_data)
    answer = an_answer(text=text, concerns=concerns)

    with pytest.raises(InvalidAnswerError):
        keep_copy(answer, store=hidden)
    entry = keep_copy(
        replace(answer, sure_because="Bygglovsärendet är offentligt."), store=hidden
    )

    assert entry.payload["concerns"] == ["vi-har-arendet"]
    assert entry.texts["reasons"].text == "Bygglovsärendet är offentligt."


def test_an_answer_about_no_comment_is_refused(sqlite_store: SqlStore) -> None:
    with pytest.raises(NotFoundError):
        keep_copy(an_answer(comment_id=7), store=sqlite_store)
