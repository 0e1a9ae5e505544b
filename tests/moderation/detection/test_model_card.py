from pathlib import Path

from moderation.detection.model_card import (
    CARD,
    functions_table,
    write_comparison,
    write_figures,
)

BEFORE = "<!-- comparison -->\ngammal tabell\n<!-- /comparison -->\n"
AFTER = "<!-- comparison -->\n| ny |\n<!-- /comparison -->\n"


def test_the_comparison_replaces_what_stood_between_its_marks(tmp_path: Path) -> None:
    card = tmp_path / CARD
    card.write_text(f"# Kort\n{BEFORE}slut\n", "utf-8")

    write_comparison(tmp_path, "| ny |\n")

    assert card.read_text("utf-8") == f"# Kort\n{AFTER}slut\n"


def test_a_card_without_the_marks_is_left_as_it_is(tmp_path: Path) -> None:
    card = tmp_path / CARD
    card.write_text("# Kort\nslut\n", "utf-8")

    write_comparison(tmp_path, "| ny |\n")

    assert card.read_text("utf-8") == "# Kort\nslut\n"


def test_a_folder_without_a_card_gets_none(tmp_path: Path) -> None:
    write_comparison(tmp_path, "| ny |\n")
    write_figures(tmp_path, {}, {})

    assert list(tmp_path.iterdir()) == []


def test_functions_stand_by_name_whatever_order_they_come_in() -> None:
    table = functions_table({"vardag": 1.0, "citat": 0.5})

    assert table == functions_table({"citat": 0.5, "vardag": 1.0})
    assert table.index("citat") < table.index("vardag")
    assert "| **mean** | 75% |" in table
