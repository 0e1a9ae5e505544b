"""All rules, read from TOML and refused unless every example holds."""

import hashlib
import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeGuard

from moderation.detection.lexicon import Lexicon
from moderation.detection.normalise import Normaliser
from moderation.detection.rule import Lists, Rule, RuleState
from moderation.detection.rule_matcher import BrokenRuleError, RuleMatcher
from moderation.detection.rule_proof import is_proved, remember_proof
from moderation.detection.rule_strain import unfitness
from moderation.domain.category import Category
from moderation.domain.errors import DetectionError

LISTS: Final = "lists.toml"
CONTEXTS: Final = "contexts.toml"
_SHARED: Final = frozenset({LISTS, CONTEXTS})
_CONTEXT: Final = re.compile(r"\{(\w+)\}")
_ESCAPE: Final = re.compile(r"\\.|\{\w+\}|WORDS")
_WORD: Final = re.compile(r"(?<![\w@$*])[^\W\d_]+(?![\w@$*])")
_REQUIRED: Final = frozenset(
    {"name", "category", "confidence", "explanation", "words", "catches", "spares"}
)
_KEYS: Final = _REQUIRED | {"state", "pattern", "needs", "unless", "tokens"}


class Ruleset:
    """Rules that hold, ready to look for."""

    def __init__(self, rules: Sequence[Rule], lists: Lists) -> None:
        self.rules = tuple(r for r in rules if r.state is not RuleState.RETIRED)
        self.lists = lists
        self.active = tuple(r for r in rules if r.state is RuleState.ACTIVE)
        self.normaliser = Normaliser(_lexicon(self.rules, lists))
        self.version = _version(rules, lists)
        self.matcher = RuleMatcher(self.rules, lists, self.normaliser)


def load_rules(folder: Path) -> Ruleset:
    """Read every rule file of a folder and prove each rule by its examples.

    Rules that were proved before, as they are now, are not proved again. Raises
    DetectionError that names the file, the rule and the example.
    """
    ruleset = _read_all(folder)
    if not is_proved(folder):
        _prove(ruleset)
    return ruleset


def prove_rules(folder: Path) -> Ruleset:
    """Prove each rule of a folder again and remember it there."""
    ruleset = _read_all(folder)
    _prove(ruleset)
    remember_proof(folder)
    return ruleset


def _read_all(folder: Path) -> Ruleset:
    files = sorted(p for p in folder.glob("*.toml") if p.name not in _SHARED)
    if not files:
        msg = f"Det finns inga regler i {folder}. Installera om Uppsikt."
        raise DetectionError(msg)
    shared = folder / CONTEXTS
    contexts = _read(shared) if shared.exists() else {}
    tables = {path: _read(path) for path in (folder / LISTS, *files) if path.exists()}
    lists = _lists(tables)
    rules = [r for path in files for r in _rules_of(path, tables[path], contexts)]
    _refuse_twins(rules)
    return Ruleset(rules, lists)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        msg = (
            f"Regelfilen {path.name} kan inte läsas ({error}). "
            "Rätta den eller installera om Uppsikt."
        )
        raise DetectionError(msg) from error


def _lists(files: Mapping[Path, Mapping[str, Any]]) -> Lists:
    """Return the word lists of all files, by name."""
    lists: dict[str, Sequence[str]] = {}
    for path, tables in files.items():
        named = tables if path.name == LISTS else tables.get("lists", {})
        for name, words in named.items():
            if name in lists or not _is_texts(words):
                msg = (
                    f"Ordlistan {name} i {path.name} används inte: den är tom eller "
                    "finns redan. Rätta listan."
                )
                raise DetectionError(msg)
            lists[name] = words
    return lists


def _rules_of(path: Path, file: Mapping[str, Any], contexts: Lists) -> list[Rule]:
    tables = file.get("rule", [])
    if not _is_list_of(tables, dict):
        msg = f"Regelfilen {path.name} har inga regler. Lägg till [[rule]] i den."
        raise DetectionError(msg)
    return [_rule(table, path, contexts) for table in tables]


def _rule(table: Mapping[str, Any], path: Path, contexts: Lists) -> Rule:
    name = str(table.get("name", "utan namn"))
    for problem in _problems(table, path):
        raise _refused(path.name, name, problem)
    return Rule(
        name=name,
        category=Category(table["category"]),
        confidence=float(table["confidence"]),
        explanation=table["explanation"],
        words=tuple(table["words"]),
        catches=tuple(table["catches"]),
        spares=tuple(table["spares"]),
        state=RuleState(table.get("state", "active")),
        pattern=table.get("pattern", ""),
        needs=tuple(table.get("needs", ())),
        unless=_unless(table.get("unless", ()), contexts),
        tokens=tuple(tuple(sequence) for sequence in table.get("tokens", ())),
    )


