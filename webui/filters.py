"""What templates may say: Swedish time, words for codes, marked text."""

from urllib.parse import urlsplit

from flask import Flask

from moderation.domain import labels
from moderation.domain.category import Category
from moderation.domain.ground import Ground
from moderation.domain.statute import Statute
from moderation.domain.user import Role
from webui import long_text, marking, suspicions, task_words
from webui.amounts import percent
from webui.language import _, told
from webui.services import services
from webui.times import clock, day, when


def register(app: Flask) -> None:
    """Hand the words to the templates of the application."""
    app.jinja_env.filters.update(
        when=when,
        day=day,
        clock=clock,
        category_word=category_word,
        confidence_word=confidence_word,
        delivery_words=task_words.delivery_words,
        task_title=task_words.task_title,
        role_word=role_word,
        safe_link=safe_link,
        percent=percent,
        told=told,
    )
    app.jinja_env.globals.update(
        pieces=marking.pieces,
        excerpt=long_text.excerpt,
        opening=long_text.opening,
        hidden_signs=marking.hidden_signs,
        outcome_words=labels.OUTCOME,
        suspicions=suspicions.suspicions,
        time_now=lambda: services().now(),
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def category_word(category: Category) -> str:
    """Return the word for a category."""
    return _(labels.CATEGORY[category])


def confidence_word(ground: Ground | Statute) -> str:
    """Return how sure the project is of a row about the law."""
    return _(labels.CONFIDENCE[ground.confidence])


def role_word(role: Role) -> str:
    """Return the word for a role."""
    return _(labels.ROLE[role])


def safe_link(url: str) -> str:
    """Return an address that may be followed, or nothing: only http and https."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    is_web = parts.scheme in {"http", "https"} and bool(parts.netloc)
    return url.strip() if is_web else ""
