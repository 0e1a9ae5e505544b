"""Work at the source in Swedish: what is to be done, and what became of it."""

from collections.abc import Mapping

from moderation.domain import labels
from moderation.domain.delivery import Delivery, DeliveryStatus, Visibility
from moderation.domain.swedish_time import STOCKHOLM, swedish_day
from moderation.domain.task import Task
from webui.log_rows import display_names
from webui.services import services


def task_title(task: Task) -> str:
    """Return what to do: «Dölj kommentaren på Facebook»."""
    channel = task.delivery.ref.channel
    if task.hides:
        return f"Dölj kommentaren på {channel}"
    if task.removes:
        return f"Ta bort kommentaren på {channel}"
    return f"Visa kommentaren igen på {channel}"


def delivery_words(delivery: Delivery) -> str:
    """Return how far it has come: «Utfört av Anna 14.32», with the day if not today."""
    if delivery.handled_at is None:
        return _untouched(delivery)
    return f"{_done(delivery)} av {_who(delivery, display_names())} {_when(delivery)}"


def _untouched(delivery: Delivery) -> str:
    wish = labels.VISIBILITY[delivery.desired]
    return f"{wish}: {labels.DELIVERY[delivery.status]}"


def _done(delivery: Delivery) -> str:
    if delivery.has_failed:
        return "Gick inte att utföra, väntar än; försökt"
    words = {
        DeliveryStatus.DELIVERED: "Utfört",
        DeliveryStatus.ABANDONED: "Nedlagt, inte utfört,",
        DeliveryStatus.SUPERSEDED: "Ersatt av ett senare beslut; försökt",
    }
    return words[delivery.status]


def _who(delivery: Delivery, names: Mapping[str, str]) -> str:
    return names.get(delivery.handled_by, delivery.handled_by)


def _when(delivery: Delivery) -> str:
    if delivery.handled_at is None:
        return ""
    local = delivery.handled_at.astimezone(STOCKHOLM)
    day = swedish_day(delivery.handled_at)
    if day == swedish_day(services().now()):
        return f"{local:%H.%M}"
    return f"{day} kl. {local:%H.%M}"


def seen_sentence(task: Task) -> str:
    """Return an example of what one may write when it is done."""
    sentences = {
        Visibility.HIDDEN: "Dold 14.32, syns inte utloggad.",
        Visibility.VISIBLE: "Syns igen utloggad.",
        Visibility.REMOVED: "Borttagen 14.32, länken leder ingenstans.",
    }
    return sentences[task.delivery.desired]


def ground_names() -> dict[str, str]:
    """Return what the grounds of today are called, by id."""
    in_force = services().grounds.in_force(swedish_day(services().now()))
    return {ground_id: ground.short_name for ground_id, ground in in_force.items()}
