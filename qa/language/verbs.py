"""Common English verbs: base form -> past tense, participle and third person."""

from index.text import inflections

_IRREGULAR = """
    become begin break bring build buy catch choose come cost draw drive eat fall feel fight find
    flee fly get give go grow have hear hit hold keep know lead leave lend lose make meet pay read
    rise run say see sell send set shoot sing sit speak spend stand steal strike swear take teach
    tell think throw understand wear win withdraw write
"""
_DOUBLING = "admit ban commit plan refer stop"
"""Regular, but for the last letter."""
_REGULAR = """
    accept accuse achieve add adopt agree allow announce appear appoint approve arrest arrive ask
    attack attend award base believe belong call cancel carry cause charge claim close complete
    confirm control cover create cross damage decide declare defeat defend define deliver demand
    deny depend deploy describe design destroy develop die discover discuss donate earn elect
    employ end enter escape establish expand expect explain export express face fail finish fire
    follow force form gain graduate grant happen help host identify import include increase injure
    inspire intend introduce invade invent invest investigate invite issue join kill lack land
    last launch learn lift like limit live look maintain manage marry measure mention move name
    need occur offer open operate oppose order organise organize own pass perform pick play praise
    predict prepare prevent produce promise promote propose protect prove provide publish pull
    purchase push raise rank reach receive recognise recognize reduce refuse reject release remain
    remove replace report represent request require rescue resign respond resume retire return
    reveal rule save score search serve settle share sign solve start state stay succeed suffer
    suggest supply support surrender survive suspend target threaten trade train travel treat
    trigger turn unveil use violate visit vote walk want warn watch weigh work
"""
NOUNS_TOO = frozenset(
    """arrest attack award base break call cause charge claim close control cost cover cross damage
    demand design draw drive end escape export express face fall fight finish fire force form gain
    grant help hit hold host import increase issue lack land last launch lead leave lift like
    limit live look measure move name need offer open order own pass pay pick plan play praise
    produce promise pull purchase push raise rank reach read release report request rescue return
    rise rule run save score search set share shoot sign stand start state stay strike supply
    support surrender target trade train travel treat trigger turn use visit vote walk want watch
    wear win work""".split()
)
"""Base forms that may be another word where they stand."""


def _regular_past(base: str) -> str:
    if base.endswith("e"):
        return f"{base}d"
    return f"{base[:-1]}ied" if base.endswith("y") and base[-2] not in "aeiou" else f"{base}ed"


PAST = {
    **{base: inflections.VERBS[base][0][0] for base in _IRREGULAR.split()},
    **{base: f"{base}{base[-1]}ed" for base in _DOUBLING.split()},
    **{base: _regular_past(base) for base in _REGULAR.split()},
}
"""Base form -> past tense."""
PASTS = frozenset(PAST.values())
PARTICIPLES = frozenset(
    [inflections.VERBS[base][1][0] for base in _IRREGULAR.split()]
    + [PAST[base] for base in (*_DOUBLING.split(), *_REGULAR.split())]
) | {"been", "born"}
FORMS = (PASTS | PARTICIPLES | frozenset(PAST)) - NOUNS_TOO
"""What can hardly be anything but a verb."""


def third_person(base: str) -> str:
    """Give the form after he, she or it."""
    if base == "have":
        return "has"
    if base.endswith(("o", "s", "sh", "ch", "x")):
        return f"{base}es"
    return f"{base[:-1]}ies" if base.endswith("y") and base[-2] not in "aeiou" else f"{base}s"


VERBS = FORMS | {third_person(base) for base in PAST if base in FORMS}
"""The same, and what these are after he, she or it."""
