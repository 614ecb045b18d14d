"""Languages by name, as babel and polyglossia have them, and by code.

Sources: biblatex manual 3.20, table 2; babel manual 24, section 1.4; ISO 639-1.
"""

from __future__ import annotations

from northbib.bibtex.languages import LANGUAGE_ALIASES, LANGUAGES

__all__ = ["BABEL", "CODES"]

BABEL = (
    frozenset(LANGUAGES)
    | frozenset(LANGUAGE_ALIASES)
    | frozenset(
        """
        afrikaans albanian amharic ancientgreek arabic armenian assamese asturian asturianu
        azerbaijani bahasa bahasai bahasam belarusian bengali bosnian breton burmese canadian
        cantonese chinese churchslavonic classiclatin coptic divehi ecclesiasticlatin esperanto
        farsi filipino friulan friulian georgian greekancient gujarati hausa hindi igbo indon
        indonesian interlingua japanese kannada kashmiri kazakh khmer kinyarwanda korean kurdish
        kyrgyz lao latinclassic lowersorbian lsorbian luxembourgish macedonian malagasy malay
        malayalam maltese marathi medievallatin melayu meyalu mongolian monotonicgreek nepali
        newzealand nko northernkurdish northernsami norwegiannynorsk occitan oriya pashto persian
        piedmontese pinyin polutonikogreek polytonicgreek portuguesebr portuguesept punjabi romansh
        rumantsch sami samin sanskrit scottishgaelic serbianc sinhala somali spanishmexico swahili
        swissfrench syriac tamil tatar telugu thai tibetan tosk turkmen uighur uppersorbian urdu
        usorbian uyghur uzbek vietnamese volapuk yiddish yoruba zulu
        """.split()
    )
)
"""Names of languages in `langid`."""

CODES = frozenset(
    """
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da
    de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz
    ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln
    lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi
    pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti
    tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
    """.split()
)
"""Codes of ISO 639-1."""
