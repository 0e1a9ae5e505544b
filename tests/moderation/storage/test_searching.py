from datetime import timedelta

import pytest

from moderation.domain.ports import Store
from moderation.domain.search import SearchFilter
from moderation.domain.triage import QueueStatus
from moderation.storage import searching
from tests.factories import NOON, a_clean_comment, an_assessed_comment

OFTEN = (0, 1, 2, 9, 10, 11, 19)
"""Which of the comments have the word, by age."""


@pytest.fixture
def archive(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Return twenty comments, where three hits are many and four texts a long way."""
    monkeypatch.setattr(searching, "_MANY", 3)
    monkeypatch.setattr(searching, "_READ", 4)
    monkeypatch.setattr(searching, "_WINDOW", 2)
    made = [
        (an_assessed_comment if age % 2 else a_clean_comment)(
            "Badhuset är öppet" if age in OFTEN else "Parken är stängd",
            external_id=str(age),
            posted_at=NOON - timedelta(hours=age),
        )
        for age in range(20)
    ]
    with store.transaction() as tx:
        tx.record_many(made, received_at=NOON)
    return store


def walked(store: Store, chosen: SearchFilter, limit: int) -> list[int]:
    """Return the ages of all that is found, page after page to the end."""
    found: list[int] = []
    older: int | None = None
    for _ in range(20):
        page = store.search(chosen, limit=limit, before=older)
        assert len(page.hits) <= limit
        assert older is None or page.older is None or page.older < older
        found += [int(hit.stored.comment.ref.external_id) for hit in page.hits]
        older = page.older
        if older is None:
            return found
    message = "The search never ends."
    raise AssertionError(message)


@pytest.mark.parametrize("limit", [1, 2, 3, 50])
def test_common_words_are_all_found_stretch_by_stretch(
    archive: Store, limit: int
) -> None:
    chosen = SearchFilter(words=("badhuset",))

    assert walked(archive, chosen, limit) == list(OFTEN)


@pytest.mark.parametrize("limit", [1, 2, 50])
def test_so_are_those_that_fit_a_filter(archive: Store, limit: int) -> None:
    chosen = SearchFilter(words=("badhuset",), status=QueueStatus.OPEN)

    assert walked(archive, chosen, limit) == [age for age in OFTEN if age % 2]


def test_rare_words_are_found_at_once(archive: Store) -> None:
    chosen = SearchFilter(
        words=("badhuset",), until=NOON - timedelta(hours=10, minutes=30)
    )

    page = archive.search(chosen, limit=5)

    assert len(page.hits) == 2
    assert page.older is None
