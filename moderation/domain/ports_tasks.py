"""What the core asks of the store about work that is done by hand."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from moderation.domain.channel_limit import ChannelLimit
from moderation.domain.comment import CommentRef
from moderation.domain.delivery import Delivery, DeliveryStatus
from moderation.domain.task import Task


class TaskReads(Protocol):
    """Reads the waiting work."""

    def tasks(
        self, *, limit: int, offset: int = 0, channels: ChannelLimit = None
    ) -> list[Task]:
        """Return a page of what waits to be done by hand, those due first."""
        ...

    def count_tasks(self) -> Mapping[str, int]:
        """Return how many wait, by channel; a channel without any is left out."""
        ...

    def task(self, delivery_id: int) -> Task:
        """Return one, waiting or not, or raise NotFoundError."""
        ...

    def deliveries_of_entries(self, numbers: Sequence[int]) -> dict[int, Delivery]:
        """Return what became of decisions at the source, by their entry's number."""
        ...


class TaskChanges(Protocol):
    """Changes the waiting work."""

    def settle_delivery(  # noqa: PLR0913 - Everything that is written down about it.
        self,
        delivery: Delivery,
        *,
        status: DeliveryStatus,
        attempts: int,
        by: str,
        at: datetime,
        note: str,
    ) -> bool:
        """Write down what a person did. False if it has changed since it was read."""
        ...

    def supersede_deliveries(self, ref: CommentRef) -> None:
        """Let nothing wait any longer about a comment: a newer wish counts."""
        ...
