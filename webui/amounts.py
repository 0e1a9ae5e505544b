"""Numbers as they stand on a page, written as its language writes them."""

from moderation.domain.user import Language
from webui.language import page_language


def number(value: float) -> str:
    """Return a number in groups of three: «12 500», in English «12,500»."""
    english = f"{value:,.0f}"
    if page_language() is Language.ENGLISH:
        return english
    return english.replace(",", "\N{NO-BREAK SPACE}")


def percent(value: float) -> str:
    """Return a share: «45 %», in English «45%»."""
    sign = "%" if page_language() is Language.ENGLISH else " %"
    return f"{value * 100:.0f}{sign}"
