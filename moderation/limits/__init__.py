"""The store as somebody sees it who is limited to some channels."""

from moderation.limits.store import LimitedStore, limited_store
from moderation.limits.transaction import LimitedTransaction

__all__ = ["LimitedStore", "LimitedTransaction", "limited_store"]
