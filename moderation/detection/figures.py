"""The evaluation as figures in SVG; the same data gives the same bytes.

matplotlib is the extra `report`, and imported only when a figure is drawn.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import precision_recall_curve

from moderation.domain import labels
from moderation.domain.category import FLAGGING, POSITION, Category
from moderation.domain.errors import UppsiktError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

RELIABILITY: Final = "reliability.svg"
PRECISION_RECALL: Final = "precision_recall.svg"
FUNCTIONS: Final = "functions.svg"

_COLUMNS: Final = 4
_ROWS: Final = 3
_BINS: Final = 10
_LINE: Final = "#1f5a8a"
_MARK: Final = "#b3261e"
_GUIDE: Final = "#8a8a8a"

_TITLE: Final = 8.0
_FEWEST: Final = 5
"""Comments that a bin must have to be drawn; fewer say nothing."""
_ENDS: Final = ([0.0, 0.5, 1.0], ["0", "0,5", "1"])

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Drawing = Callable[["Axes", Category, Bools, Floats], None]


def refuse_without_matplotlib() -> None:
    """Raise UppsiktError with a Swedish sentence where nothing can be drawn."""
    try:
        import_module("matplotlib")
    except ImportError as error:
        msg = (
            "Rapporten kan inte ritas: matplotlib saknas. "
            'Installera det med pip install "uppsikt[report]" och kör igen.'
        )
        raise UppsiktError(msg) from error


def draw_reliability(path: Path, truths: Bools, scores: Floats) -> None:
    """Draw how often each category is there at each confidence, with Brier scores.

    Truths and scores are (comments, categories).
    """

    def draw(figure: "Figure") -> None:
        note = "Streckat: så ofta som\nsannolikheten säger."
        _draw_categories(figure, truths, scores, _reliability, note)
        figure.supxlabel("angiven sannolikhet")
        figure.supylabel("andel som har slaget")

    _save(path, (10.0, 7.5), draw)


def draw_precision_recall(
    path: Path, truths: Bools, scores: Floats, thresholds: Mapping[Category, float]
) -> None:
    """Draw precision against recall for each category, its threshold marked."""

    def one(axes: "Axes", category: Category, truth: Bools, score: Floats) -> None:
        _precision_recall(axes, category, truth, score, thresholds[category])

    def draw(figure: "Figure") -> None:
        note = "Punkten: tröskeln\nsom gäller."
        _draw_categories(figure, truths, scores, one, note)
        figure.supxlabel("täckning")
        figure.supylabel("precision")

    _save(path, (10.0, 7.5), draw)


def draw_functions(path: Path, shares: Mapping[str, float]) -> None:
    """Draw the share judged right of each function of language, the best on top."""
    ordered = sorted(shares.items(), key=lambda one: (one[1], one[0]))

    def draw(figure: "Figure") -> None:
        axes = figure.subplots()
        names, values = zip(*ordered, strict=True)
        bars = axes.barh(names, values, color=_LINE)
        axes.bar_label(bars, [f"{share * 100:.0f} %" for share in values], padding=3)
        axes.set(xlim=(0.0, 1.12), xlabel="andel rätt bedömda meningar")
        axes.set_xticks(*_ENDS)
        axes.margins(y=0.01)

    _save(path, (7.0, 1.2 + 0.19 * len(ordered)), draw)


def _save(
    path: Path, size: tuple[float, float], draw: Callable[["Figure"], None]
) -> None:
    """Draw a figure of a size in inches and write it, always with the same bytes."""
    import matplotlib as mpl  # noqa: PLC0415 - an extra, which most do without
    from matplotlib.figure import Figure  # noqa: PLC0415 - the same

    drawn = BytesIO()
    with mpl.rc_context(
        {"svg.hashsalt": "uppsikt", "svg.fonttype": "none", "font.size": 9.0}
    ):
        figure = Figure(figsize=size, layout="constrained")
        draw(figure)
        figure.savefig(drawn, format="svg", metadata={"Date": None})
    path.write_bytes(drawn.getvalue())


def _draw_categories(
    figure: "Figure", truths: Bools, scores: Floats, draw: Drawing, note: str
) -> None:
    """Draw a small figure for each category that flags, and a note in the last."""
    cells = figure.subplots(_ROWS, _COLUMNS, sharex=True, sharey=True).flat
    for axes, category in zip(cells, FLAGGING, strict=False):
        axes.set(xlim=(-0.03, 1.03), ylim=(-0.03, 1.03))
        axes.set_xticks(*_ENDS)
        axes.set_yticks(*_ENDS)
        truth = truths[:, POSITION[category]]
        if truth.any():
            draw(axes, category, truth, scores[:, POSITION[category]])
        else:
            axes.set_title(
                f"{labels.CATEGORY[category]}: inga exempel", fontsize=_TITLE
            )
    cells[-1].axis("off")
    cells[-1].text(0.0, 0.5, note)


def _reliability(axes: "Axes", category: Category, truth: Bools, score: Floats) -> None:
    brier = float(np.mean((score - truth) ** 2))
    at, share = reliability(truth, score)
    axes.plot([0, 1], [0, 1], color=_GUIDE, linestyle="--", linewidth=0.8)
    axes.plot(at, share, color=_LINE, marker="o", markersize=3.5)
    axes.set_title(
        f"{labels.CATEGORY[category]} (Brier {_decimals(brier, 3)})", fontsize=_TITLE
    )


def reliability(truth: Bools, score: Floats) -> tuple[list[float], list[float]]:
    """Return the mean confidence and the share that is true, bin by bin."""
    bins = np.minimum((score * _BINS).astype(int), _BINS - 1)
    kept = [bins == number for number in range(_BINS)]
    kept = [chosen for chosen in kept if chosen.sum() >= _FEWEST]
    return (
        [float(score[chosen].mean()) for chosen in kept],
        [float(truth[chosen].mean()) for chosen in kept],
    )


def _precision_recall(
    axes: "Axes", category: Category, truth: Bools, score: Floats, threshold: float
) -> None:
    precision, recall, _ = precision_recall_curve(truth, score)
    found = score >= threshold
    axes.plot(recall, precision, color=_LINE, drawstyle="steps-post")
    if found.any():
        here = truth[found].mean()
        axes.plot(found[truth].mean(), here, color=_MARK, marker="o", markersize=6)
    axes.set_title(
        f"{labels.CATEGORY[category]} (tröskel {_decimals(threshold, 2)})",
        fontsize=_TITLE,
    )


def _decimals(value: float, places: int) -> str:
    return f"{value:.{places}f}".replace(".", ",")
