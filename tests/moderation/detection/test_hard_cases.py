"""Sentences that lie close to the line, on either side of it."""

from pathlib import Path
from typing import Final

import pytest

import moderation.detection
from moderation.detection.rule_matcher import RuleMatcher
from moderation.detection.ruleset import load_rules
from moderation.domain.category import FLAGGING

RULES: Final = Path(moderation.detection.__file__).parent / "rules"
HINT: Final = 0.45
"""A finding this weak never puts a comment in the queue."""

LAWFUL: Final = (
    # Idioms with violent words
    "Jag är dödstrött på alla blanketter",
    "Går det att skjuta upp samrådet några veckor?",
    "Vi vill slå ett slag för kommunens musikskola",
    "Bomba oss gärna med frågor inför mötet",
    "Häng med på städdagen i parken på lördag",
    "Medan bilen lagades slog jag ihjäl tiden på muséet",
    "Nu riskerar ni att spränga budgeten ännu en gång",
    "Nämnden sköt sig i foten med den upphandlingen",
    "Skjut inte på budbäraren, växeln kan inte hjälpa det",
    "Alltså jag dör av skratt åt den nya skulpturen",
    "Vi ska hugga ved till majbrasan och tar med egen yxa",
    "Den backen tar livet av mig varje morgon",
    "Politiken går över lik för att spara pengar",
    "Han dödade matchen med ett skott i krysset",
    "På loppisen blev det strid på kniven om soffan",
    "Vi ska krossa dem i derbyt på lördag",
    "Elden i kaminen brinner fint i hembygdsgården",
    # Furious but lawful
    "Ett inkompetent beslut av en inkompetent nämnd, avgå allihop!",
    "Kommunalrådet har misslyckats totalt och borde avgå i dag",
    "Ni ljuger för oss väljare och ni borde skämmas",
    "Det här kommer att stå er dyrt i valet",
    "Sista gången jag ber snällt, sedan anmäler jag er till JO",
    "Jag är rasande över att ni lägger ner skolan mitt i terminen",
    "Hur kan ni sova om nätterna efter ett sådant besked?",
    "Jag kommer att överklaga och jag kommer att vinna",
    "Ni kör över medborgarna gång på gång",
    "Rektorn har inte svarat på ett enda mejl, det är uselt skött",
    "Handläggaren borde omplaceras, hon har gjort fel tre gånger",
    "Alla till torget på lördag och demonstrera mot nedläggningen",
    "Bojkotta invigningen, det är det enda språk de förstår",
    # Migration and religion
    "Invandringen måste minska, kommunen har inte råd",
    "Islam ska tåla att granskas precis som kristendomen",
    "Den som fått avslag ska återvända, så fungerar en rättsstat",
    "Jag är emot böneutrop men har inget emot mina grannar",
    "Moskén är för hög för detaljplanen, precis som min lada var",
    "Jag delar inte alla krav från Pride men paraden var trevlig",
    # Neutral and proud uses of group names
    "Jag är bög och stolt över min kommun",
    "Min svåger är same och slöjdar i björk",
    "Romska kulturveckan på Folkets hus var riktigt fin",
    "Judiska församlingen bjuder in till öppet hus på söndag",
    "Vår nya fotbollstränare är muslim och barnen älskar honom",
    "Transpersoner har rätt till bra vård även i vår region",
    # Quoting in order to report or object
    "Någon skrev «åk hem blattar» på tvättstugans dörr, ta bort det",
    "Min son blev kallad neger på skolgården i går",
    "Det är oanständigt att kalla nyanlända för ohyra",
    "Han skrev till mig att han ska döda mig, jag har polisanmält det",
    "Kommentaren om att «hänga dem i snaran» ska anmälas",
    "Ordet zigenare hör inte hemma i en broschyr från kommunen",
    "Att förneka Förintelsen är hets mot folkgrupp",
    "Talet om folkutbyte är en konspirationsteori",
    # News, history, everyday
    "Två gripna efter skottlossningen vid torget enligt polisen",
    "Offret hittades med ett skott i nacken enligt polisen",
    "Räddningstjänsten övar på att släcka bilar som brinner",
    "Vargen dödade tre får i natt, får man skydda sina djur?",
    "Älgjakten börjar på måndag och vi saknar en passkytt",
    "Finns sexualundervisning i åk 8?",
    "När får jag tid för mammografi av brösten?",
    "Stöd för den som blivit våldtagen finns på kvinnojouren",
    "Grannens höga häck skymmer sikten vid korsningen",
    "Suggan på 4H-gården fick tolv kultingar",
    "Någon har slagit sönder busskuren vid skolan igen",
    "Vi vet inte var ni tänker bygga den nya förskolan",
    "Var rädda om era barn i trafiken nu när skolan börjar",
    "Barnen klättrar i apberget på lekplatsen",
    # Friendly profanity
    "Fan vad bra!",
    "Jävligt gott kaffe på biblioteket",
    "Jävlar vilken fin lekpark ni byggt",
    "Helvete vad kul vi hade på festivalen",
    "Fy fan vad grymma ni var i finalen",
    "Skitbra jobbat med snöröjningen",
)

