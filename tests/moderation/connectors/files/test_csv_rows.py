import csv
import io
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as tried_with
from hypothesis import strategies as st

from moderation.connectors.files import open_reader
from moderation.connectors.files.csv_rows import MAX_LINES
from moderation.domain.comment import Comment, CommentRef
from moderation.domain.errors import FileError
from moderation.domain.ports import BadRow
from tests.moderation.connectors.files.reading import (
    bad_rows,
    comments,
    rows,
    texts,
    written,
)

UNCLOSED = (
    "Citattecknen på textrad 3 i filen går inte ihop: varje fält som börjar med "
    "citattecken ska sluta med ett, och citattecken inuti skrivs dubbla."
)


def test_every_known_column_is_read(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "id,text,author,posted_at,channel,thread,parent,url\n"
        "7, Hej! ,Eva,2026-11-22T14:05:00Z,webb,badhuset,3,https://a.example/7\n",
    )

    assert rows(path) == [
        Comment(
            ref=CommentRef("webb", "7"),
            text=" Hej! ",
            author="Eva",
            posted_at=datetime(2026, 11, 22, 14, 5, tzinfo=UTC),
            thread="badhuset",
            parent="3",
            url="https://a.example/7",
        )
    ]


@pytest.mark.parametrize(
    "heading", ["text", "TEXT", " Kommentar ", "comment", "Message", "body"]
)
def test_the_text_column_is_found_by_its_name(tmp_path: Path, heading: str) -> None:
    path = written(tmp_path, f"id;{heading}\n1;Hej\n")

    assert texts(path) == ["Hej"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_recognised_from_the_heading(
    tmp_path: Path, separator: str
) -> None:
    lines = [["id", "text", "författare"], ["1", "Ja, tack; gärna\tnu", "Bo"]]
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator).writerows(lines)

    [comment] = comments(written(tmp_path, stream.getvalue()))

    assert (comment.text, comment.author) == ("Ja, tack; gärna\tnu", "Bo")


def test_a_column_can_be_named_for_a_field(tmp_path: Path) -> None:
    path = written(tmp_path, "id,Inlägg,text\n1,Hej,nej\n")

    assert texts(path, text="inlägg") == ["Hej"]


def test_a_named_column_that_is_missing_refuses_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, "id,text\n1,Hej\n")

    with pytest.raises(FileError) as error:
        rows(path, author="vem")

    assert str(error.value) == (
        f"{path} har ingen kolumn vem (kolumner: id, text): ange en av dem med --map."
    )


def test_a_file_without_a_text_column_is_refused_with_the_columns_it_has(
    tmp_path: Path,
) -> None:
    path = written(tmp_path, "nr;innehåll;\n1;Hej;\n")

    with pytest.raises(FileError) as error:
        rows(path)

    assert str(error.value) == (
        f"{path}: Ingen kolumn med kommentarernas text hittades (kolumner: nr, "
        "innehåll, utan namn), döp den till text eller ange den med --map text=KOLUMN."
    )


def test_a_file_of_headings_only_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "id,text\n\n,\n")

    with pytest.raises(FileError) as error:
        rows(path)

    assert str(error.value) == (
        f"Filen {path} har inga kommentarer, bara rubriker eller tomma rader: "
        "kontrollera att rätt fil är vald."
    )


def test_a_heading_that_never_ends_refuses_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, "x" * 1_000_001)

    with pytest.raises(FileError, match=r"Rubrikraden i .* är för lång"):
        rows(path)


def test_a_row_without_id_has_its_row_number_and_the_heading_is_row_1(
    tmp_path: Path,
) -> None:
    path = written(tmp_path, 'text,id\n"två\nrader",\nHej,\nHå,9\n')

    assert [c.ref.external_id for c in comments(path)] == ["2", "3", "9"]


def test_a_row_without_channel_belongs_to_the_file_or_to_the_one_given(
    tmp_path: Path,
) -> None:
    path = written(tmp_path, "text,kanal\nHej,\nHå,forum\n", "höst.csv")

    assert [c.ref.channel for c in comments(path)] == ["fil:höst", "forum"]
    given = open_reader(path, default_channel="insändare")
    assert [row.ref.channel for row in given if isinstance(row, Comment)] == [
        "insändare",
        "forum",
    ]


def test_a_row_without_text_is_set_aside_and_the_others_go_on(tmp_path: Path) -> None:
    path = written(tmp_path, "id,text\n1,Hej\n2,\n3,  \n4\n5,Hå\n")

    reason = "Raden saknar text: fyll i kommentaren eller ta bort raden."
    assert texts(path) == ["Hej", "Hå"]
    assert bad_rows(path) == [(3, reason), (4, reason), (5, reason)]


