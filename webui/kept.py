"""The queue's filter, as it goes along in addresses."""

from typing import Any

from moderation.domain.triage import QueueFilter, QueueStatus


def kept_filter(chosen: QueueFilter) -> dict[str, Any]:
    """Return the filter as it stands in an address."""
    kept = {
        "kanal": chosen.channel,
        "kategori": chosen.category or "",
        "status": "" if chosen.status is QueueStatus.OPEN else chosen.status.value,
        "ejbedomda": "y" if chosen.unassessed_only else "",
    }
    return {name: str(value) for name, value in kept.items() if value}
