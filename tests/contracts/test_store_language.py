"""What both databases promise about the language that a user has chosen."""

from moderation.accounts import Accounts
from moderation.domain.ports import Store
from moderation.domain.user import Language
from tests.factories import NOON, a_user


def test_a_user_has_chosen_no_language_from_the_start(store: Store) -> None:
    with store.transaction() as tx:
        tx.add_user(a_user("eva"))

    assert [user.language for user in store.users()] == [None]


def test_a_chosen_language_stays_with_the_user_alone(store: Store) -> None:
    with store.transaction() as tx:
        tx.add_user(a_user("bo"))
        tx.add_user(a_user("eva"))

    Accounts(store, actor="eva", now=lambda: NOON).choose_language(
        "eva", Language.ENGLISH
    )

    assert [user.language for user in store.users()] == [None, Language.ENGLISH]
    assert store.account_events("eva") == []
