"""How many comments a second scikit-learn's usual text classifier does.

    python -m tests.bench.letter_groups

TF-IDF of letter groups and one logistic regression a category, as they come, trained on
the same part of the corpus as Uppsikt's own model.
"""

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import Pipeline, make_pipeline

from moderation.detection.corpus import read_labelled
from tests.bench.pace import pace_of
from tests.bench.scan import SAMPLES, comments

SIZE = 10_000


def trained() -> Pipeline:
    """Return the classifier, trained."""
    rows = read_labelled(SAMPLES / "train.csv")
    pipeline = make_pipeline(
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5)),
        OneVsRestClassifier(LogisticRegression(max_iter=1000)),
    )
    return pipeline.fit(rows.texts, rows.labels)


def main() -> None:
    """Measure and print one line of JSON."""
    print(pace_of(trained().predict_proba, list(comments(SIZE))).to_json())


if __name__ == "__main__":
    main()
