"""Siffror: how the work goes, over a period. Nothing about authors or colleagues."""

import csv
import io
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from moderation.domain.key_figures import FEWEST, KeyFigures, Share, by_channel
from moderation.domain.swedish_time import STOCKHOLM, swedish_day
from moderation.log import harmless
from webui import charts, figure_tables, wording
from webui.amounts import number
from webui.figure_tables import FigureTable
from webui.language import _
from webui.services import services
from webui.task_words import ground_names

bp: Final = Blueprint("key_figures", __name__, url_prefix="/siffror")

PERIODS: Final = (7, 30, 90, 365)
"""Days that one may choose."""
_USUAL: Final = 30
_MOST_BARS: Final = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A picture and the table that says the same."""

    title: str
    about: str
    picture: Markup
    table: FigureTable
    legend: tuple[str, ...] = ()
    """What the series are called, where there are several."""


@bp.get("/")
def show() -> ResponseReturnValue:
    """Show the figures of the period chosen."""
    days, channel = _chosen()
    figures = _figures(days, channel)
    return render_template(
        "key_figures/show.html",
        plots=_plots(figures, days),
        per_channel=figure_tables.channels(figures),
        has_any=bool(figures.counts),
        days=days,
        channel=channel,
        channels=services().store.channels(),
        periods=PERIODS,
        first=swedish_day(figures.since),
        last=swedish_day(figures.until),
        kept={"dagar": days, "kanal": channel},
    )


@bp.get("/export")
def export() -> ResponseReturnValue:
    """Send one of the tables as a file for a Swedish Excel."""
    days, channel = _chosen()
    wanted = request.args.get("tabell", "")
    tables = {table.name: table for table in _tables(_figures(days, channel), days)}
    if wanted not in tables:
        abort(400)
    name = f"siffror-{wanted}-{days}-dagar-{swedish_day(services().now())}.csv"
    return Response(
        _as_csv(tables[wanted]),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _chosen() -> tuple[int, str]:
    """Return the period in days and the channel; nonsense is the usual and all."""
    wanted = request.args.get("dagar", "")
    periods = {str(days): days for days in PERIODS}
    return periods.get(wanted, _USUAL), request.args.get("kanal", "").replace("\0", "")


def _figures(days: int, channel: str) -> KeyFigures:
    """Return the figures from midnight, Swedish time, that many days back to now."""
    now = services().now()
    first = swedish_day(now) - timedelta(days=days - 1)
    since = datetime.combine(first, time(), STOCKHOLM).astimezone(UTC)
    # What happens in this very moment belongs to the period.
    until = now + timedelta(microseconds=1)
    return services().store.key_figures(since, until, channel=channel)


def _tables(figures: KeyFigures, days: int) -> list[FigureTable]:
    return [
        figure_tables.days(figures),
        _flow(figures, days),
        figure_tables.channels(figures),
        figure_tables.waits(figures),
        figure_tables.grounds(figures, ground_names()),
        figure_tables.rules(figures),
        figure_tables.hours(figures),
    ]


def _flow(figures: KeyFigures, days: int) -> FigureTable:
    step = figure_tables.step_of(days)
    first = swedish_day(figures.since)
    steps = dict.fromkeys(step(first + timedelta(days=n)) for n in range(days))
    return figure_tables.flow(figures, steps, step)


def _as_csv(table: FigureTable) -> str:
    stream = io.StringIO(newline="")
    stream.write("\ufeff")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(table.headings)
    writer.writerows([harmless(str(cell)) for cell in row] for row in table.rows)
    return stream.getvalue()


def _plots(figures: KeyFigures, days: int) -> list[Plot]:
    flow = _flow(figures, days)
    return [
        _flow_plot(flow, _("Inkomna kommentarer"), (_("Inkomna"),)),
        _flow_plot(flow, _("Flaggade och beslutade"), (_("Flaggade"), _("Beslutade"))),
        _waits_plot(figures),
        _shares_plot(figures),
        _grounds_plot(figures),
        _rules_plot(figures),
        _hours_plot(figures),
    ]


def _column(table: FigureTable, heading: str) -> list[int]:
    at = table.headings.index(heading)
    return [int(row[at]) for row in table.rows]


def _only(table: FigureTable, headings: tuple[str, ...]) -> FigureTable:
    """Return the table with the first column and those named."""
    at = [0, *(table.headings.index(heading) for heading in headings)]
    return FigureTable(
        name=table.name,
        headings=tuple(table.headings[n] for n in at),
        rows=tuple(tuple(row[n] for n in at) for row in table.rows),
    )


def _flow_plot(flow: FigureTable, title: str, wanted: tuple[str, ...]) -> Plot:
    series = {name: _column(flow, name) for name in wanted}
    told = " ".join(
        _(
            "%(name)s: %(number)s i hela perioden.",
            name=name,
            number=number(sum(values)),
        )
        for name, values in series.items()
    )
    labels = [_short(str(row[0])) for row in flow.rows]
    return Plot(
        title=title,
        about=told,
        picture=charts.columns(labels, series, title=title, told=told),
        table=_only(flow, wanted),
        legend=wanted if len(wanted) > 1 else (),
    )


def _short(step: str) -> str:
    """Return a day as «24/10» and a week as «v. 43», which fit under a bar."""
    if " " in step:
        return step.partition(" ")[2]
    year_month_day = step.split("-")
    if len(year_month_day) < 3:  # noqa: PLR2004 - a month
        return step
    return f"{int(year_month_day[2])}/{int(year_month_day[1])}"


def _waits_plot(figures: KeyFigures) -> Plot:
    title = _("Tid till beslut")
    all_of_them = [wait for wait in figures.waits if not wait.channel]
    told = _("Inget är beslutat i perioden.")
    for wait in all_of_them:
        told = _(
            "Hälften av besluten togs inom %(median)s, "
            "95 av 100 inom %(p95)s (timmar:minuter).",
            median=figure_tables.span_of_time(wait.median),
            p95=figure_tables.span_of_time(wait.p95),
        )
    shown = figures.waits[:_MOST_BARS]
    series = {
        _("Hälften inom, timmar"): [wait.median / 3600 for wait in shown],
        _("95 % inom, timmar"): [wait.p95 / 3600 for wait in shown],
    }
    labels = [wait.channel or _("Alla kanaler") for wait in shown]
    picture = charts.bars(labels, series, title=title, told=told)
    return Plot(
        title=title,
        about=told,
        picture=picture,
        table=figure_tables.waits(figures),
        legend=tuple(series),
    )


def _shares_plot(figures: KeyFigures) -> Plot:
    title = _("Andel dolda och återställda")
    told = _(
        "Dolda av alla beslut att dölja eller behålla, och återställda av de dolda. "
        "Kanaler med färre än tio beslut ritas inte."
    )
    shares = {
        name: figure_tables.shares(events)
        for name, events in by_channel(figures.counts).items()
    }
    shown = {name: both for name, both in shares.items() if both[0].is_telling}
    labels = list(shown)[:_MOST_BARS]
    series = {
        _("Dolda"): [_hundredths(shown[name][0]) for name in labels],
        _("Återställda"): [_hundredths(shown[name][1]) for name in labels],
    }
    table = figure_tables.channels(figures)
    return Plot(
        title=title,
        about=told,
        picture=charts.bars(labels, series, title=title, told=told, is_share=True),
        table=_only(table, (_("Beslutade"), _("Andel dolda"), _("Andel återställda"))),
        legend=tuple(series),
    )


def _hundredths(share: Share) -> float | None:
    return share.value * 100 if share.is_telling else None


def _grounds_plot(figures: KeyFigures) -> Plot:
    title = _("Grunder")
    table = figure_tables.grounds(figures, ground_names())
    told = _(
        "Grunderna för %(number)s beslut att dölja.",
        number=number(sum(figures.grounds.values())),
    )
    labels = [str(row[0]) for row in table.rows][:_MOST_BARS]
    series = {_("Dolda"): _column(table, _("Dolda"))[:_MOST_BARS]}
    picture = charts.bars(labels, series, title=title, told=told)
    return Plot(title=title, about=told, picture=picture, table=table)


def _rules_plot(figures: KeyFigures) -> Plot:
    title = _("Reglernas träffsäkerhet")
    told = _(
        "Hur ofta beslutet blev att dölja när regeln hade hittat något. "
        "Strecken visar 95 % intervall (Wilson). Döljanden som tagits tillbaka räknas "
        "inte som träffar, och regler med färre än tio beslut ritas inte."
    )
    shares = {
        wording.source(one.source): Share(part=one.hidden, whole=one.decided)
        for one in figures.sources
        if one.decided >= FEWEST
    }
    labels = list(shares)[:_MOST_BARS]
    values = [_with_interval(shares[name]) for name in labels]
    picture = charts.bars(
        labels, {_("Andel dolda"): values}, title=title, told=told, is_share=True
    )
    return Plot(
        title=title, about=told, picture=picture, table=figure_tables.rules(figures)
    )


def _with_interval(share: Share) -> dict[str, object]:
    low, high = share.interval
    return {
        "value": share.value * 100,
        "ci": {"low": low * 100, "high": high * 100},
    }


def _hours_plot(figures: KeyFigures) -> Plot:
    title = _("Arbetet över dygnet")
    table = figure_tables.hours(figures)
    told = _("Flaggade och beslutade per timme på dygnet, hela perioden sammanlagd.")
    series = {name: _column(table, name) for name in (_("Flaggade"), _("Beslutade"))}
    labels = [str(row[0])[:2] for row in table.rows]
    picture = charts.columns(labels, series, title=title, told=told)
    return Plot(
        title=title,
        about=told,
        picture=picture,
        table=table,
        legend=tuple(series),
    )
