"""What templates may say: Swedish time, Swedish words, marked text."""

from datetime import date, datetime
from typing import Final
from urllib.parse import urlsplit

from flask import Flask

from moderation.domain import labels
from moderation.domain.category import Category
from moderation.domain.delivery import Delivery
from moderation.domain.ground import Ground
from moderation.domain.swedish_time import STOCKHOLM
from moderation.domain.user import Role
from webui import marking, suspicions

_MONTHS: Final = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)


def register(app: Flask) -> None:
    """Hand the words to the templates of the application."""
    app.jinja_env.filters.update(
        clock=clock,
        when=when,
        day=day,
        category_word=category_word,
        confidence_word=confidence_word,
        delivery_words=delivery_words,
        role_word=role_word,
        safe_link=safe_link,
    )
    app.jinja_env.globals.update(
        pieces=marking.pieces,
        excerpt=marking.excerpt,
        hidden_signs=marking.hidden_signs,
        outcome_words=labels.OUTCOME,
        suspicions=suspicions.suspicions,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def when(moment: datetime | None) -> str:
    """Return a moment in Swedish time: «22 november 2026 kl. 11.08»."""
    if moment is None:
        return "datum saknas"
    local = moment.astimezone(STOCKHOLM)
    return f"{day(local.date())} kl. {local:%H.%M}"


def clock(moment: datetime) -> str:
    """Return the time of day in Swedish time: «11.08»."""
    return f"{moment.astimezone(STOCKHOLM):%H.%M}"


def day(moment: date | None) -> str:
    """Return a day: «22 november 2026»."""
    if moment is None:
        return "datum saknas"
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"


def category_word(category: Category) -> str:
    """Return the Swedish word for a category."""
    return labels.CATEGORY[category]


def confidence_word(ground: Ground) -> str:
    """Return how sure the project is of a ground's row."""
    return labels.CONFIDENCE[ground.confidence]


def delivery_words(delivery: Delivery) -> str:
    """Return what is to be done at the source, and how far it has come."""
    wish = labels.VISIBILITY[delivery.desired]
    return f"{wish}: {labels.DELIVERY[delivery.status]}"


def role_word(role: Role) -> str:
    """Return the Swedish word for a role."""
    return labels.ROLE[role]


def safe_link(url: str) -> str:
    """Return an address that may be followed, or nothing: only http and https."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    is_web = parts.scheme in {"http", "https"} and bool(parts.netloc)
    return url.strip() if is_web else ""
