"""Languages as babel and polyglossia call them <-> BCP 47 tags.

Source: biblatex manual 3.20, table 2 (supported languages).
"""

from __future__ import annotations

__all__ = ["LANGUAGES", "LANGUAGE_ALIASES", "REGIONAL"]

LANGUAGES = {
    "american": "en-US",
    "australian": "en-AU",
    "austrian": "de-AT",
    "basque": "eu-ES",
    "brazilian": "pt-BR",
    "british": "en-GB",
    "bulgarian": "bg-BG",
    "canadian": "en-CA",
    "catalan": "ca-ES",
    "croatian": "hr-HR",
    "czech": "cs-CZ",
    "danish": "da-DK",
    "dutch": "nl-NL",
    "english": "en-US",
    "estonian": "et-EE",
    "finnish": "fi-FI",
    "french": "fr-FR",
    "galician": "gl-ES",
    "german": "de-DE",
    "greek": "el-GR",
    "hebrew": "he-IL",
    "hungarian": "hu-HU",
    "icelandic": "is-IS",
    "irish": "ga-IE",
    "italian": "it-IT",
    "japanese": "ja-JP",
    "latin": "la",
    "latvian": "lv-LV",
    "lithuanian": "lt-LT",
    "mexican": "es-MX",
    "newzealand": "en-NZ",
    "norsk": "nb-NO",
    "nynorsk": "nn-NO",
    "polish": "pl-PL",
    "portuguese": "pt-PT",
    "romanian": "ro-RO",
    "russian": "ru-RU",
    "scottish": "gd-GB",
    "serbian": "sr-RS",
    "slovak": "sk-SK",
    "slovene": "sl-SI",
    "spanish": "es-ES",
    "swedish": "sv-SE",
    "swissgerman": "de-CH",
    "turkish": "tr-TR",
    "ukrainian": "uk-UA",
    "welsh": "cy-GB",
}
"""Language of babel and polyglossia -> BCP 47 tag; of two for a tag, the first one is written."""

LANGUAGE_ALIASES = {
    "ukenglish": "british",
    "usenglish": "american",
    "brazil": "brazilian",
    "francais": "french",
    "acadian": "french",
    "canadien": "french",
    "germanb": "german",
    "ngerman": "german",
    "naustrian": "austrian",
    "nswissgerman": "swissgerman",
    "magyar": "hungarian",
    "norwegian": "norsk",
    "portuges": "portuguese",
    "slovenian": "slovene",
}
"""Other name of a language -> its name in `LANGUAGES`."""

REGIONAL = frozenset(
    "american australian austrian brazilian british canadian mexican newzealand swissgerman".split()
)
"""Names that say which region's form of a language is meant."""
