"""What the rules on secrecy, privacy, spam, copyright and questions find and spare."""

from pathlib import Path
from typing import Final

import pytest

from moderation import detection
from moderation.detection.rule_matcher import RuleMatcher
from moderation.detection.ruleset import load_rules
from moderation.domain.category import Category

HIGHEST_HINT: Final = 0.45
"""A finding above this may send a comment to the queue."""
SOFT: Final = frozenset(
    {Category.SECRECY, Category.PRIVACY, Category.SPAM, Category.COPYRIGHT}
)

SPARED: Final = (
    "Finns stöd för barn med ADHD?",
    "Jag har själv ADHD och vill tacka elevhälsan.",
    "Hur gör man en orosanmälan?",
    "Kan man byta utförare i hemtjänsten mitt i en månad?",
    "Tack Anna på hemtjänsten för allt du gör!",
    "Maria har jobbat inom hemtjänsten i tjugo år.",
    "Försörjningsstödet kostar kommunen miljoner varje år.",
    "Psykiatrin måste få mer pengar, säger Eva Lind.",
    "LVU är en tvångslag som få förstår.",
    "Vill du bli familjehem? Kom på träff i kväll.",
    "Min mamma är dement och behöver plats på ett boende.",
    "Gäller tystnadsplikten även för vikarier?",
    "Hur röstar man om man har skyddad identitet?",
    "Stöd kvinnojouren, de gör ett fantastiskt jobb.",
    "Skolan behöver fler specialpedagoger.",
    "Skolsköterskan Lisa vaccinerar femmorna i dag.",
    "Aborträtten måste försvaras.",
    "Var kan man testa sig för klamydia?",
    "Missbruksvården måste byggas ut.",
    "Var lämnar man gammal medicin?",
    "Socialtjänsten kommenterar inte enskilda fall, och det är bra.",
    "Anna är sjukskriven, så mejla Kalle i stället.",
    "Kommunalrådet Ek röstade ja till nedläggningen.",
    "Kommunalrådet Ek har lurat väljarna i fyra år.",
    "Anna Lind (S) ljuger om budgeten och borde avgå.",
    "Någon stal min cykel vid stationen.",
    "Kent slår alla rekord i längdhopp.",
    "Anna slår ett slag för biblioteket.",
    "Min granne slår gräset klockan sex på söndagar.",
    "Straffen för pedofiler måste höjas.",
    "Polisen tog en langare vid torget.",
    "Se upp för älgen vid infarten.",
    "Varning för halka på Storgatan.",
    "Dela gärna så alla vet om loppisen.",
    "Vad heter hon som har hand om biblioteket?",
    "Hon heter Anna och är världens bästa fröken.",
    "Anders tycker att den nya fotbollsplanen är super.",
    "Jag är lesbisk och stolt.",
    "Äldre som bor ensamma behöver sällskap.",
    "Direktören tjänar 90 000 i månaden, vilken skandal.",
    "Kommunen borde inte investera i krypto.",
    "Kommunens lån ökar till två miljarder.",
    "Grattis till vinnarna i skidtävlingen!",
    "Fotbollsföreningens lotteri är på lördag, 20 kr lotten.",
    "Har kommunen en grupp på WhatsApp?",
    "Måste man ha BankID för att söka förskola?",
    "Kommunen säljer skolan för 12 miljoner kronor.",
    "Scouterna säljer bullar på torget, 20 kr styck.",
    "Vattnet innehåller tungmetaller, gör något.",
    "Magin på julmarknaden var underbar.",
    "Sista chansen att tycka till om detaljplanen är i dag.",
    "Jag läste hela artikeln och håller med.",
    "Artikeln är bakom betalvägg, synd.",
    "Vilken film visas på bion i helgen?",
    "Hela konserten var underbar.",
    "Har biblioteket boken som talbok?",
    "Streamar ni fullmäktige på fredag?",
)

