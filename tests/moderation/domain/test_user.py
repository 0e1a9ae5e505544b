import pytest

from moderation.domain.user import Role
from tests.factories import a_user


@pytest.mark.parametrize(
    ("role", "decides", "restores", "administers"),
    [
        (Role.MODERATOR, True, False, False),
        (Role.OFFICER, True, True, False),
        (Role.READER, False, False, False),
        (Role.ADMIN, False, False, True),
    ],
)
def test_a_role_says_what_a_user_may_do(
    role: Role,
    decides: bool,  # noqa: FBT001 - a row of the table above
    restores: bool,  # noqa: FBT001 - the same
    administers: bool,  # noqa: FBT001 - the same
) -> None:
    user = a_user(role=role)

    assert user.may_decide is decides
    assert user.may_restore is restores
    assert user.may_administer is administers
