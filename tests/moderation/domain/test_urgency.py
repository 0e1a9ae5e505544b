from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.domain.category import Category
from moderation.domain.urgency import (
    Source,
    decided_rank,
    due_at,
    main_source,
    waiting_rank,
)
from tests.factories import NOON, a_finding

MOMENTS = st.datetimes(
    min_value=datetime(1970, 1, 1),  # noqa: DTZ001 - The zone is given beside.
    max_value=datetime(2900, 1, 1),  # noqa: DTZ001 - The zone is given beside.
    timezones=st.just(UTC),
)
URGENCIES = st.floats(min_value=0, max_value=1)


@pytest.mark.parametrize(
    ("urgency", "days"), [(1.0, 1), (0.7, 1), (0.69, 3), (0.45, 3), (0.44, 7), (0, 7)]
)
def test_the_more_severe_is_due_the_sooner(urgency: float, days: int) -> None:
    assert due_at(urgency, NOON) == NOON + timedelta(days=days)


@given(old=MOMENTS, new=MOMENTS)
def test_the_severe_never_waits_for_the_mild(old: datetime, new: datetime) -> None:
    assert waiting_rank(0.7, new) < waiting_rank(0.69, old)
    assert waiting_rank(0.45, new) < waiting_rank(0.1, old)


@given(urgency=URGENCIES, moment=MOMENTS)
def test_a_rank_fits_in_a_column_and_what_is_due_first_comes_first(
    urgency: float, moment: datetime
) -> None:
    rank = waiting_rank(urgency, moment)

    assert 0 <= rank < 2**63
    assert rank < waiting_rank(urgency, moment + timedelta(seconds=1))


def test_of_what_is_due_together_the_more_urgent_comes_first() -> None:
    assert waiting_rank(0.9, NOON) < waiting_rank(0.8, NOON)


def test_the_latest_decision_comes_first() -> None:
    assert decided_rank(NOON + timedelta(seconds=1)) < decided_rank(NOON) < 0


def test_the_source_is_that_of_the_strongest_evidence_for_the_category() -> None:
    findings = [
        a_finding(source="classifier", confidence=0.6),
        a_finding(source="rule:hot", confidence=0.9),
        a_finding(Category.PERSONAL_DATA, source="personal_data:phone", confidence=1),
    ]

    assert main_source(Category.THREAT, findings) is Source.RULE
    assert main_source(Category.PERSONAL_DATA, findings) is Source.PERSONAL_DATA
    assert main_source(Category.SPAM, findings) is None
    assert main_source(None, findings) is None
