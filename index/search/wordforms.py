"""query -> its words, each with the forms under which an article may have it.

They are for saying that no article mentions a word, so there are rather too many of them than too
few: inflections, letters with marks and without, British and American spelling, hyphens, numbers
in figures and in words, initials, abbreviations, other spellings of a name.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice, pairwise

from index.search.variants import SAME
from index.text.inflections import inflections
from index.text.keywords import FUNCTION_WORDS
from index.text.letters import marked, perhaps_written_out, plain, written_out
from index.text.names import respellings
from index.text.numerals import numbers_in, undated

MOST_CHARS = 60
"""Of a word that has other forms."""
MOST_NUMBERS = 64
"""Of a query; of more, the rest are looked up as words."""
_WORD = re.compile(r"[^\W_]+(?:[-‐‑'’][^\W_]+)*")
_JOINT = re.compile(r"[-‐‑'’]")
_POSSESSIVE = re.compile(r"['’]s?$")
_ACRONYM = re.compile(r"(?<![\w.])(?:[A-Z]{2,6}|(?:[A-Z]\.){2,})(?!\w)")
_NAME = re.compile(
    r"[^\W\d_a-z][\w'’-]{0,60}(?:\s+(?:[^\W\d_]{1,60}\s+)?[^\W\d_a-z][\w'’-]{0,60})+"
)
"""Two words with a capital or more, no more than one small one between them."""
_TWO_SPELLINGS = (
    (r"our", "or"), (r"or", "our"), (r"is(?=(?:e|ed|es|er|ers|ing|ation|ations)$)", "iz"),
    (r"iz(?=(?:e|ed|es|er|ers|ing|ation|ations)$)", "is"), (r"ys(?=(?:e|ed|es|ing)$)", "yz"),
    (r"yz(?=(?:e|ed|es|ing)$)", "ys"), (r"re(?=s?$)", "er"), (r"er(?=s?$)", "re"),
    (r"ence(?=s?$)", "ense"), (r"ense(?=s?$)", "ence"), (r"ogue(?=s?$)", "og"),
    (r"og(?=s?$)", "ogue"), (r"ll(?=(?:ed|ing|er|ers|ment|ful|ous)$)", "l"),
    (r"l(?=(?:ed|ing|er|ers|ment|ful|ous)$)", "ll"), (r"ae", "e"), (r"oe", "e"),
    (r"mme(?=s?$)", "m"), (r"m(?=s?$)", "mme"), (r"xion", "ction"), (r"ction", "xion"),
)  # fmt: skip
"""British and American endings, both ways; what comes out is mostly no word, which does no harm."""
_SAME_WORDS = tuple(
    frozenset(group.split("/"))
    for group in """grey/gray tyre/tire cheque/check plough/plow aluminium/aluminum kerb/curb
    mould/mold moult/molt sceptic/skeptic sceptical/skeptical jewellery/jewelry pyjamas/pajamas
    storey/story moustache/mustache cosy/cozy draught/draft gaol/jail sulphur/sulfur
    speciality/specialty whisky/whiskey yoghurt/yogurt axe/ax enrol/enroll fulfil/fulfill
    skilful/skillful wilful/willful instalment/installment judgement/judgment ageing/aging
    anaesthetic/anesthetic manoeuvre/maneuver foetus/fetus diarrhoea/diarrhea oestrogen/estrogen
    paediatric/pediatric encyclopaedia/encyclopedia haemorrhage/hemorrhage tonne/ton
    kilometre/kilometer/km metre/meter/m
    centimetre/centimeter/cm millimetre/millimeter/mm kilogram/kg kilo/kg gram/g
    litre/liter/l
    hectare/ha hour/h minute/min second/sec doctor/dr professor/prof saint/st street/st
    mount/mt avenue/ave road/rd number/no versus/vs senator/sen general/gen captain/capt
    sergeant/sgt lieutenant/lt governor/gov representative/rep government/govt department/dept
    company/co corporation/corp incorporated/inc limited/ltd university/univ television/tv
    photograph/photo telephone/phone advertisement/ad examination/exam laboratory/lab
    mathematics/maths maths/math aeroplane/airplane aeroplane/plane association/assoc
    president/pres junior/jr senior/sr fort/ft mister/mr missus/mrs""".split()
)
_SIGNS = frozenset(
    """dollar dollars euro euros pound pounds sterling yen yuan rupee rupees cent cents penny pence
    percent percentage degree degrees section paragraph number""".split()
)
"""Words for which articles may have a sign that no keyword index holds: $, €, %, °, §."""
_TIMES = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december""".split()
)
"""Words for which articles may have a date in figures, or one that counts from another."""


