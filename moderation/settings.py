"""One frozen Settings: a TOML file, then the environment."""

import os
import tomllib
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)
from pydantic_settings import SettingsError as UnreadableError

from moderation.domain.category import Category
from moderation.domain.errors import SettingsError

FILE: Final = "uppsikt.toml"
"""Looked for in the folder where the command is run."""

_PREFIX: Final = "UPPSIKT_"

Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


class Settings(BaseSettings):
    """Everything that an installation may choose. Unknown keys are errors."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX, extra="forbid", frozen=True, toml_file=FILE
    )

    database: str = "sqlite:///uppsikt.sqlite3"
    """A file path or a database URL."""
    thresholds: dict[Category, Share] = Field(default_factory=dict)
    """Per category, instead of the model's own; 0 to 1."""
    secret_key: str = ""
    """Signs the session cookies; made and kept beside the database if empty."""
    secure_cookies: bool = False
    """Send cookies over HTTPS only. Set it where a proxy ends HTTPS."""
    sender_function: str = "Kommunikationsenheten"
    """What stands below an answer to an author in place of a name."""
    sender_contact: str = ""
    """Where an author who objects can turn: an e-mail address, a telephone number."""
    trusted_proxy: str = ""
    """Address of a web server in front whose X-Forwarded-For tells who visits."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - given by name
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the same
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Put the environment before the file, and what the command says first."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def read_settings(database: str | None = None) -> Settings:
    """Return the settings of this installation.

    Raises SettingsError with a Swedish sentence where one cannot be used.
    """
    _refuse_unknown_variables()
    chosen: dict[str, Any] = {} if database is None else {"database": database}
    try:
        return Settings(**chosen)
    except ValidationError as error:
        raise SettingsError(_sentence(error)) from error
    except UnreadableError as error:
        msg = (
            f"En miljövariabel kan inte läsas ({error}). "
            'Rätta den: UPPSIKT_THRESHOLDS skrivs som {"threat": 0.5}.'
        )
        raise SettingsError(msg) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        msg = f"{Path(FILE).resolve()} kan inte läsas: {error}. Rätta filen."
        raise SettingsError(msg) from error


def _refuse_unknown_variables() -> None:
    known = {f"{_PREFIX}{name}".upper() for name in Settings.model_fields}
    given = {name for name in os.environ if name.upper().startswith(_PREFIX)}
    if unknown := sorted(given - known - {f"{_PREFIX}DEBUG"}):
        msg = (
            f"Miljövariabeln {', '.join(unknown)} är okänd. "
            f"Rätta stavningen; Uppsikt känner till {', '.join(sorted(known))}."
        )
        raise SettingsError(msg)


def _sentence(error: ValidationError) -> str:
    names = ", ".join(".".join(map(str, e["loc"])) for e in error.errors())
    return (
        f"Inställningen {names} är okänd eller har ett värde som inte går att "
        f"använda. Rätta {FILE} eller miljövariabeln UPPSIKT_{names.upper()}."
    )
