import re

import pytest

from moderation.domain.swedish_time import swedish_day
from moderation.domain.user import Language
from moderation.storage import SqlStore
from tests.factories import NOON, an_assessed_comment, an_unassessed_verdict
from tests.webui.conftest import Record, SignIn
from tests.webui.reading import read
from tests.webui.visitor import ESCALATING, HIDING, PASSWORD, Visitor
from webui.language import COOKIE

SWEDISH_WORDS = re.compile(
    r"[åäöÅÄÖ]|\b(och|att|inte|till|som|med|av|har|kan|ska|den|det|du|din|ditt|om"
    r"|alla|visa|spara|logga|beslut|kanal|grund|skriv|roll|namn|ingen|inget|sida"
    r"|kommentar|kommentaren|dold|eskalera|parkera|sedan|senast|ja|nej)\b",
    re.IGNORECASE,
)
WITHOUT_LANGUAGE = re.compile(
    r"\b(Uppsikt|BBS-lagen|personnummer|hemsidan|Kommuninvånaren|Bo)\b|/\S*",
    re.IGNORECASE,
)
"""Names, and addresses: the same in English."""
PAGES = [
    ("lena", "/ko/"),
    ("lena", "/ko/?status=escalated"),
    ("lena", "/ko/?status=decided"),
    ("lena", "/ko/?kategori=spam"),
    ("lena", "/ko/?alder=1d"),
    ("lena", "/ko/vy/1"),
    ("lena", "/ko/parkerade"),
    ("lena", "/ko/kvitton"),
    ("lena", "/kommentar/1"),
    ("lena", "/kommentar/2"),
    ("lena", "/kommentar/3"),
    ("lena", "/kommentar/4"),
    ("lena", "/kommentar/5"),
    ("kim", "/kommentar/1"),
    ("lena", "/kommentar/1/lika"),
    ("lena", "/till-mig/"),
    ("lena", "/att-gora/"),
    ("lena", "/sok"),
    ("lena", "/sok?fraga=hot"),
    ("lena", "/sok?fraga=kaffe"),
    ("lena", "/sok?fraga="),
    ("lena", "/siffror/"),
    ("lena", "/grunder"),
    ("lena", "/logg/"),
    ("lena", "/logg/?fran=igår"),
    ("lena", "/logg/1"),
    ("lena", "/logg/2"),
    ("lena", "/logg/3"),
    ("lena", "/kortkommandon"),
    ("lena", "/konto/"),
    ("lena", "/konto/tvasteg/"),
    ("lena", "/anvandare/"),
    ("lena", "/anvandare/bo/"),
    ("ada", "/anvandare/"),
    ("ada", "/anvandare/bo/"),
    ("ada", "/anvandare/funktioner"),
    ("ada", "/finns-inte"),
    ("ada", "/ko/"),
    ("stranger", "/logga-in"),
    ("stranger", "/finns-inte"),
]


@pytest.fixture
def filled(record: Record, signed_in: SignIn, sqlite_store: SqlStore) -> None:
    """Fill the store with something for every page to show."""
    record(
        an_assessed_comment(),
        an_assessed_comment(external_id="2"),
        an_assessed_comment(external_id="3"),
        an_assessed_comment("Jag ska slå \u200b dig, vänta bara.", external_id="4"),
        an_assessed_comment(external_id="5", verdict=an_unassessed_verdict()),
    )
    bo = signed_in("bo")
    assert bo.decide(2, HIDING).status_code == 302
    assert bo.decide(3, ESCALATING).status_code == 302
    assert bo.send("/kommentar/4/anteckningar", text="Se @lena").status_code == 302
    last = str(swedish_day(NOON))
    park = {"expected": "open", "reasons": "Frågar", "owner": "lena", "due": last}
    assert bo.send("/kommentar/4/parkera", **park).status_code == 302
    with sqlite_store.transaction() as tx:
        tx.add_view(owner="lena", name="Hot", query={}, is_shared=True)


def english(visitor: Visitor) -> Visitor:
    visitor.client.set_cookie(COOKIE, "en")
    return visitor


def choose(visitor: Visitor, language: str) -> None:
    assert visitor.send("/konto/sprak", language=language).status_code == 302


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(("name", "address"), PAGES)
def test_a_page_in_english_says_nothing_in_swedish_that_is_not_marked_so(
    name: str, address: str, signed_in: SignIn, stranger: Visitor
) -> None:
    visitor = english(stranger if name == "stranger" else signed_in(name))

    page = read(visitor.get(address).text, skipped="sv")

    assert page.language == "en"
    words = [WITHOUT_LANGUAGE.sub("", text) for text in page.words]
    assert [text for text in words if SWEDISH_WORDS.search(text)] == []


@pytest.mark.usefixtures("filled")
def test_a_page_in_swedish_marks_nothing_as_swedish(signed_in: SignIn) -> None:
    page = signed_in("lena").get("/kommentar/1").text

    assert read(page).language == "sv"
    assert page.count('lang="sv"') == 1


def test_a_page_is_swedish_whatever_the_browser_prefers(stranger: Visitor) -> None:
    answer = stranger.client.get("/logga-in", headers={"Accept-Language": "en"})

    assert read(answer.text).language == "sv"
    assert "<h1>Logga in</h1>" in answer.text


