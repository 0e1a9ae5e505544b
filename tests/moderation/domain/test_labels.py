from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import pytest

from moderation.domain import labels
from moderation.domain.account import AccountChange
from moderation.domain.category import Category
from moderation.domain.collaboration import Function
from moderation.domain.decision import Action, KeepReason
from moderation.domain.delivery import DeliveryStatus, Handling, Visibility
from moderation.domain.errors import Problem
from moderation.domain.ground import Confidence
from moderation.domain.triage import Outcome, QueueStatus
from moderation.domain.user import Role

TABLES: list[tuple[type[StrEnum], Mapping[Any, str]]] = [
    (Category, labels.CATEGORY),
    (Action, labels.ACTION),
    (Action, labels.ACTION_DONE),
    (KeepReason, labels.KEEP_REASON),
    (QueueStatus, labels.STATUS),
    (Outcome, labels.OUTCOME),
    (Role, labels.ROLE),
    (Confidence, labels.CONFIDENCE),
    (DeliveryStatus, labels.DELIVERY),
    (Handling, labels.HANDLING),
    (Visibility, labels.VISIBILITY),
    (Problem, labels.PROBLEM),
    (Function, labels.FUNCTION),
    (AccountChange, labels.ACCOUNT_CHANGE),
]


@pytest.mark.parametrize(("kind", "words"), TABLES)
def test_every_value_has_its_own_swedish_words(
    kind: type[StrEnum], words: Mapping[Any, str]
) -> None:
    assert set(words) == set(kind)
    assert len(set(words.values())) == len(words)


def test_an_unknown_code_is_shown_as_it_is() -> None:
    assert labels.action("hide") == "dold"
    assert labels.action("delivery_confirmed") == "utfört på kanalen"
    assert labels.action("burn") == "burn"
    assert labels.keep_reason("quote").startswith("Återger")
    assert labels.keep_reason("whim") == "whim"


@pytest.mark.parametrize(("value", "word"), [(True, "ja"), (False, "nej"), (None, "")])
def test_an_answer_is_ja_nej_or_nothing(value: object, word: str) -> None:
    assert labels.yes_no(value) == word


@pytest.mark.parametrize(
    ("confidence", "word"),
    [
        (1.0, "trolig"),
        (0.8, "trolig"),
        (0.79, "möjlig"),
        (0.5, "möjlig"),
        (0.49, "osäker"),
        (0.0, "osäker"),
    ],
)
def test_a_confidence_is_said_in_words(confidence: float, word: str) -> None:
    assert labels.certainty(confidence) == word
