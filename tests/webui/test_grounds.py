from moderation.grounds import load_grounds
from tests.factories import NOON, an_assessed_comment
from tests.webui.conftest import Record
from tests.webui.visitor import Visitor


def test_every_ground_in_force_is_explained(eva: Visitor) -> None:
    page = eva.get("/grunder").text

    for ground in load_grounds().in_force(NOON.date()).values():
        assert f'id="{ground.id}"' in page


def test_every_ground_in_force_can_be_chosen(record: Record, eva: Visitor) -> None:
    record(an_assessed_comment())

    page = eva.get("/kommentar/1").text

    for ground in load_grounds().in_force(NOON.date()).values():
        assert f'<option value="{ground.id}"' in page
    assert "BBS-lagen 5 § – måste bort om det är uppenbart" in page


def test_the_grounds_cannot_be_posted_to(eva: Visitor) -> None:
    assert eva.send("/grunder").status_code == 405
