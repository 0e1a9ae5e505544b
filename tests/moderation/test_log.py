import csv
import hashlib
import io
import json

import pytest

from moderation import log
from moderation.domain.log_entry import GENESIS, Head, LogEntry, LogText, next_entry
from moderation.storage import SqlStore
from tests.factories import NOON, a_log_text, a_payload

START = Head(number=0, seal=GENESIS)


def an_entry(**texts: str) -> LogEntry:
    ground = {
        "id": "bbs_olaga_hot",
        "revision": 1,
        "statute": "Brottsbalken (1962:700)",
        "section": "4 kap. 5 §",
    }
    advice = {"ruleset": "regler-1", "model": "modell-1"}
    payload = {
        **a_payload(version=2, obvious=True, keep_reason=None, advice=advice),
        "ground": ground,
    }
    kept = {"text": "Jag vet var du bor; vänta du.", "reasons": "Hot.", **texts}
    return next_entry(
        START, payload, {name: LogText("salt", text) for name, text in kept.items()}
    )


def csv_of(*entries: LogEntry) -> str:
    stream = io.StringIO(newline="")
    log.export_csv(entries, stream)
    return stream.getvalue()


def cells_of(*entries: LogEntry) -> list[dict[str, str]]:
    text = csv_of(*entries).removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def append(store: SqlStore, count: int) -> None:
    with store.transaction() as tx:
        for _ in range(count):
            tx.append_to_log(a_payload(), {"reasons": a_log_text()})


@pytest.mark.parametrize("count", [0, 3])
def test_an_untouched_log_is_sound(sqlite_store: SqlStore, count: int) -> None:
    append(sqlite_store, count)

    verification = log.verify(sqlite_store)

    assert verification == log.Verification(entries=count, broken_at=None)
    assert verification.is_sound


def test_an_entry_that_does_not_fit_is_named() -> None:
    verification = log.Verification(entries=3, broken_at=2)

    assert not verification.is_sound


def test_a_csv_row_holds_the_whole_decision_in_swedish() -> None:
    entry = an_entry(
        author="Kim",
        obvious_because="Rakt på sak.",
        reference="4 kap. 5 § första stycket",
        escalate_to="kommunjuristen",
    )

    assert cells_of(entry) == [
        {
            "nummer": "1",
            "tidpunkt": NOON.isoformat(),
            "åtgärd": "dold",
            "kanal": "hemsidan",
            "kommentar": "1",
            "version": "2",
            "grund": "bbs_olaga_hot",
            "lagrum": "Brottsbalken (1962:700) 4 kap. 5 §",
            "hänvisning": "4 kap. 5 § första stycket",
            "uppenbart": "ja",
            "uppenbart därför att": "Rakt på sak.",
            "skäl att behålla": "",
            "motivering": "Hot.",
            "eskalerad till": "kommunjuristen",
            "beslutad av": "eva",
            "skriven av": "Kim",
            "text": "Jag vet var du bor; vänta du.",
            "regelsamling": "regler-1",
            "modell": "modell-1",
            "sigill": entry.seal,
        }
    ]


def test_a_kept_comment_shows_the_reason_to_keep_it() -> None:
    payload = a_payload(action="keep", ground="", keep_reason="quote", obvious=None)
    entry = next_entry(START, payload, {})

    [cells] = cells_of(entry)

    assert cells["åtgärd"] == "behållen"
    assert cells["skäl att behålla"].startswith("Återger")
    assert (cells["grund"], cells["lagrum"], cells["uppenbart"]) == ("", "", "")


def test_an_erased_text_is_an_empty_cell() -> None:
    entry = next_entry(START, a_payload(), {})

    [cells] = cells_of(entry)

    assert (cells["text"], cells["motivering"]) == ("", "")


def test_the_csv_opens_in_a_swedish_excel() -> None:
    text = csv_of(an_entry())

    assert text.startswith("\ufeffnummer;tidpunkt;åtgärd;")
    assert text.endswith("\r\n")


def test_line_breaks_and_quotes_in_a_comment_stay_in_one_cell() -> None:
    odd = 'Rad ett\nRad två; "citat"'

    [cells] = cells_of(an_entry(text=odd))

    assert cells["text"] == odd


@pytest.mark.parametrize(
    "text",
    [
        "=1+2",
        '=HYPERLINK("https://kommunen.example","Klicka")',
        "+46",
        "-1",
        "@SUM(A1)",
        "\t=1+2",
        "\r=1+2",
        "\n=1+2",
        " =1+2",
        "＝1+2",
    ],
)
@pytest.mark.parametrize("column", ["text", "skriven av", "motivering"])
def test_no_cell_can_be_run_as_a_formula(text: str, column: str) -> None:
    name = {"text": "text", "skriven av": "author", "motivering": "reasons"}[column]

    [cells] = cells_of(an_entry(**{name: text}))

    assert cells[column] == f"'{text}"


def test_ordinary_text_is_exported_as_it_was_written() -> None:
    [cells] = cells_of(an_entry(text="Summan = 3 + 4 - 5 @ torget"))

    assert cells["text"] == "Summan = 3 + 4 - 5 @ torget"


def test_the_number_of_entries_is_returned() -> None:
    assert log.export_csv([an_entry()] * 3, io.StringIO(newline="")) == 3
    assert log.export_json([an_entry()] * 3, io.StringIO()) == 3
    assert log.export_csv([], io.StringIO(newline="")) == 0


def test_an_outsider_can_check_the_chain_from_the_json_lines(
    sqlite_store: SqlStore,
) -> None:
    append(sqlite_store, 3)
    stream = io.StringIO()
    log.export_json(sqlite_store.log_entries(), stream)

    previous = "0" * 64
    for line in map(json.loads, stream.getvalue().splitlines()):
        canonical = json.dumps(
            line["payload"],
            sort_keys=True,
            ensure_ascii=False,
            separators=(",", ":"),
        )
        sealed = hashlib.sha256(f"{previous}\n{canonical}".encode()).hexdigest()
        [text] = line["texts"].values()
        digest = hashlib.sha256(f"{text['salt']}\n{text['text']}".encode()).hexdigest()

        assert line["previous_seal"] == previous
        assert line["seal"] == sealed
        assert line["payload"]["digests"] == {"reasons": digest}
        previous = line["seal"]
    assert previous == sqlite_store.log_head().seal


def test_a_json_line_is_one_line_whatever_the_comment_holds() -> None:
    stream = io.StringIO()
    odd = "Rad ett\nRad två\r\n\u2028tre 👍🏽"

    log.export_json([an_entry(text=odd)], stream)

    [line] = stream.getvalue().split("\n")[:-1]
    assert json.loads(line)["texts"]["text"]["text"] == odd
