"""word -> its forms that no rule gives: drew and drawn for draw, mice for mouse.

What follows rules (draws, drawing) is left to the stemmers of the keyword indexes.
"""

import re
from collections import defaultdict

_VERBS = """
    arise arose arisen | awake awoke awoken | bear bore borne/born | beat beat beaten
    become became become | begin began begun | bend bent bent | bet bet bet | bid bid bid
    bind bound bound | bite bit bitten | bleed bled bled | blow blew blown | break broke broken
    breed bred bred | bring brought brought | broadcast broadcast broadcast | build built built
    burn burnt/burned burnt/burned | burst burst burst | buy bought bought | cast cast cast
    catch caught caught | choose chose chosen | cling clung clung | come came come | cost cost cost
    creep crept crept | cut cut cut | deal dealt dealt | dig dug dug | dive dived/dove dived
    do did done | draw drew drawn | dream dreamt/dreamed dreamt/dreamed | drink drank drunk
    drive drove driven | dwell dwelt dwelt | eat ate eaten | fall fell fallen | feed fed fed
    feel felt felt | fight fought fought | find found found | flee fled fled | fling flung flung
    fly flew flown | forbid forbade forbidden | forecast forecast forecast
    foresee foresaw foreseen | forget forgot forgotten | forgive forgave forgiven
    freeze froze frozen | get got got/gotten | give gave given | go went gone | grind ground ground
    grow grew grown | hang hung/hanged hung/hanged | have had had | hear heard heard
    hide hid hidden | hit hit hit | hold held held | hurt hurt hurt | keep kept kept
    kneel knelt knelt | knit knit/knitted knit/knitted | know knew known | lay laid laid
    lead led led | lean leant/leaned leant/leaned | leap leapt/leaped leapt/leaped
    learn learnt/learned learnt/learned | leave left left | lend lent lent | let let let
    lie lay lain | light lit lit | lose lost lost | make made made | mean meant meant
    meet met met | mislead misled misled | mistake mistook mistaken | mow mowed mown
    overcome overcame overcome | overthrow overthrew overthrown | oversee oversaw overseen
    pay paid paid | plead pled/pleaded pled/pleaded | prove proved proven/proved | put put put
    quit quit quit | read read read | rebuild rebuilt rebuilt | rid rid rid | ride rode ridden
    ring rang rung | rise rose risen | run ran run | saw sawed sawn | say said said | see saw seen
    seek sought sought | sell sold sold | send sent sent | set set set | sew sewed sewn
    shake shook shaken | shear sheared shorn | shed shed shed | shine shone shone
    shoot shot shot | show showed shown | shrink shrank shrunk | shut shut shut | sing sang sung
    sink sank sunk | sit sat sat | slay slew slain | sleep slept slept | slide slid slid
    smell smelt/smelled smelt/smelled | sow sowed sown | speak spoke spoken | speed sped sped
    spell spelt/spelled spelt/spelled | spend spent spent | spill spilt/spilled spilt/spilled
    spin spun spun | spit spat spat | split split split | spoil spoilt/spoiled spoilt/spoiled
    spread spread spread | spring sprang sprung | stand stood stood | steal stole stolen
    stick stuck stuck | sting stung stung | stink stank stunk | stride strode stridden
    strike struck struck/stricken | string strung strung | strive strove striven
    swear swore sworn | sweep swept swept | swell swelled swollen | swim swam swum
    swing swung swung | take took taken | teach taught taught | tear tore torn | tell told told
    think thought thought | throw threw thrown | thrust thrust thrust | tread trod trodden
    undergo underwent undergone | understand understood understood | undertake undertook undertaken
    undo undid undone | uphold upheld upheld | upset upset upset | wake woke woken | wear wore worn
    weave wove woven | weep wept wept | win won won | wind wound wound
    withdraw withdrew withdrawn | withhold withheld withheld | withstand withstood withstood
    wring wrung wrung | write wrote written
"""
"""Base form, past tense and participle of each; the British form first where there are two."""
_OTHERS = """
    man men | woman women | child children | person people | foot feet | tooth teeth | goose geese
    mouse mice | louse lice | ox oxen | penny pence | life lives | wife wives | knife knives
    leaf leaves | half halves | calf calves | wolf wolves | shelf shelves | loaf loaves
    thief thieves | elf elves | scarf scarves | hoof hooves | dwarf dwarves | wharf wharves
    staff staves | sheaf sheaves | analysis analyses | crisis crises | thesis theses
    hypothesis hypotheses | basis bases | oasis oases | axis axes | diagnosis diagnoses
    criterion criteria | phenomenon phenomena | bacterium bacteria | medium media | datum data
    stratum strata | memorandum memoranda | millennium millennia | curriculum curricula
    spectrum spectra | referendum referenda | stadium stadia | fungus fungi | cactus cacti
    nucleus nuclei | radius radii | stimulus stimuli | alumnus alumni | larva larvae | alga algae
    vertebra vertebrae | formula formulae | antenna antennae | index indices | appendix appendices
    matrix matrices | bureau bureaux | plateau plateaux | château châteaux
    good better best | bad badly worse worst | far farther farthest further furthest
    little less least | old elder eldest
    die died dying dead death | birth born | sell sold sale | lose lost loss
    choose chose chosen choice | think thought | fly flew flown flight | grow grew grown growth
    steal stole stolen theft thief | give gave given gift | speak spoke spoken speech
    sing sang sung song | believe belief | prove proof | arrive arrival | refuse refusal
    approve approval | weigh weight | bleed bled blood | feed fed food | advise advice
    practise practice | license licence | long length | wide width | deep depth | high height
    broad breadth | strong strength | hot heat | proud pride | young youth | true truth
    spend spent expense | respond response | succeed success | pursue pursuit | decide decision
    explode explosion | invade invasion | collide collision | conclude conclusion
    divide division | destroy destruction | permit permission | admit admission
"""
"""Words of which articles may use another of the same line where a question has one."""


def _groups(table: str) -> list[list[str]]:
    return [group.split() for group in re.split(r"[|\n]", table.strip()) if group.strip()]


VERBS = {
    base: (tuple(past.split("/")), tuple(participle.split("/")))
    for base, past, participle in _groups(_VERBS)
}
"""Base form -> past tense and participle, each in one spelling or two, the British one first."""


def _kin() -> dict[str, dict[str, None]]:
    kin: dict[str, dict[str, None]] = defaultdict(dict)
    verbs = [[base, *past, *participle] for base, (past, participle) in VERBS.items()]
    for group in [*verbs, *_groups(_OTHERS)]:
        for word in group:
            kin[word].update(dict.fromkeys(other for other in group if other != word))
    return kin


_KIN = _kin()
_ENDINGS = (("ing", ""), ("ing", "e"), ("es", ""), ("s", ""))


def inflections(word: str) -> tuple[str, ...]:
    """Give the irregular forms of a lower-case word, and those of the word that it is a form of."""
    bases = [word, *_bases(word)]
    return tuple(dict.fromkeys(form for base in bases for form in (base, *_KIN.get(base, ()))))[1:]


def _bases(word: str) -> list[str]:
    """Give the words with irregular forms of which this may be a regular one: draws, drawing."""
    found = [word.removesuffix(end) + put for end, put in _ENDINGS if word.endswith(end)]
    found += [base[:-1] for base in found if len(base) > 2 and base[-1] == base[-2]]
    return [base for base in found if base in _KIN]
