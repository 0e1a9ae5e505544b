"""Why the classifier is of the kind it is: other kinds, taught and measured alike."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.calibration import CalibratedClassifierCV
from sklearn.linear_model import SGDClassifier
from sklearn.metrics import average_precision_score, brier_score_loss
from sklearn.model_selection import GroupKFold
from sklearn.naive_bayes import ComplementNB
from sklearn.svm import LinearSVC

from moderation.detection.corpus import Labelled, read_labelled
from moderation.detection.features import Features, words_of
from moderation.detection.ruleset import Ruleset
from moderation.detection.training import new_regression
from moderation.detection.word_vectors import WordVectors
from moderation.domain.category import FLAGGING, POSITION

BUDGET: Final = 0.006
"""The share of benign comments that may be flagged for one category."""
_FOLDS: Final = 5

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


class Bayes(ComplementNB):  # type: ignore[misc]  # scikit-learn ships no types.
    """Complement naive Bayes with a score that is calibrated as the others' are."""

    def decision_function(self, table: csr_matrix) -> Floats:
        """Return how much likelier each row is with the category than without."""
        likelihoods = self.predict_joint_log_proba(table)
        return np.asarray(likelihoods[:, 1] - likelihoods[:, 0], dtype=float)


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """One kind of classifier."""

    name: str
    new: Callable[[], Any]
    """Returns a scikit-learn classifier that is not fitted yet."""
    has_vectors: bool = False
    """Whether it sees the mean of a comment's word vectors beside the features."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """How good one kind of classifier is, as means over the categories that flag."""

    name: str
    average_precision: float
    recall: float
    """At BUDGET, each category by itself."""
    brier: float
    seconds: float
    """To fit and to calibrate all categories."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the corpus as labels, as words and as a table; a row a comment."""

    rows: Labelled
    words: list[list[str]]
    table: csr_matrix


def _svm() -> LinearSVC:
    return LinearSVC(
        C=3.0,
        class_weight="balanced",
        dual=True,
        tol=1e-3,
        max_iter=10_000,
        random_state=0,
    )


def _sgd() -> SGDClassifier:
    return SGDClassifier(
        loss="log_loss",
        alpha=1e-5,
        class_weight="balanced",
        max_iter=100,
        random_state=0,
    )


FAMILIES: Final = (
    Family(name="logistic regression (shipped)", new=new_regression),
    Family(name="linear SVM", new=_svm),
    Family(name="complement naive Bayes", new=lambda: Bayes(alpha=0.01)),
    Family(name="SGD, log loss, with word vectors", new=_sgd, has_vectors=True),
)
"""The settings of each were chosen among a few on the dev part."""


def compare(*, samples: Path, ruleset: Ruleset) -> list[Measured]:
    """Teach every family on train and measure it on dev, the classifier alone."""
    corpus = samples / "corpus"
    rows = [read_labelled(corpus / f"{part}.csv") for part in ("train", "dev")]
    words = [
        [words_of(text, ruleset.normaliser) for text in part.texts] for part in rows
    ]
    features = Features().fit(words[0], ruleset.matcher.index.telling_lists)
    train, dev = (
        Part(rows=labelled, words=comments, table=features.of_comments(comments))
        for labelled, comments in zip(rows, words, strict=True)
    )
    return [_measured(family, train, dev) for family in FAMILIES]


def _measured(family: Family, train: Part, dev: Part) -> Measured:
    began = time.perf_counter()
    if family.has_vectors:
        train, dev = _with_vectors(train, dev)
    taught = [_taught(family, train, POSITION[category]) for category in FLAGGING]
    seconds = time.perf_counter() - began
    columns = [model.predict_proba(dev.table)[:, 1] for model in taught]
    return _figures(family.name, np.column_stack(columns), dev.rows, seconds)


def _with_vectors(train: Part, dev: Part) -> tuple[Part, Part]:
    """Return the parts with the mean of each comment's word vectors put beside."""
    vectors = WordVectors().fit(train.words)
    with_them, dev_with_them = (
        replace(
            part,
            table=csr_matrix(hstack([part.table, vectors.of_comments(part.words)])),
        )
        for part in (train, dev)
    )
    return with_them, dev_with_them


def _taught(family: Family, train: Part, kind: int) -> CalibratedClassifierCV:
    """Return a classifier of one category, calibrated on writers it had not seen."""
    voices = train.rows.voices
    folds = GroupKFold(n_splits=min(_FOLDS, len(set(voices))))
    splits = list(folds.split(train.table, groups=voices))
    calibrated = CalibratedClassifierCV(
        family.new(), method="sigmoid", cv=splits, ensemble=False
    )
    return calibrated.fit(train.table, train.rows.labels[:, kind])


def _figures(
    name: str, probabilities: Floats, rows: Labelled, seconds: float
) -> Measured:
    truths = [rows.labels[:, POSITION[category]] for category in FLAGGING]
    pairs = list(zip(truths, probabilities.T, strict=True))
    return Measured(
        name=name,
        average_precision=float(
            np.mean([average_precision_score(truth, some) for truth, some in pairs])
        ),
        recall=float(
            np.mean(
                [recall_in_budget(truth, some, rows.is_benign) for truth, some in pairs]
            )
        ),
        brier=float(np.mean([brier_score_loss(truth, some) for truth, some in pairs])),
        seconds=seconds,
    )


def recall_in_budget(is_positive: Bools, scores: Floats, is_benign: Bools) -> float:
    """Return the share found where no more of the benign than BUDGET are flagged."""
    worst = np.sort(scores[is_benign])[::-1]
    limit = worst[int(BUDGET * len(worst))]
    return float((scores[is_positive] > limit).mean())


def comparison_table(measured: Sequence[Measured]) -> str:
    """Return what compare found as a table in Markdown."""
    rows = [
        f"| {one.name} | {one.average_precision:.3f} | {one.recall:.3f} "
        f"| {one.brier:.4f} | {one.seconds:.0f} |"
        for one in measured
    ]
    return "\n".join(
        [
            "| kind | average precision | recall in budget | Brier | seconds |",
            "|---|---|---|---|---|",
            *rows,
            "",
        ]
    )
