"""Common English verbs: base form -> past tense, participle and third person."""

_IRREGULAR = """
    admit:admitted:admitted ban:banned:banned become:became:become begin:began:begun
    break:broke:broken bring:brought:brought build:built:built buy:bought:bought
    catch:caught:caught choose:chose:chosen come:came:come commit:committed:committed
    cost:cost:cost draw:drew:drawn drive:drove:driven eat:ate:eaten fall:fell:fallen
    feel:felt:felt fight:fought:fought find:found:found flee:fled:fled fly:flew:flown get:got:got
    give:gave:given go:went:gone grow:grew:grown have:had:had hear:heard:heard hit:hit:hit
    hold:held:held keep:kept:kept know:knew:known lead:led:led leave:left:left lend:lent:lent
    lose:lost:lost make:made:made meet:met:met pay:paid:paid plan:planned:planned read:read:read
    refer:referred:referred rise:rose:risen run:ran:run say:said:said see:saw:seen sell:sold:sold
    send:sent:sent set:set:set shoot:shot:shot sing:sang:sung sit:sat:sat speak:spoke:spoken
    spend:spent:spent stand:stood:stood steal:stole:stolen stop:stopped:stopped
    strike:struck:struck swear:swore:sworn take:took:taken teach:taught:taught tell:told:told
    think:thought:thought throw:threw:thrown understand:understood:understood wear:wore:worn
    win:won:won withdraw:withdrew:withdrawn write:wrote:written
"""
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
    **dict(entry.split(":")[:2] for entry in _IRREGULAR.split()),
    **{base: _regular_past(base) for base in _REGULAR.split()},
}
"""Base form -> past tense."""
PASTS = frozenset(PAST.values())
PARTICIPLES = frozenset(
    [entry.split(":")[2] for entry in _IRREGULAR.split()]
    + [PAST[base] for base in _REGULAR.split()]
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
