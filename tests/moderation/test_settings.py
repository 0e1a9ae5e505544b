from pathlib import Path

import pytest
from pydantic import ValidationError

from moderation.domain.category import Category
from moderation.domain.errors import SettingsError
from moderation.settings import FILE, read_settings


@pytest.fixture(autouse=True)
def _an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("DATABASE", "THRESHOLDS", "SECRET_KEY", "SECURE_COOKIES"):
        monkeypatch.delenv(f"UPPSIKT_{name}", raising=False)


def write(text: str) -> None:
    Path(FILE).write_text(text, encoding="utf-8")


def test_nothing_chosen_is_a_database_in_this_folder() -> None:
    settings = read_settings()

    assert settings.database == "sqlite:///uppsikt.sqlite3"
    assert settings.thresholds == {}
    assert settings.secret_key == ""
    assert settings.secure_cookies is False


def test_the_file_is_read() -> None:
    write('database = "a.sqlite3"\nsecure_cookies = true\n[thresholds]\nthreat = 0.3\n')

    settings = read_settings()

    assert settings.database == "a.sqlite3"
    assert settings.secure_cookies is True
    assert settings.thresholds == {Category.THREAT: 0.3}


def test_the_environment_goes_before_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    write('database = "a.sqlite3"\n')
    monkeypatch.setenv("UPPSIKT_DATABASE", "b.sqlite3")

    assert read_settings().database == "b.sqlite3"


def test_what_the_command_says_goes_before_everything(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write('database = "a.sqlite3"\n')
    monkeypatch.setenv("UPPSIKT_DATABASE", "b.sqlite3")

    assert read_settings("c.sqlite3").database == "c.sqlite3"


def test_thresholds_can_be_set_in_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("UPPSIKT_THRESHOLDS", '{"hate": 0.4}')

    assert read_settings().thresholds == {Category.HATE: 0.4}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            'databas = "a.sqlite3"\n',
            (
                "Inställningen databas är okänd eller har ett värde som inte går att "
                "använda. Rätta uppsikt.toml eller miljövariabeln UPPSIKT_DATABAS."
            ),
        ),
        (
            "secure_cookies = 7\n",
            (
                "Inställningen secure_cookies är okänd eller har ett värde som inte "
                "går att använda. Rätta uppsikt.toml eller miljövariabeln "
                "UPPSIKT_SECURE_COOKIES."
            ),
        ),
    ],
)
def test_a_setting_that_cannot_be_used_is_refused_by_name(
    text: str, sentence: str
) -> None:
    write(text)

    with pytest.raises(SettingsError) as caught:
        read_settings()

    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    "thresholds",
    ["threat = 1.5", "threat = -0.1", 'threat = "hög"', "hot = 0.5", "threat = nan"],
)
def test_a_threshold_that_is_no_share_of_a_known_category_is_refused(
    thresholds: str,
) -> None:
    write(f"[thresholds]\n{thresholds}\n")

    with pytest.raises(SettingsError, match="Inställningen thresholds"):
        read_settings()


def test_a_broken_threshold_in_the_environment_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("UPPSIKT_THRESHOLDS", "threat=0.5")

    with pytest.raises(SettingsError, match="UPPSIKT_THRESHOLDS skrivs som"):
        read_settings()


def test_a_damaged_file_is_refused_with_its_place() -> None:
    write("database = \n")

    with pytest.raises(SettingsError) as caught:
        read_settings()

    assert str(caught.value).startswith(f"{Path(FILE).resolve()} kan inte läsas: ")
    assert str(caught.value).endswith("Rätta filen.")


def test_a_file_in_another_encoding_is_refused() -> None:
    Path(FILE).write_bytes('database = "å.sqlite3"\n'.encode("latin-1"))

    with pytest.raises(SettingsError, match="kan inte läsas"):
        read_settings()


def test_settings_cannot_be_changed() -> None:
    settings = read_settings()

    with pytest.raises(ValidationError):
        settings.database = "a.sqlite3"  # type: ignore[misc]  # That is the point.
