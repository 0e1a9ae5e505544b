from moderation.domain.category import CATEGORIES, FLAGGING, POSITION, Category


def test_there_are_twelve_categories_and_all_but_the_question_flag() -> None:
    assert len(CATEGORIES) == 12
    assert set(CATEGORIES) - set(FLAGGING) == {Category.QUESTION}


def test_a_categorys_position_is_where_it_stands_in_every_list_of_scores() -> None:
    assert [POSITION[category] for category in CATEGORIES] == list(range(12))