@dataclass(frozen=True, slots=True)
class Sought:
    """A word or number of a query, and what may stand for it in an article."""

    word: str
    """As it stands in the query."""
    others: tuple[str, ...] = ()
    """What else the query tells to look for: other ways to write a number, a name's acronym."""
    is_number: bool = False
    initials: str = ""
    """Of an acronym: the first letters of the words that it may stand for, lower case."""

    @property
    def forms(self) -> tuple[str, ...]:
        """Words and phrases, lower case, itself among them; made anew each time."""
        own = (self.word.lower(),) if self.is_number else forms_of(self.word)
        return tuple(dict.fromkeys((*own, *self.others)))

    @property
    def is_countable(self) -> bool:
        """Say whether a keyword index can tell that no article has it in any form."""
        folded = self.word.casefold()
        return not (self.initials or folded in _SIGNS or folded in _TIMES)


def sought_in(query: str) -> Iterator[Sought]:
    """Give the words of a query that say something, and its numbers, in order, each once."""
    others = _acronyms_of_names(query)
    rest = undated(query)
    for typed, ways in islice(numbers_in(rest), MOST_NUMBERS):
        yield Sought(typed, ways, is_number=True)
        rest = re.sub(rf"(?<!\w){re.escape(typed)}(?!\w)", " ", rest, count=1)
    is_shouted = query.isupper()
    words = list(dict.fromkeys(_POSSESSIVE.sub("", word) for word in _words(rest)))
    for one, other in pairwise(word.lower() for word in words):
        for word in (one, other):
            others[word] = (*others.get(word, ()), one + other)
    for word in words:
        if word.lower() in FUNCTION_WORDS and (is_shouted or not _ACRONYM.fullmatch(word)):
            continue
        initials = ""
        if _ACRONYM.fullmatch(word) and not is_shouted:
            initials = word.replace(".", "").lower()
        yield Sought(word, others.get(word.lower(), ()), initials=initials)


def forms_of(word: str) -> tuple[str, ...]:
    """Give a word in every form that we know, lower case, itself first; most are nobody's words."""
    typed = unicodedata.normalize("NFC", word).lower()
    if len(typed) > MOST_CHARS:
        return (typed,)
    parts = _JOINT.split(typed)
    bases = [typed, *(("".join(parts), " ".join(parts)) if len(parts) > 1 else ())]
    bases += [form for base in bases for form in inflections(base)]
    bases += [form for base in bases for form in (*_spellings(base), *_abbreviated(base))]
    names = respellings(plain(typed)) if len(parts) == 1 else ()
    unmarked = dict.fromkeys(chain(map(plain, bases), written_out(typed)))
    if word[:1].isupper():
        unmarked.update(dict.fromkeys(perhaps_written_out(plain(typed))))
    kept = (form for base in unmarked for form in marked(base))
    same = (name.lower() for names in SAME if word in names for name in names)
    forms = dict.fromkeys((*bases, *unmarked, *kept, *same, *names, *_parted(typed)))
    return tuple(form for form in forms if form)


def _words(text: str) -> Iterator[str]:
    """Give the words, one with hyphens as one; an abbreviation with full stops as well."""
    for found in re.finditer(rf"{_ACRONYM.pattern}|{_WORD.pattern}", text):
        yield found[0]


def _acronyms_of_names(query: str) -> dict[str, tuple[str, ...]]:
    """Give for each word of a name the acronyms that may stand for the whole name."""
    found: dict[str, dict[str, None]] = {}
    if query.isupper():
        return {}
    for name in _NAME.findall(query):
        words = re.findall(r"[^\W\d_][\w'’-]*", name)
        while words and words[0].lower() in FUNCTION_WORDS:
            words = words[1:]
        capitals = [word for word in words if word[:1].isupper()]
        ways = {"".join(word[0] for word in some).lower() for some in (words, capitals)}
        acronyms = tuple(plain(way) for way in sorted(ways) if len(way) > 1)
        whole = plain(" ".join(words).lower())
        for names in SAME:
            if whole in map(plain, map(str.lower, names)):
                acronyms += tuple(map(str.lower, names))
        for word in words:
            found.setdefault(word.lower(), {}).update(dict.fromkeys(acronyms))
    return {word: tuple(acronyms) for word, acronyms in found.items()}


def _spellings(word: str) -> Iterator[str]:
    for form, other in _TWO_SPELLINGS:
        spelt = re.sub(form, other, word)
        if spelt != word:
            yield spelt


def _abbreviated(word: str) -> Iterator[str]:
    for group in _SAME_WORDS:
        if not group.isdisjoint((word, word.removesuffix("s"))):
            yield from sorted(group - {word})


def _parted(word: str) -> Iterator[str]:
    """Part a long word in two wherever a space or a hyphen may be missing."""
    if word.isalpha():
        yield from (f"{word[:at]} {word[at:]}" for at in range(1, len(word)))
