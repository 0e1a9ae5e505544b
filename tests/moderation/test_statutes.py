from datetime import date

import pytest

from moderation.domain.decision import Action, Decision, check
from moderation.domain.errors import InvalidDecisionError, Problem
from moderation.grounds import load_grounds
from moderation.statutes import load_ground_cards, load_statutes
from tests.factories import NOON

TODAY = NOON.date()
GROUNDS = load_grounds().in_force(TODAY)


def test_the_wording_is_chosen_by_the_day() -> None:
    statutes = load_statutes()

    assert (
        "terroristbrottslagen (2022:666)" in statutes.in_force(TODAY)["bbs_5"].wording
    )
    assert "bbs_5" not in statutes.in_force(date(2022, 6, 30))


def test_every_wording_has_a_source_and_a_day_of_review() -> None:
    for statute in load_statutes().in_force(TODAY).values():
        assert "SFS" in statute.source
        assert statute.reviewed >= date(2026, 1, 1)


def test_every_ground_has_a_draft_that_cannot_be_sent_as_it_is() -> None:
    cards = load_ground_cards().in_force(TODAY)

    assert set(cards) == set(GROUNDS)
    for ground_id, card in cards.items():
        decision = Decision(
            comment_id=1,
            action=Action.HIDE,
            moderator="eva",
            decided_at=NOON,
            ground=ground_id,
            reasons=card.draft,
        )
        with pytest.raises(InvalidDecisionError) as caught:
            check(decision, GROUNDS)
        assert caught.value.problem is Problem.GAP_LEFT, ground_id


def test_the_points_of_section_5_are_those_of_the_grounds_listed_in_it() -> None:
    cards = load_ground_cards().in_force(TODAY)
    points = {cards[one].point for one, ground in GROUNDS.items() if ground.in_bbs_5}

    assert points == {"1 a", "1 b", "1 c", "1 d", "1 e", "1 f", "1 g", "2"}
    assert not any(
        cards[one].point for one, ground in GROUNDS.items() if not ground.in_bbs_5
    )
