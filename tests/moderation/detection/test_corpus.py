from pathlib import Path

import pytest

from moderation.detection.corpus import corpus_hash, read_labelled
from moderation.domain.category import POSITION, Category
from moderation.domain.errors import FileError


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "prov.csv"
    path.write_bytes(text.encode(encoding))
    return path


def refusal(path: Path) -> str:
    with pytest.raises(FileError) as caught:
        read_labelled(path)
    return str(caught.value)


def test_texts_and_labels_are_read_row_by_row(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "text,flag,categories,domain,voice,batch\n"
        '"Hej,\n""du""",1,threat;insult,harmful,a1,a\n'
        "När öppnar badet?,0,question,question,a1,a\n"
        "NA,0,,everyday,b1,b\n",
    )

    rows = read_labelled(path)

    assert len(rows) == 3
    assert rows.texts == ['Hej,\n"du"', "När öppnar badet?", "NA"]
    assert rows.labels.sum() == 3
    assert rows.labels[0, POSITION[Category.THREAT]]
    assert rows.labels[0, POSITION[Category.INSULT]]
    assert rows.labels[1, POSITION[Category.QUESTION]]
    assert rows.is_benign.tolist() == [False, True, True]
    assert rows.domains == ["harmful", "question", "everyday"]
    assert rows.voices == ["a1", "a1", "b1"]


def test_a_file_needs_no_more_than_texts_and_categories(tmp_path: Path) -> None:
    rows = read_labelled(write(tmp_path, "categories,text\nspam,Köp nu\n"))

    assert rows.texts == ["Köp nu"]
    assert rows.domains == rows.voices == [""]


def test_a_file_from_excel_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    rows = read_labelled(write(tmp_path, "\ufefftext,categories\nHej,\n"))

    assert rows.texts == ["Hej"]


def test_an_unknown_category_is_refused_with_its_row(tmp_path: Path) -> None:
    path = write(tmp_path, "text,categories\nHej,\nDu,insult;olämpligt\n")

    assert refusal(path) == (
        "prov.csv, rad 3: kategorin olämpligt är okänd. Använd threat, hate, "
        "incitement, insult, sexual, profanity, personal_data, secrecy, privacy, "
        "spam, copyright, question."
    )


@pytest.mark.parametrize(
    ("headings", "missing"),
    [
        ("text,flag", "categories"),
        ("comment,categories", "text"),
        ("a,b", "text och categories"),
    ],
)
def test_a_missing_column_is_refused_by_name(
    tmp_path: Path, headings: str, missing: str
) -> None:
    assert refusal(write(tmp_path, f"{headings}\nHej,\n")) == (
        f"prov.csv saknar kolumnen {missing}. "
        "En märkt fil har text, flag och categories."
    )


def test_a_file_without_rows_is_refused(tmp_path: Path) -> None:
    assert refusal(write(tmp_path, "text,categories\n")) == (
        "prov.csv har inga rader. Lägg till märkta kommentarer."
    )


@pytest.mark.parametrize("text", ["", '"text,categories\nHej', "a,b\n1,2,3,4\n1\n"])
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, text: str) -> None:
    path = write(tmp_path, text)

    assert refusal(path) in {
        f"{path} kan inte läsas som CSV i UTF-8. Kontrollera filen.",
        (
            "prov.csv saknar kolumnen text och categories. "
            "En märkt fil har text, flag och categories."
        ),
    }


def test_a_file_in_another_encoding_or_a_missing_one_is_refused(tmp_path: Path) -> None:
    sentence = "{} kan inte läsas som CSV i UTF-8. Kontrollera filen."
    latin = write(tmp_path, "text,categories\nHäj,\n", encoding="latin-1")

    assert refusal(latin) == sentence.format(latin)
    assert refusal(tmp_path / "borta.csv") == sentence.format(tmp_path / "borta.csv")
    assert refusal(tmp_path) == sentence.format(tmp_path)


def test_the_corpus_has_another_hash_when_any_part_changes(tmp_path: Path) -> None:
    for part in ("train", "dev", "test"):
        (tmp_path / f"{part}.csv").write_text("text\n", encoding="utf-8")
    before = corpus_hash(tmp_path)
    assert corpus_hash(tmp_path) == before

    (tmp_path / "dev.csv").write_text("text\na\n", encoding="utf-8")

    assert corpus_hash(tmp_path) != before