def _unless(entries: Sequence[str], contexts: Lists) -> tuple[str, ...]:
    """Return the patterns of a rule's `unless`, with each {context} as its own."""
    return tuple(
        pattern
        for entry in entries
        for pattern in contexts.get(_CONTEXT.sub(r"\1", entry), (entry,))
    )


def _problems(table: Mapping[str, Any], path: Path) -> list[str]:
    """Return what is wrong with a rule's table, in Swedish."""
    problems = []
    if missing := sorted(_REQUIRED - table.keys()):
        problems.append(f"{', '.join(missing)} saknas")
    if unknown := sorted(table.keys() - _KEYS):
        problems.append(f"{', '.join(unknown)} är inget som en regel har")
    if table.get("category") != path.stem:
        problems.append(f"category ska vara {path.stem}, som filens namn")
    if table.get("category") not in set(Category):
        problems.append("category är ingen känd kategori")
    if table.get("state", "active") not in set(RuleState):
        problems.append("state ska vara trial, active eller retired")
    problems += _wrong_kinds(table)
    if _is_texts(table.get("words")) and not _are_plain(table["words"]):
        problems.append("words ska vara gemener, minst två bokstäver, * bara ytterst")
    return problems


def _wrong_kinds(table: Mapping[str, Any]) -> list[str]:
    """Return which values are not of the kind that their key has."""
    problems = [
        f"{key} ska vara en text"
        for key in ("name", "explanation", "pattern")
        if key in table and not _is_text(table[key])
    ]
    if not _is_share(table.get("confidence")):
        problems.append("confidence ska vara ett tal över 0 och högst 1")
    problems += [
        f"{key} ska vara en lista med minst en text"
        for key in ("words", "catches", "spares", "needs", "unless")
        if key in table and not _is_texts(table[key])
    ]
    sequences = table.get("tokens", [[""]])
    if not _is_list_of(sequences, list) or not all(
        _is_list_of(sequence, (str, dict)) for sequence in sequences
    ):
        problems.append("tokens ska vara en lista med följder")
    return problems


def _is_share(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return 0 < value <= 1


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_texts(value: object) -> bool:
    return _is_list_of(value, str) and all(map(_is_text, value))


def _is_list_of(value: object, kind: type | tuple[type, ...]) -> TypeGuard[list[Any]]:
    """Say whether the value is a list with something in it, all of one kind."""
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(one, kind) for one in value)
    )


def _are_plain(words: Sequence[str]) -> bool:
    return all(
        word == word.lower() and "*" not in word[1:-1] and len(word.strip("*")) > 1
        for word in words
    )


def _refused(file: str, rule: str, problem: str) -> DetectionError:
    msg = f"Regeln {rule} i {file} används inte: {problem}. Rätta regeln."
    return DetectionError(msg)


def _refuse_twins(rules: Sequence[Rule]) -> None:
    names: set[str] = set()
    for rule in rules:
        if rule.name in names:
            problem = "det finns en annan regel med samma namn"
            file = f"{rule.category}.toml"
            raise _refused(file, rule.name, problem)
        names.add(rule.name)


def _prove(ruleset: "Ruleset") -> None:
    """Refuse the ruleset unless each rule catches and spares what it says."""
    _refuse_broken(ruleset)
    for number, rule in enumerate(ruleset.rules):
        file = f"{rule.category}.toml"
        for text in rule.catches:
            if not ruleset.matcher.find(text, only=number):
                raise _refused(file, rule.name, f"den fångar inte «{text}»")
        for text in rule.spares:
            if ruleset.matcher.find(text, only=number):
                raise _refused(file, rule.name, f"den skonar inte «{text}»")
        if problem := unfitness(rule, ruleset.matcher, number):
            raise _refused(file, rule.name, problem)


def _refuse_broken(ruleset: "Ruleset") -> None:
    try:
        ruleset.matcher.compile()
    except BrokenRuleError as error:
        file = f"{error.rule.category}.toml"
        raise _refused(file, error.rule.name, str(error)) from error


def _lexicon(rules: Sequence[Rule], lists: Lists) -> Lexicon:
    """Return what disguises stand for: the words of rules, patterns and examples."""
    suspicious = {word for rule in rules for word in rule.words if " " not in word}
    phrases = [word for rule in rules for word in rule.words if " " in word]
    phrases += [text for rule in rules for text in (*rule.catches, *rule.spares)]
    phrases += [_ESCAPE.sub(" ", rule.pattern) for rule in rules]
    phrases += [word for words in lists.values() for word in words]
    ordinary = {
        word.lower()
        for phrase in phrases
        for word in _WORD.findall(phrase)
        if len(word) > 1
    }
    return Lexicon(suspicious, ordinary)


def _version(rules: Sequence[Rule], lists: Lists) -> str:
    """Return a hash over all that decides what is found."""
    parts = sorted(f"{rule.name}:{rule.version}" for rule in rules)
    parts += [f"{name}:{','.join(lists[name])}" for name in sorted(lists)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]
