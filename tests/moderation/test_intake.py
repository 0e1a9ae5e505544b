from moderation import intake
from moderation.domain.comment import CommentRef
from moderation.domain.triage import QueueFilter
from moderation.domain.verdict import Policy, Recommendation
from moderation.storage import SqlStore
from tests.factories import NOON, a_comment
from tests.fakes import FakeDetector

DETECTOR = FakeDetector()
POLICY = Policy()
TEXTS = ("ett hotord här", "Tack för lekplatsen.", "oläsbart", "glåpord och hotord")


def test_each_comment_gets_the_verdict_of_its_own_text_in_order() -> None:
    comments = [a_comment(t, external_id=str(i)) for i, t in enumerate(TEXTS)]

    assessed = intake.assess_many(comments, detector=DETECTOR, policy=POLICY)

    assert [one.comment for one in assessed] == comments
    assert [one.verdict.recommendation for one in assessed] == [
        Recommendation.REVIEW,
        Recommendation.KEEP,
        Recommendation.REVIEW,
        Recommendation.REVIEW,
    ]
    assert [len(one.verdict.findings) for one in assessed] == [1, 0, 0, 2]


def test_many_together_are_assessed_as_one_by_one() -> None:
    comments = [a_comment(t, external_id=str(i)) for i, t in enumerate(TEXTS)]

    together = intake.assess_many(comments, detector=DETECTOR, policy=POLICY)

    assert together == [
        one
        for comment in comments
        for one in intake.assess_many([comment], detector=DETECTOR, policy=POLICY)
    ]


def test_a_verdict_names_the_rules_and_the_model_of_the_detector() -> None:
    detector = FakeDetector(ruleset="regler-9")

    [one] = intake.assess_many([a_comment()], detector=detector, policy=POLICY)

    assert (one.verdict.ruleset, one.verdict.model) == ("regler-9", "modell-1")


def test_nothing_is_assessed_as_nothing() -> None:
    assert intake.assess_many([], detector=DETECTOR, policy=POLICY) == []


def test_a_received_comment_is_stored_with_its_verdict_and_queued(
    sqlite_store: SqlStore,
) -> None:
    comment = a_comment("ett hotord här")

    verdict = intake.receive(
        comment,
        detector=DETECTOR,
        store=sqlite_store,
        policy=POLICY,
        now=lambda: NOON,
    )

    [stored] = sqlite_store.versions(CommentRef("hemsidan", "1"))
    assert stored.comment == comment
    assert stored.received_at == NOON
    assert sqlite_store.verdict(stored.id) == verdict
    assert sqlite_store.count_queue(QueueFilter()) == 1


def test_a_harmless_comment_is_stored_but_not_queued(sqlite_store: SqlStore) -> None:
    intake.receive(
        a_comment("Tack för lekplatsen."),
        detector=DETECTOR,
        store=sqlite_store,
        policy=POLICY,
        now=lambda: NOON,
    )

    assert sqlite_store.count_comments() == 1
    assert sqlite_store.count_queue(QueueFilter()) == 0


def test_the_same_chunk_twice_is_stored_as_once(sqlite_store: SqlStore) -> None:
    comments = [a_comment(t, external_id=str(i)) for i, t in enumerate(TEXTS)]
    assessed = intake.assess_many(comments, detector=DETECTOR, policy=POLICY)

    first = intake.record(assessed, store=sqlite_store, now=lambda: NOON)
    second = intake.record(assessed, store=sqlite_store, now=lambda: NOON)

    assert (first.new, first.known, first.queued) == (4, 0, 3)
    assert (second.new, second.known, second.queued) == (0, 4, 0)
    assert sqlite_store.count_comments() == 4
