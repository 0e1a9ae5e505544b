"""The command with stand-in detectors, to be run as a process of its own."""

import os

from moderation.cli import main
from moderation.settings import Settings
from tests.fakes import FakedServices, NewerServices


class BrokenServices(FakedServices):
    """Services with a programming error in them."""

    def __init__(self, settings: Settings) -> None:
        raise ZeroDivisionError(settings.database)


KINDS = {"broken": BrokenServices, "newer": NewerServices}

if __name__ == "__main__":
    main(KINDS.get(os.environ.get("TEST_SERVICES", ""), FakedServices))