FOUND: Final = (
    (Category.SECRECY, "Lisas pojke i 4B har fått ADHD-diagnos"),
    (Category.SECRECY, "grannen har visst asperger, därför är han så konstig"),
    (Category.SECRECY, "Birgitta Lund är inlagd på psyk sedan påsk"),
    (Category.SECRECY, "Viktor i 9B skär sig, säger kuratorn"),
    (Category.SECRECY, "Linus på bygglov har tydligen hiv"),
    (Category.SECRECY, "Felicia Berg har gjort abort två gånger i år"),
    (Category.SECRECY, "Birger Åhlén på Kvarngränd har blivit dement"),
    (Category.SECRECY, "Evert går på antabus och åker till beroendecentrum"),
    (Category.SECRECY, "Familjen Ek lever på socialbidrag sedan två år"),
    (Category.SECRECY, "Moa Lindgren har haft soc hemma tre gånger"),
    (Category.SECRECY, "Nadja Lunds barn blev LVU, Martins barn med LVU också"),
    (Category.SECRECY, "lilla Noa Berg har blivit placerad i jourhem"),
    (Category.SECRECY, "Sofie har fått orosanmälan igen från bvc"),
    (Category.SECRECY, "Leo i 8D har skyddad identitet"),
    (Category.SECRECY, "Maryam bor hemligt i kvinnojouren bakom kyrkan"),
    (Category.SECRECY, "Elias i 3A har egen assistent för sin autism"),
    (Category.SECRECY, "Ossian går hos skolkuratorn varje tisdag"),
    (Category.SECRECY, "Marcus Lund har fått god man"),
    (Category.SECRECY, "Kerstin Wallin tar antidepressiva"),
    (Category.SECRECY, "Handläggaren berättade för mig att Ragnvald fick avslag"),
    (Category.PRIVACY, "Grannen Kent Ek på Storgatan super och slår frun"),
    (Category.PRIVACY, "Jörgen Malm stal ur föreningens kassa"),
    (Category.PRIVACY, "Rune Blom är en bedragare, lita inte på honom"),
    (Category.PRIVACY, "Anders Berg slår sina barn"),
    (Category.PRIVACY, "grannen Roland säljer hembränt ur garaget"),
    (Category.PRIVACY, "jonna bredhult knarkar på helgerna"),
    (Category.PRIVACY, "Börje kör full varje lördag"),
    (Category.PRIVACY, "Niclas Berg i nummer 27 har suttit inne för rån"),
    (Category.PRIVACY, "Tränaren Roger Berg är pedofil"),
    (Category.PRIVACY, "Roger Larsson bor på Storgatan i gula längan"),
    (Category.PRIVACY, "Mannen som filmade oss heter Ture Wahlgren"),
    (Category.PRIVACY, "Akta er för Rune Blom på Ekstigen!"),
    (Category.PRIVACY, "jag har filmat henne genom fönstret"),
    (Category.PRIVACY, "Annelie Roos har varit otrogen mot sin man"),
    (Category.PRIVACY, "Simon Berg vägrar betala underhåll"),
    (Category.SPAM, "Tjäna 9000 om dagen, skriv till mig på WhatsApp"),
    (Category.SPAM, "2500 kr blev 61000 på 9 dagar med bitcoin"),
    (Category.SPAM, "Vi erbjuder lån från 50.000 till 20 miljoner med 2% ränta"),
    (Category.SPAM, "VINN en elcykel! dela + tagga 5 vänner"),
    (Category.SPAM, "bankID måste uppdateras före 1/10 annars låses kontot"),
    (Category.SPAM, "din paket är fast i tullen. Betala 29 kr på sidan"),
    (Category.SPAM, "Kolla här bit.ly/3xYz"),
    (Category.SPAM, "Ta bort svart magi, få tillbaka ditt ex på 24h"),
    (Category.SPAM, "Säljer motorsåg nästan ny 1200 kr"),
    (Category.SPAM, "LIKE LIKE LIKE LIKE LIKE"),
    (Category.COPYRIGHT, "Här är hela artikeln från tidningen bakom betalvägg"),
    (Category.COPYRIGHT, "Ny IPTV box 12 månad 499 kr, alla kanaler"),
    (Category.COPYRIGHT, "hela säsongen rippad i 4K, 50kr swish så får du driven"),
    (Category.COPYRIGHT, "har skannat in hela boken, mejlar jag den som fil"),
    (Category.COPYRIGHT, "torrenten ligger uppe nu, ladda ner"),
    (Category.QUESTION, "När öppnar simhallen?"),
    (Category.QUESTION, "Vem ansvarar för belysningen i parken?"),
    (Category.QUESTION, "Kan man byta utförare i hemtjänsten?"),
    (Category.QUESTION, "Finns det plats på sommarkursen?"),
)

RHETORICAL: Final = (
    "Hur dumma får man vara?",
    "Vem bryr sig?",
    "Skäms ni inte?",
    "Är ni inte kloka?",
)


@pytest.fixture(scope="module")
def matcher() -> RuleMatcher:
    return load_rules(Path(detection.__file__).parent / "rules").matcher


@pytest.mark.parametrize("text", SPARED)
def test_lawful_speech_sets_off_no_soft_rule(matcher: RuleMatcher, text: str) -> None:
    found = [
        finding.source
        for finding in matcher.find(text)
        if finding.category in SOFT and finding.confidence > HIGHEST_HINT
    ]

    assert found == []


@pytest.mark.parametrize(("category", "text"), FOUND)
def test_what_exposes_lures_copies_or_asks_is_found(
    matcher: RuleMatcher, category: Category, text: str
) -> None:
    found = {
        finding.category
        for finding in matcher.find(text)
        if finding.confidence > HIGHEST_HINT
    }

    assert category in found


@pytest.mark.parametrize("text", RHETORICAL)
def test_a_rhetorical_question_is_no_question(matcher: RuleMatcher, text: str) -> None:
    found = {finding.category for finding in matcher.find(text)}

    assert Category.QUESTION not in found
