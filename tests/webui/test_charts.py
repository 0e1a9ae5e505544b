import sys
from xml.etree import ElementTree as ET

import pytest
from markupsafe import Markup

from webui import charts

Drawn = list[ET.Element]


def nodes(picture: Markup) -> Drawn:
    # The picture is our own, so no hostile XML is read here.
    return list(ET.fromstring(picture).iter())  # noqa: S314


def texts(picture: Markup) -> list[str]:
    return [node.text for node in nodes(picture) if node.text and node.text.strip()]


def rectangles(picture: Markup) -> Drawn:
    return [node for node in nodes(picture) if "rect" in node.get("class", "").split()]


def test_a_picture_has_neither_styles_nor_scripts_nor_ids() -> None:
    picture = charts.columns(["a"], {"x": [1], "y": [2]}, title="T", told="Två.")

    names = {node.tag.rpartition("}")[2] for node in nodes(picture)}
    assert not names & {"style", "script", "image", "a"}
    assert all({"style", "id"}.isdisjoint(node.attrib) for node in nodes(picture))


def test_a_picture_is_told_in_words() -> None:
    root = nodes(charts.bars(["a"], {"x": [1]}, title="Grunder", told="En grund."))[0]

    assert (root.get("role"), root.get("aria-label")) == ("img", "Grunder. En grund.")


def test_the_first_lying_bar_is_on_top() -> None:
    picture = charts.bars(["först", "sist"], {"x": [1, 2]}, title="T", told="")

    heights = {
        node.text: float(node.get("y", "")) for node in nodes(picture) if node.text
    }
    assert heights["först"] < heights["sist"]


def test_a_share_is_drawn_from_0_to_100_with_its_interval() -> None:
    value = {"value": 45.0, "ci": {"low": 30.0, "high": 60.0}}
    picture = charts.bars(["a"], {"x": [value]}, title="T", told="", is_share=True)

    assert {"0 %", "100 %"} <= set(texts(picture))
    assert any(node.get("class") == "ci" for node in nodes(picture))


@pytest.mark.parametrize("draw", [charts.columns, charts.bars])
def test_nothing_to_draw_is_said_and_a_missing_value_is_left_out(draw: object) -> None:
    assert callable(draw)

    empty = draw([], {"x": []}, title="T", told="")
    partly = draw(["a", "b"], {"x": [1, None]}, title="T", told="")

    assert texts(empty) == ["Inget att rita i perioden."]
    assert len(rectangles(partly)) == 1


def test_a_name_is_text_whatever_it_holds() -> None:
    name = "</svg><script>alert(1)</script>&\"'"
    picture = charts.bars([name], {"x": [1]}, title=name, told="")

    assert "<script" not in picture
    assert nodes(picture)[0].get("aria-label") == f"{name}. "


def test_the_library_leaves_imports_as_they_were() -> None:
    assert all(hasattr(finder, "find_spec") for finder in sys.meta_path)
