"""What the machine may suspect."""

from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Category(StrEnum):
    """A kind of content that a person may have to look at.

    The order is the order of every list of scores.
    """

    THREAT = "threat"
    HATE = "hate"
    INCITEMENT = "incitement"
    INSULT = "insult"
    SEXUAL = "sexual"
    PROFANITY = "profanity"
    PERSONAL_DATA = "personal_data"
    SECRECY = "secrecy"
    PRIVACY = "privacy"
    SPAM = "spam"
    COPYRIGHT = "copyright"
    QUESTION = "question"


CATEGORIES: Final = tuple(Category)
FLAGGING: Final = tuple(c for c in CATEGORIES if c is not Category.QUESTION)
"""A question ought to be answered; it never sends a comment to the queue."""

POSITION: Final = MappingProxyType({c: i for i, c in enumerate(CATEGORIES)})
"""Where a category stands in a list of scores."""
