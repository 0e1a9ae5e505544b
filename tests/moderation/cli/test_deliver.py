from datetime import timedelta
from pathlib import Path

from moderation.decisions import decide
from moderation.domain.comment import CommentRef
from moderation.domain.decision import Action, Decision
from moderation.domain.delivery import Visibility
from moderation.grounds import load_grounds
from moderation.storage import open_store
from tests.factories import NOON, a_log_text, a_payload, an_assessed_comment
from tests.moderation.cli.conftest import Run


def test_an_empty_outbox_is_said_to_be_so(run: Run) -> None:
    result = run("deliver")

    assert (result.exit_code, result.stdout) == (0, "Inget väntar i utkorgen.\n")


def test_what_has_no_connector_waits_for_a_hand_and_stays(
    run: Run, database: Path
) -> None:
    store = open_store(str(database))
    for channel in ("forum", "fil:a", "forum"):
        with store.transaction() as tx:
            entry = tx.append_to_log(a_payload(), {"text": a_log_text()})
            tx.enqueue_delivery(
                entry, CommentRef(channel, "1"), Visibility.HIDDEN, at=NOON
            )
    store.close()

    first, second = run("deliver"), run("deliver")

    assert first.exit_code == 0
    assert first.stdout == second.stdout
    assert first.stdout == (
        "3 beslut väntar på att utföras för hand hos källan, för ingen anslutning "
        "finns till kanalen (fil:a: 1, forum: 2). "
        "Bekräfta dem på sidan Att göra.\n"
    )


def test_what_was_hidden_for_a_time_is_escalated_when_the_time_has_passed(
    run: Run, database: Path
) -> None:
    store = open_store(str(database))
    with store.transaction() as tx:
        tx.record_many([an_assessed_comment()], received_at=NOON)
    decision = Decision(
        comment_id=1,
        action=Action.HIDE,
        moderator="eva",
        decided_at=NOON,
        ground="tillfallig_dolj",
        reasons="Väntar på juristen.",
        hide_until=NOON + timedelta(days=1),
    )
    decide(decision, store=store, grounds=load_grounds())
    store.close()

    first, second = run("deliver"), run("deliver")

    assert "Tidsgränsen har passerat: 1 tillfälligt dolda eskalerade." in first.stdout
    assert "Tidsgränsen" not in second.stdout
