from pathlib import Path

import pytest

from moderation.detection.detector import RuleAndModelDetector
from moderation.detection.functional_test import (
    Case,
    accuracy_by_function,
    is_right,
    read_cases,
)
from moderation.domain.category import Category
from moderation.domain.errors import FileError
from moderation.domain.verdict import Policy
from tests.factories import a_finding, a_verdict

HEADING = "function,text,flag,category\n"


def test_a_file_of_cases_is_read(tmp_path: Path) -> None:
    path = tmp_path / "functions.csv"
    path.write_text(HEADING + "hot,Jag slår dig,1,threat\n", encoding="utf-8")

    assert read_cases(path) == [
        Case(
            function="hot",
            text="Jag slår dig",
            must_flag=True,
            category=Category.THREAT,
        )
    ]


@pytest.mark.parametrize(
    "content",
    ["", "text\nhej\n", HEADING + "a,b,2,threat\n", HEADING + "a,b,1,okänd\n"],
)
def test_a_broken_file_is_refused_with_a_sentence(tmp_path: Path, content: str) -> None:
    path = tmp_path / "functions.csv"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(FileError, match="kan inte läsas som funktionstest"):
        read_cases(path)


def test_what_must_be_found_is_right_only_by_its_own_category() -> None:
    case = Case(function="hot", text="x", must_flag=True, category=Category.THREAT)
    threat = a_verdict(a_finding(Category.THREAT, confidence=0.9))
    spam = a_verdict(a_finding(Category.SPAM, confidence=0.9))

    assert is_right(case, threat, Policy())
    assert not is_right(case, spam, Policy())


def test_what_must_be_left_alone_is_right_only_if_nothing_flags_it() -> None:
    case = Case(function="hot", text="x", must_flag=False, category=Category.THREAT)
    spam = a_verdict(a_finding(Category.SPAM, confidence=0.9))

    assert not is_right(case, spam, Policy())


def test_accuracy_is_the_share_right_of_each_function(
    detector: RuleAndModelDetector, small_samples: Path
) -> None:
    cases = read_cases(small_samples / "functions.csv")
    policy = Policy(thresholds=detector.thresholds)

    assert accuracy_by_function(cases, detector, policy) == {
        "threat-direct": 0.5,
        "everyday": 1.0,
    }
