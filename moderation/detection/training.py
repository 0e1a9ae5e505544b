"""From the labelled corpus to a model: scikit-learn learns, this file says what."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from moderation.detection.classifier import LinearModel
from moderation.detection.corpus import PARTS, Labelled, corpus_hash, read_labelled
from moderation.detection.detector import CLASSIFIER, RuleAndModelDetector
from moderation.detection.evaluation import evaluate
from moderation.detection.features import Features, words_of
from moderation.detection.functional_test import accuracy_by_function, read_cases
from moderation.detection.model_card import write_figures
from moderation.detection.model_file import ModelFile, load_model, save_model
from moderation.detection.ruleset import Ruleset, load_rules
from moderation.detection.thresholds import choose_thresholds
from moderation.domain.category import CATEGORIES, POSITION, Category
from moderation.domain.errors import DetectionError
from moderation.domain.verdict import Policy

_STRENGTH: Final = 60.0
"""Inverse regularisation, chosen on the dev part."""
_FOLDS: Final = 5
Floats = NDArray[np.float64]


def train(*, samples: Path, rules: Path, models: Path) -> ModelFile:
    """Learn from train and dev, choose thresholds, measure on test, and save.

    The same corpus, rules and library versions give the same bytes.
    """
    corpus = samples / "corpus"
    parts = {part: read_labelled(corpus / f"{part}.csv") for part in PARTS}
    _refuse_empty_categories(parts["train"])
    ruleset = load_rules(rules)
    known = _together(parts["train"], parts["dev"])
    model, unseen = _learn(known, ruleset)
    evidence = _evidence(known.texts, _detector(ruleset, model))
    thresholds = choose_thresholds(known, np.maximum(unseen, evidence))
    detector = _detector(ruleset, model, thresholds)
    policy = Policy(thresholds=thresholds)
    functions = accuracy_by_function(
        read_cases(samples / "functions.csv"), detector, policy
    )
    metadata: dict[str, Any] = {
        "functions": {name: round(share, 4) for name, share in functions.items()},
        "data_sha256": corpus_hash(corpus),
        "ruleset": ruleset.version,
        "comments": {part: len(rows) for part, rows in parts.items()},
        "thresholds": thresholds,
        "figures": {"test": evaluate(parts["test"], detector, policy)},
    }
    save_model(model, models, metadata=metadata)
    write_figures(models, metadata["figures"]["test"], metadata["functions"])
    return load_model(models)


def _detector(
    ruleset: Ruleset,
    model: LinearModel,
    thresholds: Mapping[Category, float] | None = None,
) -> RuleAndModelDetector:
    """Return a detector around a model that is not saved yet."""
    unsaved = ModelFile(
        model=model,
        version="unsaved",
        thresholds=thresholds or Policy().thresholds,
        metadata={},
    )
    return RuleAndModelDetector(ruleset, unsaved)


def _refuse_empty_categories(rows: Labelled) -> None:
    for category in CATEGORIES:
        if not rows.labels[:, POSITION[category]].any():
            msg = (
                f"Det går inte att träna: ingen rad i train.csv har {category}. "
                "Märk några kommentarer med kategorin."
            )
            raise DetectionError(msg)


def _together(first: Labelled, second: Labelled) -> Labelled:
    return Labelled(
        texts=first.texts + second.texts,
        labels=np.vstack([first.labels, second.labels]),
        domains=first.domains + second.domains,
        voices=first.voices + second.voices,
    )


def _learn(rows: Labelled, ruleset: Ruleset) -> tuple[LinearModel, Floats]:
    """Return the model, and the probabilities of models that had not seen the writer.

    These are (comments, categories).
    """
    comments = [words_of(text, ruleset.normaliser) for text in rows.texts]
    features = Features().fit(comments, ruleset.matcher.index.telling_lists)
    table = features.of_comments(comments)
    kinds = range(len(CATEGORIES))
    fitted = [_fit(table, rows.labels[:, kind]) for kind in kinds]
    scores = [_unseen(table, rows.labels[:, kind], rows.voices) for kind in kinds]
    lines = [_calibrate(scores[kind], rows.labels[:, kind]) for kind in kinds]
    model = LinearModel(
        features=features,
        coefficients=np.vstack([m.coef_ for m in fitted]).astype(np.float32),
        intercepts=np.array([m.intercept_[0] for m in fitted], np.float32),
        slopes=np.array([slope for slope, _ in lines], np.float32),
        offsets=np.array([offset for _, offset in lines], np.float32),
    )
    return model, model.probabilities(np.array(scores).T)


def new_regression() -> LogisticRegression:
    """Return the kind of classifier that ships, not fitted yet."""
    return LogisticRegression(
        C=_STRENGTH,
        class_weight="balanced",
        solver="liblinear",
        dual=True,
        tol=1e-3,
        max_iter=1000,
        random_state=0,
    )


def _fit(table: csr_matrix, is_positive: NDArray[np.bool_]) -> LogisticRegression:
    return new_regression().fit(table, is_positive)


def _unseen(
    table: csr_matrix, is_positive: NDArray[np.bool_], voices: list[str]
) -> Floats:
    """Return each comment's score by a model that has not seen its writer."""
    scores = cross_val_predict(
        new_regression(),
        table,
        is_positive,
        groups=voices,
        cv=GroupKFold(n_splits=min(_FOLDS, len(set(voices)))),
        method="decision_function",
    )
    return np.asarray(scores, float)


def _calibrate(scores: Floats, is_positive: NDArray[np.bool_]) -> tuple[float, float]:
    """Return slope and offset from scores to probabilities, after Platt."""
    platt = LogisticRegression(C=1e3).fit(scores.reshape(-1, 1), is_positive)
    return float(platt.coef_[0, 0]), float(platt.intercept_[0])


def _evidence(texts: list[str], detector: RuleAndModelDetector) -> Floats:
    """Return (comments, categories): the surest finding that is not the model's."""
    evidence = np.zeros((len(texts), len(CATEGORIES)))
    for i, found in enumerate(detector.detect_many(texts)):
        for one in found.findings:
            if one.source != CLASSIFIER:
                at = POSITION[one.category]
                evidence[i, at] = max(evidence[i, at], one.confidence)
    return evidence