def test_an_unquoted_separator_is_never_cut_off_in_silence(tmp_path: Path) -> None:
    path = written(tmp_path, "id,text\n1,Hej, du\n2,Hå,,\n")

    assert texts(path) == ["Hå"]
    assert bad_rows(path) == [
        (
            2,
            (
                "Raden har 3 fält men rubrikraden 2: sätt texten inom citattecken om "
                "den innehåller skiljetecknet."
            ),
        )
    ]


def test_in_a_file_of_one_column_commas_belong_to_the_text(tmp_path: Path) -> None:
    path = written(tmp_path, "text\nHej, du; där\n")

    assert texts(path) == ["Hej, du; där"]


def test_an_unclosed_quote_costs_its_own_line_only(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        'id,text\n1,Hej\n2,"aldrig stängt\n3,Hå\n4,"stängt, med komma"\n5,Slut\n',
    )

    assert texts(path) == ["Hej", "Hå", "stängt, med komma", "Slut"]
    assert bad_rows(path) == [(3, UNCLOSED)]


def test_an_unclosed_quote_at_the_end_costs_its_own_line_only(tmp_path: Path) -> None:
    path = written(tmp_path, 'id,text\n1,Hej\n2,"aldrig stängt\n3,Hå\n4,Slut')

    assert texts(path) == ["Hej", "Hå", "Slut"]
    assert bad_rows(path) == [(3, UNCLOSED)]


def test_an_unclosed_quote_is_given_up_after_a_bounded_number_of_lines(
    tmp_path: Path,
) -> None:
    many = "".join(f"{i},rad {i}\n" for i in range(2 * MAX_LINES))
    path = written(tmp_path, f'id,text\n1,Hej\n2,"aldrig stängt\n{many}')

    assert len(texts(path)) == 1 + 2 * MAX_LINES
    assert bad_rows(path) == [(3, UNCLOSED)]


def test_text_after_a_closing_quote_is_a_bad_row(tmp_path: Path) -> None:
    path = written(tmp_path, 'id,text\n1,Hej\n2,"så" sa hon\n3,hon sa "så"\n')

    assert texts(path) == ["Hej", 'hon sa "så"']
    assert bad_rows(path) == [(3, UNCLOSED)]


def test_a_line_too_long_is_skipped_in_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "lång.csv"
    with path.open("wb") as file:
        file.write(b"id,text\n1,Hej\n2,")
        for _ in range(60):
            file.write(b"x" * 1_000_000)
        file.write("\n3,Hå\n".encode())
    tracemalloc.start()

    found = rows(path)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000
    assert texts(path) == ["Hej", "Hå"]
    assert found[1] == BadRow(
        row=3,
        reason="Raden är längre än 1 000 000 tecken: dela upp den, eller kontrollera "
        "att filen har radbrytningar.",
    )


def test_a_line_too_long_inside_quotes_does_not_take_the_next_row(
    tmp_path: Path,
) -> None:
    path = written(tmp_path, f'id,text\n1,Hej\n2,"a\n{"x" * 1_000_001}\n3,Hå\n')

    assert texts(path) == ["Hej", "Hå"]
    assert [row for row, _ in bad_rows(path)] == [3, 4]


def test_nul_bytes_are_a_bad_row(tmp_path: Path) -> None:
    path = written(tmp_path, "id,text\n1,Hej\n2,H\0å\n3,Hå\n")

    assert texts(path) == ["Hej", "Hå"]
    assert bad_rows(path) == [
        (3, "Raden innehåller NUL-tecken, som inte kan sparas: ta bort dem.")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "🙂" * 40,
        "😡🔥👍🏽",
        "هذا تعليق من اليمين إلى اليسار",
        "x" * 100_000,
        "e\u0301\u200b",
    ],
    ids=["emoji", "more emoji", "right to left", "100 000 characters", "combining"],
)
def test_unusual_text_is_kept_verbatim(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, f"id,text\n1,{text}\n")

    assert texts(path) == [text]


def test_the_same_id_twice_gives_both_rows(tmp_path: Path) -> None:
    path = written(tmp_path, "id,text\n1,Hej\n1,Hej\n1,Hå\n")

    assert [c.ref.external_id for c in comments(path)] == ["1", "1", "1"]


def test_dates_that_say_nothing_are_counted_and_the_rows_are_kept(
    tmp_path: Path,
) -> None:
    path = written(
        tmp_path, "id,text,datum\n1,a,igår\n2,b,2026-11-22\n3,c,\n4,d,31/02/2026\n"
    )
    reader = open_reader(path)

    dates = [row.posted_at for row in reader if isinstance(row, Comment)]

    assert dates == [None, datetime(2026, 11, 21, 23, tzinfo=UTC), None, None]
    assert reader.unreadable_dates == 2


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@tried_with(
    st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1))
)
def test_what_the_csv_writer_writes_is_read_back(
    tmp_path: Path, given_texts: list[str]
) -> None:
    wanted = [text for text in given_texts if not text.isspace()] + ["Slut"]
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
    writer.writerows([["id", "text"], *enumerate(wanted)])

    assert texts(written(tmp_path, stream.getvalue())) == wanted
