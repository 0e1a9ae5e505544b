"""What a page says to whoever reads or hears it, and in which language."""

from html.parser import HTMLParser
from typing import Final

_HEARD: Final = ("aria-label", "title", "placeholder", "data-label", "label", "alt")
_WITHOUT_END: Final = frozenset(
    {"br", "hr", "img", "input", "link", "meta", "path", "circle", "col"}
)
_UNREAD: Final = frozenset({"script", "style"})


class Reader(HTMLParser):
    """Gathers a page's words, but for those that its tags say are in `skipped`."""

    def __init__(self, *, skipped: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.language = ""
        self._skipped = skipped
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        is_skipped = self._is_skipped(given.get("lang")) or tag in _UNREAD
        if tag == "html":
            self.language = given.get("lang") or ""
            is_skipped = False
        if not is_skipped:
            self.words += [str(given[name]) for name in _HEARD if given.get(name)]
            self.words += [
                str(v) for n, v in attrs if n.startswith("data-draft-") and v
            ]
        if tag not in _WITHOUT_END:
            self._open.append((tag, is_skipped))

    def handle_endtag(self, tag: str) -> None:
        if tag in _WITHOUT_END:
            return
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not (self._open and self._open[-1][1]):
            self.words.append(data.strip())

    def _is_skipped(self, language: str | None) -> bool:
        if language is not None:
            return language == self._skipped
        return bool(self._open) and self._open[-1][1]


def read(page: str, *, skipped: str = "") -> Reader:
    """Return what a page says outside of what is marked as in a language."""
    reader = Reader(skipped=skipped)
    reader.feed(page)
    return reader
