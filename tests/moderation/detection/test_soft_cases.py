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
    "Kan man säga upp hemtjänsten under semestern?",
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
    (Category.SECRECY, "Annikas yngsta pojke har fått en adhd-diagnos"),
    (Category.SECRECY, "grannen har visst aspergers syndrom"),
    (Category.SECRECY, "Tomas ligger inlagd på psyket sedan i går"),
    (Category.SECRECY, "Ebba skär sig, såg ni inte ärren?"),
    (Category.SECRECY, "Fredrik i receptionen är hivpositiv"),
    (Category.SECRECY, "Olivia gjorde abort strax efter semestern"),
    (Category.SECRECY, "Arne i nummer fyra är dement"),
    (Category.SECRECY, "Kurt går på antabus igen"),
    (Category.SECRECY, "Mustafa söker försörjningsstöd igen"),
    (Category.SECRECY, "Socialen hämtade barnen från Pernilla"),
    (Category.SECRECY, "Jennies tvillingar är omhändertagna"),
    (Category.SECRECY, "Simon bor i familjehem på andra sidan sjön"),
    (Category.SECRECY, "Dagis har gjort en orosanmälan på Emmas dotter"),
    (Category.SECRECY, "Zahra och barnen har skyddad adress"),
    (Category.SECRECY, "Lovisa gömmer sig på kvinnojouren"),
    (Category.SECRECY, "Theo har egen assistent på lektionerna"),
    (Category.SECRECY, "Ellen pratar med kuratorn varje vecka"),
    (Category.SECRECY, "Rickard har fått god man"),
    (Category.SECRECY, "Charlotte tar antidepressiva i smyg"),
    (Category.SECRECY, "Handläggaren sa att Hassan fick avslag"),
    (Category.SECRECY, "Flickan i 6A har fått en autismdiagnos"),
    (Category.SECRECY, "Bo Hallberg på Ekgatan är dement"),
    (Category.PRIVACY, "Tommy stal ur klubbens kaffekassa"),
    (Category.PRIVACY, "Gunnar är en bedragare, lita aldrig på gubben"),
    (Category.PRIVACY, "Henrik slår sin fru när han druckit"),
    (Category.PRIVACY, "grannen langar från balkongen"),
    (Category.PRIVACY, "Kjell kör full till jobbet"),
    (Category.PRIVACY, "Johnny har suttit inne för rån"),
    (Category.PRIVACY, "Fotbollstränaren Mats är pedofil"),
    (Category.PRIVACY, "Robert bor på Bokgatan, vita huset"),
    (Category.PRIVACY, "Han som ringde värden heter Anders"),
    (Category.PRIVACY, "Akta er för Magnus på verkstaden!"),
    (Category.PRIVACY, "jag fotade henne genom köksfönstret"),
    (Category.PRIVACY, "Helena är otrogen med sin chef"),
    (Category.PRIVACY, "Daniel vägrar betala underhåll till sin son"),
    (Category.PRIVACY, "Stig Nordgren stjäl ved om nätterna"),
    (Category.SPAM, "Tjäna 20 000 kr extra hemifrån, skriv till Mona"),
    (Category.SPAM, "400 kr blev 38 000 på fyra dagar"),
    (Category.SPAM, "Lån utan kreditprövning, svar samma dag"),
    (Category.SPAM, "Vinn en platt-tv! Tagga tre arbetskamrater"),
    (Category.SPAM, "Ditt BankID löper ut, verifiera dig i kväll"),
    (Category.SPAM, "Paketet väntar, betala 25 kr i tullavgift"),
    (Category.SPAM, "Se hela klippet på bit.ly/9kLm"),
    (Category.SPAM, "Spådam löser kärleksproblem, ring nu"),
    (Category.SPAM, "Säljer skidor i bra skick, 600 kr"),
    (Category.SPAM, "spam spam spam spam spam spam"),
    (Category.COPYRIGHT, "Här är hela krönikan för er utan prenumeration"),
    (Category.COPYRIGHT, "IPTV med alla matcher, halva priset mot kabel-tv"),
    (Category.COPYRIGHT, "Serien finns att ladda ner från min server"),
    (Category.COPYRIGHT, "Romanen som pdf, hör av er så mejlar jag"),
    (Category.COPYRIGHT, "spelet ligger som torrent"),
    (Category.QUESTION, "När öppnar ishallen för säsongen?"),
    (Category.QUESTION, "Vem sköter blommorna i rondellen?"),
    (Category.QUESTION, "Kan man lämna textilier på återbruket?"),
    (Category.QUESTION, "Finns det fler parkeringar bakom stationen?"),
)

RHETORICAL: Final = (
    "Hur dumma får man vara?",
    "Vem bryr sig om landsbygden nu för tiden?",
    "Skäms ni inte över bygget?",
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
