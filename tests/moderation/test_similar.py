from moderation.domain.decision import Action
from moderation.similar import similar_decisions
from moderation.storage import SqlStore
from moderation.undoing import undo
from tests.factories import NOON, an_assessed_comment
from tests.moderation.made_decisions import EVA, made, record


def test_the_same_text_comes_first_and_then_rare_words_in_common(
    sqlite_store: SqlStore,
) -> None:
    texts = [
        "Bygglovet på Storgatan är en skandal",
        "Vilken skandal att bygglovet på Storgatans kulle drog ut",
        "Bygglovet på Storgatan är en skandal",
        "Snöröjningen fungerade inte alls i vintras hos oss",
        "Tack för bibliotekets fina öppettider",
    ]
    record(
        sqlite_store,
        *(
            an_assessed_comment(text, external_id=str(number))
            for number, text in enumerate(texts, 1)
        ),
    )
    for comment_id in (2, 3, 4, 5):
        made(sqlite_store, Action.KEEP, comment_id=comment_id)

    found = similar_decisions(sqlite_store.comment(1), sqlite_store)

    assert [one.entry.payload["comment_id"] for one in found] == [3, 2]
    assert [one.is_same_text for one in found] == [True, False]
    assert {"skandal", "storgatan"} <= set(found[1].shared)


def test_what_was_undone_and_what_is_its_own_history_is_left_out(
    sqlite_store: SqlStore,
) -> None:
    record(
        sqlite_store,
        an_assessed_comment(),
        an_assessed_comment(external_id="2"),
    )
    entry = made(sqlite_store, comment_id=2)
    undo(entry.number, user=EVA, store=sqlite_store, at=NOON)
    made(sqlite_store, Action.KEEP)

    assert similar_decisions(sqlite_store.comment(1), sqlite_store) == []
    [found] = similar_decisions(sqlite_store.comment(2), sqlite_store)
    assert found.entry.payload["action"] == "keep"


def test_a_hiding_that_was_restored_is_left_out(sqlite_store: SqlStore) -> None:
    record(sqlite_store, an_assessed_comment(), an_assessed_comment(external_id="2"))
    made(sqlite_store, comment_id=2)
    made(sqlite_store, Action.RESTORE, comment_id=2, moderator="lena")

    assert similar_decisions(sqlite_store.comment(1), sqlite_store) == []
