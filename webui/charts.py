"""Plots as SVG that stands in the page: classes only, coloured by its stylesheet."""

import sys
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pygal
from markupsafe import Markup
from pygal.style import Style

from webui.amounts import number, percent
from webui.language import _

# The library brings a finder for its plug-ins of maps, of a kind that Python warns of
# at every later import, and no longer asks from 3.12 on. There are no maps here.
sys.meta_path[:] = [
    finder
    for finder in sys.meta_path
    if not isinstance(finder, pygal.PluginImportFixer)
]

_WIDTH: Final = 640
_HEIGHT: Final = 320
_ROW: Final = 34
"""The height that one horizontal bar takes."""
_FRAME: Final = 90
"""The height of what surrounds the bars."""
_LABEL: Final = 34
"""Signs of a name beside a bar; the table has all of it."""
_FONT: Final = 13
_STYLE: Final = Style(
    font_family="sans-serif",
    label_font_size=_FONT,
    major_label_font_size=_FONT,
    legend_font_size=_FONT + 1,
    value_font_size=_FONT,
)
_UNWANTED: Final = frozenset({"style", "script", "desc", "title"})

Series = Mapping[str, Sequence[Any]]
"""What each series is called, and its values in the order of the labels."""


def columns(labels: Sequence[str], series: Series, *, title: str, told: str) -> Markup:
    """Draw standing bars; told is for those who do not see the picture."""
    few = max(len(labels) // 10, 1)
    chart = pygal.Bar(
        **_settings(_HEIGHT),
        x_labels_major_every=few,
        show_minor_x_labels=False,
        truncate_label=-1,
    )
    chart.x_labels = list(labels)
    return _drawn(chart, series, title, told)


def bars(
    labels: Sequence[str],
    series: Series,
    *,
    title: str,
    told: str,
    is_share: bool = False,
) -> Markup:
    """Draw lying bars, the first on top; shares go from 0 to 100 %."""
    height = _FRAME + _ROW * max(len(labels), 1) * max(len(series), 1)
    chart = pygal.HorizontalBar(
        **_settings(height),
        truncate_label=_LABEL,
    )
    if is_share:
        chart.range = (0, 100)
        chart.value_formatter = lambda value: percent(value / 100)
    # The library begins at the bottom.
    chart.x_labels = list(labels)[::-1]
    backwards = {name: list(values)[::-1] for name, values in series.items()}
    return _drawn(chart, backwards, title, told)


def _settings(height: int) -> dict[str, Any]:
    return {
        "width": _WIDTH,
        "height": height,
        "style": _STYLE,
        "js": [],
        # The page has a legend of its own, which grows with the text.
        "show_legend": False,
        "disable_xml_declaration": True,
        "value_formatter": number,
        "margin": 8,
        # The last number of the axis stands half outside the plot.
        "margin_right": 28,
        "spacing": 8,
        "include_x_axis": True,
        "min_scale": 2,
        "max_scale": 6,
    }


def _drawn(chart: Any, series: Series, title: str, told: str) -> Markup:  # noqa: ANN401 - The library has no types.
    if all(value is None for values in series.values() for value in values):
        return Markup('<p class="quiet">{}</p>').format(_("Inget att rita i perioden."))
    for name, values in series.items():
        chart.add(name, list(values))
    chart.add_xml_filter(lambda root: _for_the_page(root, title, told))
    # Names are escaped by the library's XML writer.
    return Markup(chart.render(is_unicode=True))  # noqa: S704 - As the line above says.


def _for_the_page(root: Any, title: str, told: str) -> Any:  # noqa: ANN401 - The library has no types.
    """Take away what the page's policy refuses, and say what the picture shows."""
    for parent in list(root.iter()):
        for child in list(parent):
            if _is_unwanted(child):
                parent.remove(child)
        parent.attrib.pop("style", None)
    root.attrib.pop("id", None)
    root.attrib.update({"role": "img", "aria-label": f"{title}. {told}"})
    return root


def _is_unwanted(node: Any) -> bool:  # noqa: ANN401 - The library has no types.
    """Say whether it is a remark, a style, a script, or made for the script."""
    if not isinstance(node.tag, str):
        return True
    is_for_script = "tooltip-overlay" in node.attrib.get("class", "")
    return is_for_script or node.tag.rpartition("}")[2] in _UNWANTED
