"""Att göra: what a person has to carry out at the source, and says that he has."""

from typing import Final

from flask import (
    Blueprint,
    Flask,
    abort,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from wtforms import Form, StringField

from moderation import tasks
from moderation.domain.delivery import Handling
from moderation.domain.task import (
    MAX_NOTE,
    InvalidNoteError,
    NoteProblem,
    Task,
    TaskChangedError,
)
from moderation.domain.user import Role
from webui.auth import acting_user
from webui.forms import line, prose
from webui.language import _, lazy
from webui.log_rows import display_names
from webui.masking import findings_of
from webui.numbers import PAGE_SIZE, page_number
from webui.services import services
from webui.task_words import ground_names, seen_sentence

bp: Final = Blueprint("tasks", __name__, url_prefix="/att-gora")

_RESULTS: Final = {
    Handling.CONFIRMED: lazy("Bekräftat. Uppgiften är klar."),
    Handling.FAILED: lazy("Sparat. Uppgiften ligger kvar med det du skrev."),
    Handling.ABANDONED: lazy("Uppgiften är nedlagd."),
}
_SEALED: Final = lazy("Det är sparat i loggen.")
_PROBLEMS: Final = {
    Handling.CONFIRMED: lazy(
        "Skriv vad du såg, till exempel att den inte syns utloggad."
    ),
    Handling.FAILED: lazy("Skriv varför det inte gick."),
    Handling.ABANDONED: lazy("Skriv varför uppgiften läggs ned."),
}


def register(app: Flask) -> None:
    """Let every page's menu say how much waits."""
    app.context_processor(lambda: {"count_tasks": count_tasks})


def count_tasks() -> int:
    """Return how many tasks wait."""
    return sum(services().store.count_tasks().values())


class TaskForm(Form):
    """What somebody did with a task."""

    gjort = StringField(filters=[line])
    forsok = StringField(filters=[line])
    mening = StringField(filters=[prose])

    @property
    def handling(self) -> Handling | None:
        """What was done, or None where the form names nothing that exists."""
        done = self.gjort.data
        return Handling(done) if done in set(Handling) else None

    @property
    def attempts(self) -> int:
        """The attempts that were seen; -1, which never fits, for nonsense."""
        seen = str(self.forsok.data)
        return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 7 else -1  # noqa: PLR2004 - no task is tried a million times


@bp.get("/")
def show() -> ResponseReturnValue:
    """List what waits, those due first."""
    page = page_number(request.args.get("sida"))
    waiting = services().store.tasks(limit=PAGE_SIZE + 1, offset=(page - 1) * PAGE_SIZE)
    shown = waiting[:PAGE_SIZE]
    return render_template(
        "tasks/list.html",
        tasks=shown,
        has_more=len(waiting) > PAGE_SIZE,
        page=page,
        **_words(*shown),
    )


@bp.post("/<number:delivery_id>")
def handle(delivery_id: int) -> ResponseReturnValue:
    """Write down that it is done, could not be done, or is given up."""
    form = TaskForm(request.form)
    handling = form.handling
    if handling is None:
        abort(400)
    if handling is Handling.ABANDONED and acting_user().role is not Role.OFFICER:
        abort(403)
    try:
        tasks.handle(_report(delivery_id, form, handling), store=services().store)
    except InvalidNoteError as error:
        return _again(delivery_id, form, _sentence(error.problem, handling)), 422
    except TaskChangedError:
        return _conflict(delivery_id, form), 409
    flash(f"{_RESULTS[handling]} {_SEALED}", "done")
    return redirect(url_for("tasks.show"))


def _report(delivery_id: int, form: TaskForm, handling: Handling) -> tasks.Report:
    return tasks.Report(
        delivery_id=delivery_id,
        attempts=form.attempts,
        handling=handling,
        note=str(form.mening.data),
        by=acting_user().name,
        at=services().now(),
    )


def _sentence(problem: NoteProblem, handling: Handling) -> str:
    if problem is NoteProblem.TOO_LONG:
        return _("Korta texten till %(number)s tecken.", number=MAX_NOTE)
    return str(_PROBLEMS[handling])


def _again(delivery_id: int, form: TaskForm, problem: str) -> str:
    """Show the task alone, with what was typed and what is wrong with it."""
    task = services().store.task(delivery_id)
    return render_template(
        "tasks/one.html",
        task=task,
        typed={form.gjort.data: form.mening.data},
        problems={form.gjort.data: problem},
        **_words(task),
    )


def _conflict(delivery_id: int, form: TaskForm) -> str:
    return render_template(
        "tasks/conflict.html",
        task=services().store.task(delivery_id),
        typed=str(form.mening.data).strip(),
    )


def _words(*shown: Task) -> dict[str, object]:
    user = acting_user()
    return {
        "findings": findings_of(one.comment_id for one in shown if one.comment_id),
        "names": display_names(),
        "ground_names": ground_names(),
        "seen_sentence": seen_sentence,
        "longest": MAX_NOTE,
        "may_handle": user.may_decide,
        "may_abandon": user.role is Role.OFFICER,
    }
