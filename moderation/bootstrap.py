"""The only module that knows every part; it opens things on first use."""

from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from moderation.domain.answer import Sender
from moderation.domain.ground import GroundTable
from moderation.domain.ports_answers import PersonalDataFinder
from moderation.domain.verdict import Policy
from moderation.grounds import load_grounds
from moderation.paths import models_folder, rules_folder
from moderation.settings import Settings

if TYPE_CHECKING:
    from moderation.detection.detector import RuleAndModelDetector
    from moderation.storage import SqlStore


def now() -> datetime:
    """Return the time now, in UTC."""
    return datetime.now(UTC)


class Services:
    """Everything an edge needs, made once and handed in."""

    def __init__(
        self,
        settings: Settings,
        *,
        rules: Path | None = None,
        models: Path | None = None,
    ) -> None:
        self.settings = settings
        self.now = now
        self._rules = rules or rules_folder()
        self._models = models or models_folder()

    @cached_property
    def store(self) -> "SqlStore":
        """The database, brought up to date."""
        # A scan that stores nothing need not wait for SQLAlchemy and Alembic.
        from moderation.storage import open_store  # noqa: PLC0415 - above

        return open_store(self.settings.database)

    @cached_property
    def store_to_read(self) -> "SqlStore":
        """The database as it is, write-protected or not: for reading the log."""
        from moderation.storage import (  # noqa: PLC0415 - as above
            open_store_to_read,
        )

        return open_store_to_read(self.settings.database)

    @cached_property
    def grounds(self) -> GroundTable:
        """The dated table of grounds."""
        return load_grounds()

    @property
    def sender(self) -> Sender:
        """Who signs an answer, and where somebody who objects can turn."""
        return Sender(
            function=self.settings.sender_function,
            contact=self.settings.sender_contact,
        )

    @cached_property
    def find_personal_data(self) -> PersonalDataFinder:
        """What finds personal data in a text, without the rules and the classifier."""
        from moderation.detection.personal_data import (  # noqa: PLC0415 - as above
            find_personal_data,
        )

        return find_personal_data

    @cached_property
    def detector(self) -> "RuleAndModelDetector":
        """The rules and the classifier, proved and checked."""
        # scikit-learn and spaCy take seconds to load; the log and users need neither.
        from moderation.detection.detector import load_detector  # noqa: PLC0415 - above

        return load_detector(rules=self._rules, models=self._models)

    @cached_property
    def policy(self) -> Policy:
        """The model's thresholds, and those that the installation has chosen."""
        thresholds = {**self.detector.thresholds, **self.settings.thresholds}
        return Policy(thresholds=thresholds)
