"""Whether a rule is fit for every comment: not too slow, and not on everything."""

import re
import time
from collections.abc import Callable
from itertools import cycle, islice
from typing import Final

from moderation.detection.rule import Rule
from moderation.detection.rule_matcher import RuleMatcher

LENGTH: Final = 10_000
"""Characters of the text that a rule must manage in time."""
LIMIT: Final = 0.05
"""Seconds of work for that text, on a machine that does the yardstick in time."""
_TRIES: Final = 5
"""The best of these counts: a busy machine must not make a good rule a slow one."""
_YARDSTICK: Final = re.compile(r"\b(?:\w+ ){1,3}(?:ett|två|tre)\b")
_YARDSTICK_TEXT: Final = "en kommentar som ingen har skrivit " * 600
_YARDSTICK_SECONDS: Final = 0.0012
"""What the yardstick takes on an Intel Xeon at 2.8 GHz."""
_EVERYDAY: Final = (
    "Tack för snabb hjälp med parkeringen vid skolan i går.",
    "När öppnar simhallen efter sommaren?",
    "Det är inte rimligt att vi ska betala mer för samma vatten.",
    "Hej, min dotter har glömt sin mössa på bussen mot centrum.",
    "Jag tycker att nämnden borde lyssna på oss som bor här.",
    "Vi har väntat i tre veckor på svar från er.",
    "Så fint det blev i parken, och bänkarna är sköna att sitta på.",
    "Kan någon säga var man lämnar gamla möbler?",
    "Politikerna lovar mycket men det händer ingenting.",
    "Vägen är full av hål och ingen lagar dem.",
)
"""Comments as most of them are; invented."""
_MOST_EVERYDAY: Final = len(_EVERYDAY) // 2


def unfitness(rule: Rule, matcher: RuleMatcher, number: int) -> str | None:
    """Return, in Swedish, why a rule cannot be used, or None if it can."""
    hits = sum(bool(matcher.find(text, only=number)) for text in _EVERYDAY)
    if hits > _MOST_EVERYDAY:
        return (
            f"den slår på {hits} av {len(_EVERYDAY)} vanliga kommentarer och skulle "
            "fylla kön"
        )
    seconds = _seconds(matcher, number, _long_text(rule))
    if seconds > LIMIT:
        return (
            f"den tar {seconds * 1000:.0f} ms på en text om {LENGTH} tecken, och "
            f"högst {LIMIT * 1000:.0f} ms är tillåtet"
        )
    return None


def _long_text(rule: Rule) -> str:
    """Return a text with all that the rule looks for, many times over."""
    words = (word.replace("*", "") for word in rule.words)
    letters = cycle(" ".join([*rule.catches, *rule.spares, *words, *_EVERYDAY, ""]))
    return "".join(islice(letters, LENGTH))


def _seconds(matcher: RuleMatcher, number: int, text: str) -> float:
    """Return the least time a rule needs for a text, had the machine a usual pace."""
    best = float("inf")
    for _ in range(_TRIES):
        seconds = _time(lambda: matcher.find(text, only=number))
        slowness = _time(lambda: _YARDSTICK.search(_YARDSTICK_TEXT))
        best = min(best, seconds / max(1, slowness / _YARDSTICK_SECONDS))
        if best <= LIMIT:
            break
    return best


def _time(action: Callable[[], object]) -> float:
    started = time.thread_time()
    action()
    return time.thread_time() - started
