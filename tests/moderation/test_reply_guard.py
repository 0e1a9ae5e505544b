import pytest

from moderation.detection.personal_data import find_personal_data
from moderation.domain.answer import Concern, ConcernKind
from moderation.reply_guard import GuardRule, find_concerns, load_guard_rules

RULES = load_guard_rules()

CONFIRMING = [
    "Hej! Du som är klient hos oss kan logga in på sidan.",
    "Vi vet att din son i 4B har det svårt just nu.",
    "Vi har ditt ärende och hör av oss i veckan.",
    "Ditt barns utredning tar tyvärr lång tid.",
    "Som vi sa när du var hos oss på mottagningen ska du vila.",
    "Din handläggare ringer upp dig i morgon.",
    "Vi kan inte kommentera ditt ärende i kommentarsfältet.",
    "Vi beklagar att din mammas hemtjänst kom sent.",
    "Enligt din journal fick du tid i maj.",
    "Du har ju fått ekonomiskt bistånd av oss sedan i våras.",
    "Hon är inte längre patient hos oss.",
    "Er dotter på Ekskolan fick hjälp direkt.",
    "Nu har vi fattat beslut och avslutat er utredning.",
    "Vi ser i systemet att din ansökan kom in för sent.",
    "Din ansökan avslogs eftersom inkomsten var för hög.",
    "Vi pratade med dig om det i förra veckan.",
    "Det bestämde vi på vårt möte med dig.",
    "Vid ditt senaste besök var allt bra.",
    "Din pappa bor på vårt boende sedan i höstas.",
    "Du finns inte i våra register.",
    "Hans lärare har redan berättat det.",
    "Ni kom till socialkontoret och då förklarade vi läget.",
    "Din flicka har fått ett åtgärdsprogram.",
    "Du är en av våra klienter, så det vet du.",
    "Har vi inte redan handlagt ditt bistånd?",
    "Vi har haft kontakt med din familj.",
    "Jag förstår att det är svårt, men din placering\när redan beslutad.",
    "Du går inte hos oss längre.",
]
THREATENING = [
    "Ta bort det där, annars polisanmäler vi dig.",
    "Fortsätter du så här blockerar vi dig.",
    "Det här kommer att få konsekvenser.",
    "Det du skriver kan påverka din ansökan.",
    "Vi vet vem du är.",
    "Tänk dig för innan du skriver igen.",
    "Då kontaktar vi din arbetsgivare.",
    "Skriver du en gång till så drar vi in ditt bidrag.",
    "Kom ihåg att det du skriver kan användas mot dig.",
    "Nästa gång anmäler vi dig till polisen.",
]
NEUTRAL = [
    "Om du har frågor om ditt ärende, ring kontaktcenter.",
    "Vi kan inte svara på frågor om enskilda personer här.",
    "Vi kan varken bekräfta att du är klient eller säga motsatsen.",
    "Är du patient hos oss? Då hittar du tiderna i appen.",
    "Har du en handläggare? Ring växeln så kopplar vi dig.",
    "Tack för din fråga! Badet öppnar klockan tio.",
    "Alla elever i kommunen får busskort i augusti.",
    "Om ditt barn går på en kommunal skola gäller läsårstiderna på webben.",
    "Du kan söka plats för ditt barn på förskolan i e-tjänsten.",
    "Du har rätt att begära omprövning av ett beslut.",
    "När ditt ärende är klart får du ett brev hem.",
    "Så anmäler du dig till simskolan.",
    "Hot mot personal polisanmäls alltid.",
    "Kommentarer som bryter mot reglerna döljs.",
    "Beslutet får konsekvenser för trafiken på Storgatan.",
    "Vi har tagit emot din felanmälan om lyktstolpen.",
    "Tack för din synpunkt! Vi skickar den vidare till parkenheten.",
    "Vi pratar gärna med dig om du ringer växeln.",
    "Kul att vi träffade dig på torget i lördags!",
    "Oavsett om du är klient eller inte kan du ringa budgetrådgivningen.",
    "Den som är missnöjd med ett beslut kan överklaga det.",
    "Inkomsten kan påverka ditt försörjningsstöd, läs mer på webben.",
    "Ring 08-46500400 eller skriv till kontakt@kommunen.example.se.",
    "Din gata sopas på tisdag.",
    "Ditt förslag om en hundrastgård är bra.",
    "Kontakta gärna vårdcentralen om du känner dig sjuk.",
    "Vi förstår att du är arg på oss.",
    "Vi har besökt alla skolor i kommunen i höst.",
    "Dina synpunkter på planen har kommit in till nämnden.",
    "Skriv inte personnummer eller annat privat här.",
    "Vill du veta mer om hemtjänst finns det på webben.",
    "Elevhälsan finns på alla skolor.",
]


def concerns(text: str) -> tuple[Concern, ...]:
    return find_concerns(text, find_personal_data=find_personal_data)


@pytest.mark.parametrize("sentence", CONFIRMING)
def test_an_answer_that_confirms_a_client_patient_or_pupil_is_caught(
    sentence: str,
) -> None:
    assert {one.kind for one in concerns(sentence)} == {ConcernKind.CONFIRMS}


@pytest.mark.parametrize("sentence", THREATENING)
def test_an_answer_that_threatens_is_caught(sentence: str) -> None:
    assert ConcernKind.CONSEQUENCES in {one.kind for one in concerns(sentence)}


@pytest.mark.parametrize("sentence", NEUTRAL)
def test_an_answer_that_anybody_could_have_got_is_spared(sentence: str) -> None:
    assert concerns(sentence) == ()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_of_the_guard_holds_its_own_examples(rule: GuardRule) -> None:
    for sentence in rule.catches:
        assert list(rule.places(sentence)), sentence
    for sentence in rule.spares:
        assert concerns(sentence) == (), sentence


def test_the_names_of_the_rules_are_all_different() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_a_concern_says_where_what_and_what_to_write_instead() -> None:
    [concern] = concerns("Hej!\n\nTack för att du skriver. Vi har\nditt ärende.\n")

    assert (concern.line, concern.quote) == (3, "Vi har ditt ärende")
    assert "ärende om någon" in concern.why
    assert "enskilda personer" in concern.instead


def test_a_condition_in_the_sentence_before_spares_nothing() -> None:
    assert concerns("Om du vill veta mer kan du ringa. Du är patient hos oss.")


def test_a_personal_number_is_caught_and_a_telephone_number_is_not() -> None:
    [concern] = concerns("Ditt nummer 19580926-2743 kan du skriva på 08-46500400.")

    assert concern.kind is ConcernKind.IDENTITY_NUMBER
    assert concern.quote == "19580926-2743"


def test_letters_written_in_two_parts_are_read_as_one() -> None:
    assert concerns("Vi har ditt a\u0308rende.")


def test_a_place_is_told_of_once() -> None:
    text = "Vi har din sons utredning."

    assert [concern.quote for concern in concerns(text)] == [text[:-1]]


def test_a_long_text_without_a_full_stop_is_read_to_the_end() -> None:
    text = "vi har din " * 900 + "journal"

    assert len(concerns(text)) == 1
