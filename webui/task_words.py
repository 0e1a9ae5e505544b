"""Work at the source in words: what is to be done, and what became of it."""

from collections.abc import Mapping

from moderation.domain import labels
from moderation.domain.delivery import Delivery, DeliveryStatus, Visibility
from moderation.domain.swedish_time import swedish_day
from moderation.domain.task import Task
from webui.language import _
from webui.log_rows import display_names
from webui.services import services
from webui.times import hour


def task_title(task: Task) -> str:
    """Return what to do: «Dölj kommentaren på Facebook»."""
    channel = task.delivery.ref.channel
    if task.hides:
        return _("Dölj kommentaren på %(channel)s", channel=channel)
    if task.removes:
        return _("Ta bort kommentaren på %(channel)s", channel=channel)
    return _("Visa kommentaren igen på %(channel)s", channel=channel)


def delivery_words(delivery: Delivery) -> str:
    """Return how far it has come: «Utfört av Anna 14.32», with the day if not today."""
    if delivery.handled_at is None:
        return _untouched(delivery)
    return _(
        "%(done)s av %(name)s %(time)s",
        done=_done(delivery),
        name=_who(delivery, display_names()),
        time=_when(delivery),
    )


def _untouched(delivery: Delivery) -> str:
    wish = _(labels.VISIBILITY[delivery.desired])
    return f"{wish}: {_(labels.DELIVERY[delivery.status])}"


def _done(delivery: Delivery) -> str:
    if delivery.has_failed:
        return _("Gick inte att utföra, väntar än; försökt")
    words = {
        DeliveryStatus.DELIVERED: _("Utfört"),
        DeliveryStatus.ABANDONED: _("Nedlagt, inte utfört,"),
        DeliveryStatus.SUPERSEDED: _("Ersatt av ett senare beslut; försökt"),
    }
    return words[delivery.status]


def _who(delivery: Delivery, names: Mapping[str, str]) -> str:
    return names.get(delivery.handled_by, delivery.handled_by)


def _when(delivery: Delivery) -> str:
    if delivery.handled_at is None:
        return ""
    day, time = swedish_day(delivery.handled_at), hour(delivery.handled_at)
    if day == swedish_day(services().now()):
        return time
    return _("%(day)s kl. %(time)s", day=day, time=time)


def seen_sentence(task: Task) -> str:
    """Return an example of what one may write when it is done."""
    sentences = {
        Visibility.HIDDEN: _("Dold 14.32, syns inte utloggad."),
        Visibility.VISIBLE: _("Syns igen utloggad."),
        Visibility.REMOVED: _("Borttagen 14.32, länken leder ingenstans."),
    }
    return sentences[task.delivery.desired]


def ground_names() -> dict[str, str]:
    """Return what the grounds of today are called, by id."""
    in_force = services().grounds.in_force(swedish_day(services().now()))
    return {ground_id: ground.short_name for ground_id, ground in in_force.items()}
