"""Words that tell the names of people from the names of bodies, and from what is no name."""

from __future__ import annotations

__all__ = ["BODY_WORDS", "INITIALS", "NOT_IN_NAMES"]

BODY_WORDS = frozenset(
    """
    academy administration affairs agency alliance archive archives associates association
    authority blog board broadcasting bureau campaign center centre charity city coalition
    collaboration college commission committee commons communications community company
    confederation consortium consulting corporation council county court department dept
    directorate directory economics encyclopaedia encyclopedia enterprise executive federation
    forum foundation fund gmbh government group hm holdings hospital hotel house inc industries
    initiative insights institut institute institution international journal lab laboratories
    laboratory labs league library limited llc llp ltd magazine media ministry museum nations
    network news newspaper newspapers newswire northern observatory office online organisation
    organization parliament partners partnership party plc press program programme project
    publications publishing radio regulator research review school science sciences secretariat
    service services society solutions studio studios systems team technologies technology
    television times treasury trust tv uk union universitat universite university weekly wire
    """.split()
)
"""Words of which one is enough to make a name that of a body."""

INITIALS = frozenset(
    """
    abc afp ap bbc cbi cbs cnn dcms defra dpa epa eu fsb gb gmb hmrc ifs imf ippr itn itv lga
    lse mp nao nato nbc nhs npr oecd ons pa rte sky stv tuc ucl un upi us usa who wto wwf
    """.split()
)
"""Initials by which press agencies, broadcasters and other bodies go, in lower case."""

NOT_IN_NAMES = frozenset(
    """
    a about abstract all an analysis and answers article articles author blog books business by
    climate comment contact cookie cookies crossref culture data december download economy
    edition education energy environment events exclusive explained facebook february finance
    for free friday full getty google health help home how images in introduction january job
    jobs july last latest letters life live local main menu message monday money more my
    national new next north november october of on open opinion orcid our page pdf policy
    politics previous print privacy profile pubmed question questions radio read report reports
    saturday scholar science search september share site sky south speech sport sports stories
    story sunday support technology terms text the this thursday to today top travel tuesday
    twitter uk us video watch weather wednesday what why with work world year your
    """.split()
)
"""Words that stand with capitals on pages and in no name of a person."""
