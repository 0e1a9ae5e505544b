"""How many comments a second presidio-analyzer does, looking for Swedish identifiers.

python -m tests.bench.presidio

Its recognisers only, on spaCy's blank Swedish pipeline: no model, nothing downloaded.
"""

import spacy
from presidio_analyzer import (
    AnalyzerEngine,
    BatchAnalyzerEngine,
    EntityRecognizer,
    RecognizerRegistry,
)
from presidio_analyzer.nlp_engine import SpacyNlpEngine
from presidio_analyzer.predefined_recognizers import (
    CreditCardRecognizer,
    EmailRecognizer,
    IbanRecognizer,
    PhoneRecognizer,
    SeOrganisationsnummerRecognizer,
    SePersonnummerRecognizer,
    UrlRecognizer,
)
from tldextract import TLDExtract

from tests.bench.pace import pace_of
from tests.bench.scan import comments

SIZE = 3_000
BATCH = 256
SWEDISH = "sv"


class BlankSwedish(SpacyNlpEngine):
    """The Swedish tokeniser, without a model."""

    def __init__(self) -> None:
        super().__init__(models=[{"lang_code": SWEDISH, "model_name": "blank"}])
        blank = {SWEDISH: spacy.blank(SWEDISH)}
        self.nlp = blank  # type: ignore[assignment]  # Presidio types it as None only.


class ShippedDomainsEmailRecognizer(EmailRecognizer):
    """Presidio's own, which would otherwise download the list of top domains."""

    def __init__(self) -> None:
        super().__init__(supported_language=SWEDISH)
        self._domains = TLDExtract(suffix_list_urls=(), cache_dir=None)

    def validate_result(self, pattern_text: str) -> bool:
        """Return whether the address ends in a real domain."""
        return bool(self._domains(pattern_text).fqdn)


def recognizers() -> list[EntityRecognizer]:
    """Return recognisers for the identifiers that Uppsikt looks for too."""
    return [
        SePersonnummerRecognizer(),
        SeOrganisationsnummerRecognizer(),
        PhoneRecognizer(supported_language=SWEDISH, supported_regions=("SE",)),
        ShippedDomainsEmailRecognizer(),
        IbanRecognizer(supported_language=SWEDISH),
        CreditCardRecognizer(supported_language=SWEDISH),
        UrlRecognizer(supported_language=SWEDISH),
    ]


def analyzer() -> AnalyzerEngine:
    """Return Presidio with those recognisers and no others."""
    registry = RecognizerRegistry(
        recognizers=recognizers(), supported_languages=[SWEDISH]
    )
    return AnalyzerEngine(
        registry=registry, nlp_engine=BlankSwedish(), supported_languages=[SWEDISH]
    )


def main() -> None:
    """Measure and print one line of JSON."""
    batches = BatchAnalyzerEngine(analyzer())
    pace = pace_of(
        lambda texts: batches.analyze_iterator(texts, SWEDISH, batch_size=BATCH),
        list(comments(SIZE)),
    )
    print(pace.to_json())


if __name__ == "__main__":
    main()
