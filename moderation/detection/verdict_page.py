"""Pages of single verdicts, right and wrong, for a person to read."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from moderation.detection.judged import Judged, Outcome, sample, worst
from moderation.domain import labels
from moderation.domain.category import Category
from moderation.domain.finding import Finding
from moderation.domain.verdict import Policy

EACH: Final = 10
"""Comments shown of each outcome."""

_INVENTED: Final = (
    "## Varning: texterna är påhittade exempel\n\n"
    "Ingen riktig människa har skrivit dem och ingen finns bakom namnen. Flera är "
    "grova med flit."
)
_REAL: Final = (
    "## Varning: texterna kommer ur er egen fil\n\n"
    "De kan vara grova och innehålla personuppgifter. Förvara sidan som ni förvarar "
    "filen."
)
_SAMPLED: Final[Mapping[Outcome, str]] = {
    Outcome.FOUND: "Rätt flaggade",
    Outcome.SPARED: "Rätt lämnade i fred, bland dem som är lätta att ta fel på",
    Outcome.FALSE_ALARM: "Fel flaggade",
    Outcome.MISSED: "Missade",
}
_WORST: Final[Mapping[Outcome, str]] = {
    Outcome.FALSE_ALARM: "Fel flaggade, de säkraste först",
    Outcome.MISSED: "Missade, de minst misstänkta först",
}
_MARKDOWN: Final = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_LIST_MARK: Final = re.compile(r"^(\s*\d*)([-+=.)])", re.MULTILINE)


def verdict_page(judged: Sequence[Judged], policy: Policy, *, is_invented: bool) -> str:
    """Return a page of verdicts in Markdown: half of them right, half wrong.

    Where the texts are not invented, the page says that they may be somebody's.
    """
    intro = (
        "# Utlåtanden, rätta och felaktiga\n\n"
        "Ett urval av vad Uppsikt råder, med skälen: hälften rätt och hälften fel, "
        "spritt över slagen och draget med ett fast frö. Urvalet säger inget om hur "
        "ofta det blir fel."
    )
    parts = {
        title: sample(judged, outcome, EACH) for outcome, title in _SAMPLED.items()
    }
    return _page(intro, parts, policy, is_invented=is_invented)


def worst_page(judged: Sequence[Judged], policy: Policy, *, is_invented: bool) -> str:
    """Return a page in Markdown of the errors that the tool was surest of."""
    intro = (
        "# De värsta felen\n\n"
        "De fel som Uppsikt var säkrast på: flaggat utan skäl med högst säkerhet, och "
        "missat med lägst misstanke."
    )
    parts = {title: worst(judged, outcome, EACH) for outcome, title in _WORST.items()}
    return _page(intro, parts, policy, is_invented=is_invented)


def _page(
    intro: str,
    parts: Mapping[str, Sequence[Judged]],
    policy: Policy,
    *,
    is_invented: bool,
) -> str:
    blocks = [intro, _INVENTED if is_invented else _REAL]
    for title, chosen in parts.items():
        blocks.append(f"## {title}")
        blocks += [_entry(at, one, policy) for at, one in enumerate(chosen, start=1)]
        if not chosen:
            blocks.append("Inga sådana i filen.")
    return "\n\n".join(blocks) + "\n"


def _entry(number: int, one: Judged, policy: Policy) -> str:
    points = [
        f"Märkt: {_names(one.labels)}",
        f"Råd: {_advice(one, policy)}",
        *map(_escaped, one.verdict.not_assessed),
        *(_reason(finding, one.text) for finding in one.verdict.findings),
    ]
    listed = "\n".join(f"- {point}" for point in points)
    return f"### {number}\n\n{_quoted(one.text)}\n\n{listed}"


def _names(categories: Sequence[Category]) -> str:
    return ", ".join(labels.CATEGORY[c] for c in categories) or "inget som flaggar"


def _advice(one: Judged, policy: Policy) -> str:
    if one.flagged:
        reached = (
            f"{labels.CATEGORY[c]} {_percent(one.score(c))}" for c in one.flagged
        )
        return f"en människa bör titta ({', '.join(reached)})"
    nearest = one.nearest
    advice = "en människa bör titta" if one.verdict.is_flagged else "låt stå"
    return (
        f"{advice}; inget nådde sin tröskel, {labels.CATEGORY[nearest]} fick "
        f"{_percent(one.score(nearest))} mot {_percent(policy.thresholds[nearest])}"
    )


def _reason(finding: Finding, text: str) -> str:
    place = _escaped(" ".join(finding.span.of(text).split()))
    return (
        f"{labels.CATEGORY[finding.category]}, {_percent(finding.confidence)}, "
        f"«{place}»: {_escaped(finding.explanation)} ({_escaped(finding.source)})"
    )


def _quoted(text: str) -> str:
    """Return a text as a quotation that Markdown shows as it was written."""
    lines = _LIST_MARK.sub(r"\1\\\2", _escaped(text)).splitlines()
    return "\n".join(f"> {line}".rstrip() for line in lines)


def _escaped(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %"
