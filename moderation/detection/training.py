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
from moderation.detection.detector import RuleAndModelDetector
from moderation.detection.evaluation import combined_scores, evaluate
from moderation.detection.features import Features, words_of
from moderation.detection.functional_test import accuracy_by_function, read_cases
from moderation.detection.model_card import write_figures
from moderation.detection.model_file import ModelFile, load_model, save_model
from moderation.detection.ruleset import Ruleset, load_rules
from moderation.domain.category import CATEGORIES, FLAGGING, POSITION, Category
from moderation.domain.errors import DetectionError
from moderation.domain.verdict import Policy

_STRENGTH: Final = 60.0
"""Inverse regularisation, chosen on the dev part."""
_FOLDS: Final = 5
_BUDGET: Final = 0.006
"""The share of benign comments that one category may send to a person."""
_LOWEST: Final = 0.3
_HIGHEST: Final = 0.9

Floats = NDArray[np.float64]


def train(*, samples: Path, rules: Path, models: Path) -> ModelFile:
    """Learn from the corpus, choose thresholds on dev, measure on test, and save.

    The same corpus, rules and library versions give the same bytes.
    """
    corpus = samples / "corpus"
    parts = {part: read_labelled(corpus / f"{part}.csv") for part in PARTS}
    _refuse_empty_categories(parts["train"])
    ruleset = load_rules(rules)
    model = _learn(parts["train"], ruleset)
    thresholds = _thresholds(parts["dev"], _detector(ruleset, model))
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
        "figures": {
            part: evaluate(parts[part], detector, policy) for part in ("dev", "test")
        },
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


def _learn(rows: Labelled, ruleset: Ruleset) -> LinearModel:
    comments = [words_of(text, ruleset.normaliser) for text in rows.texts]
    features = Features().fit(comments, ruleset.matcher.index.lists)
    table = features.of_comments(comments)
    fitted = [_fit(table, rows.labels[:, kind]) for kind in range(len(CATEGORIES))]
    calibration = [
        _calibrate(table, rows.labels[:, kind], rows.voices)
        for kind in range(len(CATEGORIES))
    ]
    return LinearModel(
        features=features,
        coefficients=np.vstack([m.coef_ for m in fitted]).astype(np.float32),
        intercepts=np.array([m.intercept_[0] for m in fitted], np.float32),
        slopes=np.array([slope for slope, _ in calibration], np.float32),
        offsets=np.array([offset for _, offset in calibration], np.float32),
    )


def _new() -> LogisticRegression:
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
    return _new().fit(table, is_positive)


def _calibrate(
    table: csr_matrix, is_positive: NDArray[np.bool_], voices: list[str]
) -> tuple[float, float]:
    """Return slope and offset from scores to probabilities, after Platt.

    The scores come from models that have not seen the writer.
    """
    folds = GroupKFold(n_splits=min(_FOLDS, len(set(voices))))
    scores = cross_val_predict(
        _new(), table, is_positive, groups=voices, cv=folds, method="decision_function"
    )
    platt = LogisticRegression(C=1e3).fit(scores.reshape(-1, 1), is_positive)
    return float(platt.coef_[0, 0]), float(platt.intercept_[0])


def _thresholds(
    rows: Labelled, detector: RuleAndModelDetector
) -> Mapping[Category, float]:
    """Return the lowest threshold of each category that keeps to the budget."""
    scores = combined_scores(rows.texts, detector)
    return {
        category: _threshold(scores[rows.is_benign, POSITION[category]])
        for category in FLAGGING
    }


def _threshold(benign: Floats) -> float:
    allowed = int(_BUDGET * len(benign))
    worst = np.sort(benign)[::-1]
    limit = float(worst[min(allowed, len(worst) - 1)])
    return round(min(max(limit + 0.01, _LOWEST), _HIGHEST), 2)