SERIOUS: Final = (
    # Threats
    ("Jag ska döda dig", "threat"),
    ("Vi kommer att slå ihjäl er allihop", "threat"),
    ("ja ska ta livet av dej", "threat"),
    ("Du ska dö", "threat"),
    ("D U  S K A  D Ö", "threat"),
    ("jag k0mmer att skjuta dig", "threat"),
    ("Vi vet var du bor, hoppas huset är försäkrat", "threat"),
    ("jag vet vart ni bor så passa er", "threat"),
    ("Vi vet när du slutar på kvällarna", "threat"),
    ("Jag ska slå in käften på dig", "threat"),
    ("Dina barn ska få lida för det här", "threat"),
    ("Jag vet var dina barn går i skola", "threat"),
    ("Hoppas du dör i cancer", "threat"),
    ("Gå och häng dig", "threat"),
    ("Han borde få en kula i pannan", "threat"),
    ("Häng dom i lyktstolparna", "threat"),
    ("Jag ska förgifta din hund", "threat"),
    ("Det ligger en bomb i kommunhuset", "threat"),
    ("Jag ska bränna ner ert hus", "threat"),
    ("Om du rör min unge igen så åker du ambulans", "threat"),
    ("Ni kommer inte härifrån levande", "threat"),
    ("Gamla trähus brinner lätt, det vet du väl", "threat"),
    ("Vi har tagit reda på vem du är", "threat"),
    ("Jag skulle inte sova så gott om jag var du", "threat"),
    # Hate
    ("Skicka hem varenda n e g e r", "hate"),
    ("svartskallar överallt på badet", "hate"),
    ("jävla blattar", "hate"),
    ("Jävla zigenarpack på torget", "hate"),
    ("Ditt judesvin", "hate"),
    ("jävla muslimer", "hate"),
    ("din bögjävel", "hate"),
    ("Transor ska inte in i simhallen", "hate"),
    ("lappjävlarna tar all mark", "hate"),
    ("Muslimer är som råttor", "hate"),
    ("Rensa ut zigenarna ur byn", "hate"),
    ("Åk hem till Somalia", "hate"),
    ("Det är judarna som styr världen i hemlighet", "hate"),
    ("Förintelsen är en bluff", "hate"),
    ("Hitler hade rätt", "hate"),
    ("Kulturberikarna har varit framme igen", "hate"),
    ("Folkutbytet är i full gång", "hate"),
    ("Homosexuella är en sjukdom", "hate"),
    ("Slit av dem slöjan", "hate"),
    ("Skicka dom tillbaka dit dom kom ifrån", "hate"),
    ("Somalierna måste skickas hem på en gång", "hate"),
    # Incitement
    ("Någon borde tutta eld på bygget i natt", "incitement"),
    ("Ta med bultsax och vinkelslip till masten", "incitement"),
    ("Man borde slå ihjäl den där handläggaren", "incitement"),
    ("Vägra betala renhållningsavgiften, hela byn", "incitement"),
    ("Anslut dig till kalifatet", "incitement"),
    ("Kom ikväll och slå sönder maskinerna", "incitement"),
    ("Kasta sten på polisen när de kommer", "incitement"),
    ("Nu får vi ta lagen i egna händer", "incitement"),
    # Insults
    ("Du är ett jävla as", "insult"),
    ("Din jävla idi0t", "insult"),
    ("Ordföranden är en sopa", "insult"),
    ("Ni är dumma i huvudet", "insult"),
    ("din mongo till rektor", "insult"),
    ("jävla h*ra", "insult"),
    ("Du är en värdelös människa", "insult"),
    ("jävla kärring på socialen", "insult"),
    ("Du äcklar mig", "insult"),
    # Sexual
    ("Visa brösten för oss då", "sexual"),
    ("Jag vill knulla dig", "sexual"),
    ("sug min kuk", "sexual"),
    ("Hon borde våldtas", "sexual"),
    ("Skicka nudes snygging", "sexual"),
    ("rektorn är bara underknullad", "sexual"),
    # Profanity
    ("Dra åt helvete", "profanity"),
    ("Håll käften", "profanity"),
    ("Vilka jävla byråkrater", "profanity"),
    ("f*tta", "profanity"),
    ("era j4vlar", "profanity"),
    ("kyss mig i arslet", "profanity"),
)


@pytest.fixture(scope="module")
def matcher() -> RuleMatcher:
    return load_rules(RULES).matcher


@pytest.mark.parametrize("text", LAWFUL)
def test_a_lawful_sentence_sets_off_no_more_than_a_hint(
    matcher: RuleMatcher, text: str
) -> None:
    found = [
        finding
        for finding in matcher.find(text)
        if finding.category in FLAGGING and finding.confidence > HINT
    ]

    assert not found


@pytest.mark.parametrize(("text", "category"), SERIOUS)
def test_a_serious_sentence_is_found_with_its_category(
    matcher: RuleMatcher, text: str, category: str
) -> None:
    found = {f.category for f in matcher.find(text) if f.confidence > HINT}

    assert category in found
