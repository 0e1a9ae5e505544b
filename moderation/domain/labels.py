"""The Swedish words for what the code names in English."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from moderation.domain.account import AccountChange
from moderation.domain.answer import AnswerKind
from moderation.domain.category import Category
from moderation.domain.collaboration import Function
from moderation.domain.decision import Action, KeepReason
from moderation.domain.delivery import DeliveryStatus, Handling, Visibility
from moderation.domain.errors import Problem
from moderation.domain.ground import Confidence
from moderation.domain.triage import Outcome, QueueStatus
from moderation.domain.user import Role

CATEGORY: Final[Mapping[Category, str]] = MappingProxyType(
    {
        Category.THREAT: "hot",
        Category.HATE: "hat mot grupp",
        Category.INCITEMENT: "uppmaning till brott",
        Category.INSULT: "personangrepp",
        Category.SEXUAL: "sexuellt",
        Category.PROFANITY: "grovt språk",
        Category.PERSONAL_DATA: "personuppgift",
        Category.SECRECY: "sekretess",
        Category.PRIVACY: "integritet",
        Category.SPAM: "reklam eller skräp",
        Category.COPYRIGHT: "upphovsrätt",
        Category.QUESTION: "fråga",
    }
)

ACTION: Final[Mapping[Action, str]] = MappingProxyType(
    {
        Action.HIDE: "dölj",
        Action.KEEP: "behåll",
        Action.ESCALATE: "eskalera",
        Action.RESTORE: "återställ",
        Action.REMOVE: "ta bort",
        Action.ERASE: "radera",
        Action.UNDO: "ångra",
    }
)

ACTION_DONE: Final[Mapping[Action, str]] = MappingProxyType(
    {
        Action.HIDE: "dold",
        Action.KEEP: "behållen",
        Action.ESCALATE: "eskalerad",
        Action.RESTORE: "återställd",
        Action.REMOVE: "borttagen",
        Action.ERASE: "raderad",
        Action.UNDO: "ångrad",
    }
)

KEEP_REASON: Final[Mapping[KeepReason, str]] = MappingProxyType(
    {
        KeepReason.CRITICISM: "Kritik mot kommunen eller någon i tjänsten",
        KeepReason.OPINION: "Åsikt, politisk eller religiös",
        KeepReason.QUOTE: "Återger eller rapporterar vad någon annan sagt",
        KeepReason.HARMLESS: "Vardagligt språk utan udd mot någon",
        KeepReason.NOT_OBVIOUS: "Inte uppenbart, och ingen annan grund",
        KeepReason.PUBLIC_ROLE: "Uppgift om någon i en offentlig roll",
        KeepReason.WRONG_FINDING: "Felträff",
    }
)

STATUS: Final[Mapping[QueueStatus, str]] = MappingProxyType(
    {
        QueueStatus.OPEN: "att granska",
        QueueStatus.ESCALATED: "eskalerad",
        QueueStatus.PARKED: "parkerad",
        QueueStatus.DECIDED: "beslutad",
        QueueStatus.SUPERSEDED: "ersatt av nyare version",
    }
)

OUTCOME: Final[Mapping[Outcome, str]] = MappingProxyType(
    {
        Outcome.NONE: "",
        Outcome.HIDDEN: "dold",
        Outcome.KEPT: "behållen",
        Outcome.RESTORED: "återställd",
        Outcome.REMOVED: "borttagen",
        Outcome.ERASED: "raderad",
    }
)

ROLE: Final[Mapping[Role, str]] = MappingProxyType(
    {
        Role.MODERATOR: "handläggare",
        Role.OFFICER: "ansvarig",
        Role.READER: "läsare",
        Role.ADMIN: "administratör",
    }
)

CONFIDENCE: Final[Mapping[Confidence, str]] = MappingProxyType(
    {
        Confidence.CERTAIN: "säker uppgift",
        Confidence.LIKELY: "trolig uppgift",
        Confidence.UNSURE: "osäker uppgift",
    }
)

DELIVERY: Final[Mapping[DeliveryStatus, str]] = MappingProxyType(
    {
        DeliveryStatus.PENDING: "väntar på att utföras",
        DeliveryStatus.DELIVERED: "utförd",
        DeliveryStatus.ABANDONED: "kunde inte utföras",
        DeliveryStatus.SUPERSEDED: "ersatt av ett senare beslut",
    }
)

HANDLING: Final[Mapping[Handling, str]] = MappingProxyType(
    {
        Handling.CONFIRMED: "utfört på kanalen",
        Handling.FAILED: "gick inte att utföra",
        Handling.ABANDONED: "nedlagt, inte utfört",
    }
)

VISIBILITY: Final[Mapping[Visibility, str]] = MappingProxyType(
    {
        Visibility.HIDDEN: "dölj hos källan",
        Visibility.VISIBLE: "visa hos källan",
        Visibility.REMOVED: "ta bort hos källan",
    }
)

PROBLEM: Final[Mapping[Problem, str]] = MappingProxyType(
    {
        Problem.NO_GROUND: "Välj en grund för att dölja kommentaren.",
        Problem.GROUND_NOT_IN_FORCE: "Grunden gäller inte i dag. Välj en annan.",
        Problem.GROUND_NOT_ALLOWED: "Bara att dölja och att ta bort har en grund.",
        Problem.NO_REASONS: "Skriv en motivering.",
        Problem.NOT_ANSWERED_OBVIOUS: "Svara på om det är uppenbart.",
        Problem.NO_OBVIOUS_SENTENCE: (
            "Skriv en mening om varför det är, eller inte är, uppenbart."
        ),
        Problem.NOT_OBVIOUS: (
            "Är det inte uppenbart gäller inte skyldigheten i 5 § lagen (1998:112). "
            "Behåll, eskalera eller välj en annan grund."
        ),
        Problem.NO_REFERENCE: "Ange paragrafen eller regelns nummer.",
        Problem.NO_KEEP_REASON: "Välj varför kommentaren får stå kvar.",
        Problem.NO_RECEIVER: "Skriv till vem eller vilken funktion frågan ska gå.",
        Problem.BLIND_RECEIVER: (
            "Den personen ser inte kommentarens kanal. Välj någon annan i listan."
        ),
        Problem.BAD_DEADLINE: (
            "Välj en sista dag som finns, från och med i dag och högst ett år bort."
        ),
        Problem.TOO_LONG: "Texten är för lång. Korta den till 10 000 tecken.",
        Problem.GAP_LEFT: (
            "Det finns luckor kvar i texten. Byt ut allt mellan ### och ### "
            "mot dina egna ord."
        ),
        Problem.NOT_COVERED: (
            "Omfattas inte kommentaren av lagen (1998:112) kan 5 § inte vara grund. "
            "Välj en annan grund, eller behåll."
        ),
        Problem.CRITICISM_NEEDS_MORE: (
            "Kritiklampan lyser: kritik är skyddad. Skriv minst 100 tecken om varför "
            "kommentaren ändå ska döljas, eller behåll den."
        ),
        Problem.NO_DEADLINE: (
            "Den som döljer tillfälligt ska sätta en tidsgräns. Välj hur länge."
        ),
        Problem.DEADLINE_OUT_OF_RANGE: (
            "Tidsgränsen ska ligga framåt i tiden, högst 30 dygn bort."
        ),
        Problem.NOTHING_CHOSEN: "Markera minst en kommentar.",
        Problem.TOO_MANY: "Välj högst 50 kommentarer åt gången.",
        Problem.NOT_SAME_TEXT: (
            "Bara kommentarer med exakt samma text kan beslutas tillsammans."
        ),
    }
)

FUNCTION: Final[Mapping[Function, str]] = MappingProxyType(
    {
        Function.LAWYER: "jurist",
        Function.REGISTRAR: "registrator",
        Function.MANAGER: "chef",
        Function.SECURITY: "säkerhet",
        Function.DATA_PROTECTION: "dataskyddsombud",
    }
)


ANSWER: Final[Mapping[AnswerKind, str]] = MappingProxyType(
    {
        AnswerKind.NOTICE: "avsändaren underrättad",
        AnswerKind.REPLY: "svar skickat",
    }
)


def action(value: str) -> str:
    """Return the Swedish word for what was done, or the value if it is unknown."""
    if value in set(AnswerKind):
        return ANSWER[AnswerKind(value)]
    if value in set(Handling):
        return HANDLING[Handling(value)]
    return ACTION_DONE[Action(value)] if value in set(Action) else value


def keep_reason(value: str) -> str:
    """Return the Swedish words for a keep reason, or the value if it is unknown."""
    return KEEP_REASON[KeepReason(value)] if value in set(KeepReason) else value


def yes_no(value: object) -> str:
    """Return ja, nej, or nothing where the question was not put."""
    if value is None:
        return ""
    return "ja" if value is True else "nej"


def certainty(confidence: float) -> str:
    """Return a confidence in words.

    The steps follow what moderators know from other tools: trolig, kanske, osäker.
    """
    if confidence >= 0.8:  # noqa: PLR2004 - the word's meaning
        return "trolig"
    if confidence >= 0.5:  # noqa: PLR2004 - the word's meaning
        return "möjlig"
    return "osäker"


ACCOUNT_CHANGE: Final[Mapping[AccountChange, str]] = MappingProxyType(
    {
        AccountChange.ADDED: "Kontot lades upp",
        AccountChange.CLOSED: "Kontot stängdes",
        AccountChange.REOPENED: "Kontot öppnades igen",
        AccountChange.RENAMED: "Namnet ändrades",
        AccountChange.ROLE: "Rollen ändrades",
        AccountChange.CHANNELS: "Kanalerna ändrades",
        AccountChange.FUNCTIONS: "Funktionerna ändrades",
        AccountChange.PASSWORD_CHANGED: "Lösenordet byttes",
        AccountChange.PASSWORD_SET: "Ett tillfälligt lösenord sattes",
        AccountChange.SIGNED_OUT: "Kontot loggades ut överallt",
        AccountChange.FACTOR_ON: "Tvåstegsinloggning slogs på",
        AccountChange.FACTOR_OFF: "Tvåstegsinloggning slogs av",
        AccountChange.FACTOR_RESET: "Tvåstegsinloggningen nollställdes",
        AccountChange.FACTOR_DEMANDED: "Tvåstegsinloggning krävs",
        AccountChange.FACTOR_FREE: "Tvåstegsinloggning krävs inte längre",
        AccountChange.CODES_RENEWED: "Nya återställningskoder togs fram",
        AccountChange.CODE_USED: "En återställningskod användes",
        AccountChange.INVITED: "En inbjudan skapades",
        AccountChange.INVITATION_WITHDRAWN: "Inbjudan drogs tillbaka",
    }
)
