"""What answering asks of the world, beside the log."""

from collections.abc import Callable, Sequence

from moderation.domain.finding import Finding

PersonalDataFinder = Callable[[str], Sequence[Finding]]
"""Returns the personal data in a text; the source names its kind."""