def test_the_language_can_be_chosen_before_signing_in_and_goes_on_after(
    stranger: Visitor,
) -> None:
    page = stranger.get("/logga-in?next=/logg/").text
    assert 'href="/sprak/en?next=/logg/"' in page

    answer = stranger.get("/sprak/en?next=/logg/")

    assert answer.location == "/logga-in?next=/logg/"
    assert "<h1>Sign in</h1>" in stranger.get("/logga-in").text
    stranger.send("/logga-in", user_name="eva", password=PASSWORD)
    assert read(stranger.get("/ko/").text).language == "en"


def test_a_wrong_password_is_told_in_the_language_chosen(stranger: Visitor) -> None:
    english(stranger)

    answer = stranger.send("/logga-in", user_name="eva", password="fel")

    assert "The user name or the password is wrong." in answer.text


def test_a_choice_stays_with_the_user_in_every_browser(
    signed_in: SignIn, sqlite_store: SqlStore
) -> None:
    choose(signed_in("eva"), "en")

    user = sqlite_store.user("eva")
    assert user is not None
    assert user.language is Language.ENGLISH
    assert read(signed_in("eva").get("/ko/").text).language == "en"
    assert read(signed_in("bo").get("/ko/").text).language == "sv"


def test_a_users_choice_goes_before_the_browsers(signed_in: SignIn) -> None:
    eva = english(signed_in("eva"))
    choose(eva, "sv")
    english(eva)

    assert read(eva.get("/ko/").text).language == "sv"


def test_the_answer_to_the_choice_speaks_the_new_language(signed_in: SignIn) -> None:
    eva = signed_in("eva")

    choose(eva, "en")
    assert "The pages are now in English." in eva.get("/konto/").text

    choose(eva, "sv")
    assert "Nu är sidorna på svenska." in eva.get("/konto/").text


def test_the_browser_remembers_the_choice_for_the_pages_outside(
    signed_in: SignIn,
) -> None:
    eva = signed_in("eva")
    choose(eva, "en")

    eva.send("/logga-ut")

    assert "<h1>Sign in</h1>" in eva.get("/logga-in").text


@pytest.mark.parametrize("code", ["de", "EN", "sv-SE", "%00", "x" * 5_000])
def test_a_language_that_does_not_exist_is_refused(
    code: str, eva: Visitor, sqlite_store: SqlStore
) -> None:
    assert eva.get(f"/sprak/{code}").status_code == 404
    assert eva.send("/konto/sprak", language=code).status_code == 404

    user = sqlite_store.user("eva")
    assert user is not None
    assert user.language is None


@pytest.mark.parametrize("kept", ["de", "../sv", "x" * 3_000])
def test_a_cookie_that_names_no_language_counts_as_none(
    kept: str, stranger: Visitor
) -> None:
    stranger.client.set_cookie(COOKIE, kept)

    assert read(stranger.get("/logga-in").text).language == "sv"


def test_the_cookie_tells_no_script_and_no_other_site(stranger: Visitor) -> None:
    kept = stranger.get("/sprak/en").headers["Set-Cookie"]

    assert kept.startswith(f"{COOKIE}=en;")
    assert "HttpOnly" in kept
    assert "SameSite=Lax" in kept


def test_what_is_sealed_is_the_same_in_both_languages(
    record: Record, signed_in: SignIn, sqlite_store: SqlStore
) -> None:
    record(an_assessed_comment(), an_assessed_comment(external_id="2"))
    choose(signed_in("bo"), "en")
    assert signed_in("eva").decide(1, HIDING).status_code == 302
    assert signed_in("bo").decide(2, HIDING).status_code == 302

    swedish, spoken = (sqlite_store.log_entry(number) for number in (1, 2))
    same = ("action", "ground", "obvious", "advice")
    assert [swedish.payload[n] for n in same] == [spoken.payload[n] for n in same]
    assert {n: t.text for n, t in swedish.texts.items()} == {
        n: t.text for n, t in spoken.texts.items()
    }


def test_the_log_as_a_file_is_the_same_in_both_languages(
    record: Record, signed_in: SignIn
) -> None:
    record(an_assessed_comment())
    assert signed_in("eva").decide(1, HIDING).status_code == 302
    readers = signed_in("lena"), english(signed_in("lena"))

    answers = [reader.get("/logg/export?format=csv") for reader in readers]

    assert answers[0].text == answers[1].text
    for answer in answers:
        answer.close()


@pytest.mark.usefixtures("filled")
def test_what_is_wrong_with_a_decision_is_told_in_english(signed_in: SignIn) -> None:
    lena = english(signed_in("lena"))

    answer = lena.decide(1, {**HIDING, "reasons": ""})

    assert answer.status_code == 422
    assert "Write your reasons." in answer.text


def test_an_error_without_translation_is_marked_as_swedish(signed_in: SignIn) -> None:
    ada = english(signed_in("ada"))
    new = {"user_name": "bo", "display_name": "Bo", "role": "reader"}

    answer = ada.send("/anvandare/", password=PASSWORD, **new)

    assert answer.status_code == 409
    assert '<span lang="sv">Användarnamnet bo är upptaget' in answer.text


def test_dates_and_shares_are_written_as_the_language_writes_them(
    record: Record, signed_in: SignIn
) -> None:
    record(an_assessed_comment())
    swedish = signed_in("eva").get("/kommentar/1").text
    spoken = english(signed_in("eva")).get("/kommentar/1").text

    assert re.search(r">\d+ \w+ 2026 kl\. \d\d\.\d\d<", swedish)
    assert re.search(r">\d+ \w+ 2026 at \d\d:\d\d<", spoken)
    assert re.search(r"säkerhet \d+ %", swedish)
    assert re.search(r"confidence \d+%", spoken)
