from collections.abc import Mapping
from dataclasses import replace

import pytest

from moderation.domain.log_entry import (
    GENESIS,
    Head,
    LogEntry,
    LogText,
    canonical,
    first_broken,
    next_entry,
    seal,
)

START = Head(number=0, seal=GENESIS)


def a_chain(length: int) -> tuple[list[LogEntry], Head]:
    entries: list[LogEntry] = []
    head = START
    for number in range(1, length + 1):
        text = LogText(salt=f"salt{number}", text="Hot om våld.")
        entry = next_entry(head, {"action": "hide"}, {"reasons": text})
        entries.append(entry)
        head = Head(number=entry.number, seal=entry.seal)
    return entries, head


def resealed(entry: LogEntry, payload: Mapping[str, object]) -> LogEntry:
    return replace(entry, payload=payload, seal=seal(entry.previous_seal, payload))


def test_the_canonical_form_does_not_depend_on_the_order_of_keys() -> None:
    one = canonical({"b": {"y": 1, "x": None}, "a": "å"})

    assert one == canonical({"a": "å", "b": {"x": None, "y": 1}})
    assert one == '{"a":"å","b":{"x":null,"y":1}}'


def test_the_seal_is_sha_256_over_the_seal_before_and_the_payload() -> None:
    # Computed apart: printf '%064d\n{"a":1}' 0 | sha256sum
    assert seal(GENESIS, {"a": 1}) == (
        "f21735afd2cd6af4fc5804b0045cebfd545aef8396d29d030c39cb8880b45b7f"
    )


def test_entries_are_numbered_from_one_and_seal_the_one_before() -> None:
    (first, second), head = a_chain(2)

    assert (first.number, second.number) == (1, 2)
    assert first.previous_seal == GENESIS
    assert second.previous_seal == first.seal
    assert head == Head(number=2, seal=second.seal)


def test_only_the_digest_of_a_free_text_is_sealed() -> None:
    [entry], _ = a_chain(1)

    assert entry.payload["digests"] == {"reasons": entry.texts["reasons"].digest}
    assert "Hot om våld" not in canonical(entry.payload)


def test_the_same_text_with_another_salt_has_another_digest() -> None:
    assert LogText("a", "Hot.").digest != LogText("b", "Hot.").digest


@pytest.mark.parametrize("length", [0, 1, 5])
def test_an_untouched_chain_is_sound(length: int) -> None:
    entries, head = a_chain(length)

    assert first_broken(entries, head) is None


def test_an_erased_text_leaves_the_chain_sound() -> None:
    entries, head = a_chain(3)
    entries[1] = replace(entries[1], texts={})

    assert first_broken(entries, head) is None


def test_a_changed_payload_is_found() -> None:
    entries, head = a_chain(3)
    entries[1] = replace(entries[1], payload={**entries[1].payload, "action": "keep"})

    assert first_broken(entries, head) == 2


def test_a_changed_and_resealed_payload_is_found_at_the_entry_after() -> None:
    entries, head = a_chain(3)
    entries[1] = resealed(entries[1], {**entries[1].payload, "action": "keep"})

    assert first_broken(entries, head) == 3


def test_a_resealed_last_entry_is_found_by_the_remembered_head() -> None:
    entries, head = a_chain(3)
    entries[2] = resealed(entries[2], {**entries[2].payload, "action": "keep"})

    assert first_broken(entries, head) == 4


def test_a_changed_text_is_found() -> None:
    entries, head = a_chain(3)
    forged = {"reasons": LogText(salt="salt2", text="Ingenting.")}
    entries[1] = replace(entries[1], texts=forged)

    assert first_broken(entries, head) == 2


def test_a_text_that_was_never_sealed_is_found() -> None:
    entries, head = a_chain(1)
    added = {**entries[0].texts, "extra": LogText(salt="s", text="Tillagt.")}
    entries[0] = replace(entries[0], texts=added)

    assert first_broken(entries, head) == 1


def test_a_removed_entry_is_named_by_its_number() -> None:
    entries, head = a_chain(4)

    assert first_broken([*entries[:1], *entries[2:]], head) == 2
    assert first_broken(entries[1:], head) == 1


def test_a_cut_off_end_is_named_by_the_first_missing_number() -> None:
    entries, head = a_chain(4)

    assert first_broken(entries[:2], head) == 3
    assert first_broken([], head) == 1


def test_entries_in_the_wrong_order_are_found() -> None:
    entries, head = a_chain(3)

    assert first_broken([entries[0], entries[2], entries[1]], head) == 2


def test_an_entry_that_the_store_does_not_remember_is_found() -> None:
    entries, _ = a_chain(3)
    remembered = Head(number=2, seal=entries[1].seal)

    assert first_broken(entries, remembered) == 3


def test_an_entry_without_a_payload_does_not_fit() -> None:
    entries, head = a_chain(2)
    entries[1] = resealed(entries[1], {})

    assert first_broken(entries, head) == 2
