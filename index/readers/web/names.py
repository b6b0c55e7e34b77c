"""What an element is called, and the heading it begins with -> does that say furniture?"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from index.readers.web.tags import Tree
from index.readers.web.wording import COMMENT, COMMENTS_HEADING, FURNITURE_HEADING, LEADS_HEADING

NameKind = Literal["comments", "furniture", "leads"]
"""`leads`: to other pages, if there are links in it. A section may be called the same."""

_COMMENTS = frozenset(
    "comment comments commentlist disqus respond reply replies livefyre pingback trackback".split()
)
_LEADS = frozenset(
    "related relatedposts recommended recommendation recommendations recirc trending popular"
    " mostread readmore teaser teasers promo promos promoted promotion upsell breadcrumb"
    " breadcrumbs crumbs pagination pager paging menu menus nav navi navigation navbar navbox"
    " subnav tags taglist tagcloud sidebar widget widgets tools toolbar toolbox".split()
)
_FURNITURE = frozenset(
    "outbrain taboola ad ads adv advert adverts advertisement advertisements advertising"
    " advertorial adsense dfp sponsor sponsors sponsored banner banners newsletter newsletters"
    " subscribe subscription signup cookie cookies consent gdpr ccpa onetrust login register donate"
    " donation share sharing sharebar sharethis addthis addtoany social socials follow footer"
    " byline author authors bio meta postmeta entrymeta rating ratings popup modal lightbox overlay"
    " copyright credits tooltip cta".split()
)
_STRUCTURE = frozenset(
    "amp area article articles aside bar block blocks blog body bottom box boxes btn button"
    " buttons card cards carousel cell column columns container content contents count cover"
    " desktop details div element embed entry extra feature featured flex form full global"
    " grid group head header heading holder horizontal icon icons img info inline inner item"
    " items label latest layout left line link links list listing main media mobile module"
    " modules more most name new news next notice old outer page panel parent policy post"
    " posts prev previous primary read region right root row rows secondary section sections"
    " single site slot small sticky stories story strip tab tabs text thread title top topic"
    " topics unit vertical view wrap wrapper".split()
)
"""Words that say nothing of what is inside."""
_STATES = frozenset("no not has have with without is are hide show".split())
"""Words of names that say how an element looks."""
_FILED = frozenset("tag category cat type format status theme template".split())
"""First words of names that say what an article is about."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"[a-z]+")
_VOWEL = re.compile(r"[aeiouy]")
_COOKIES = re.compile(
    r"cookie.{0,80}(?:bar|banner|info|notice|message|popup|consent)", re.IGNORECASE
)
_COUNTED = r"(?:\d{1,6} |\(\d{1,6}\) )?"

_COMMENTS_HEADING = re.compile(
    rf"{_COUNTED}(?:reader )?(?:comments?|responses?|repl(?:y|ies)|thoughts?)"
    r"(?: on [“\"‘].{0,100})?(?: ?\(\d{1,6}\))?"
    r"|leave a (?:reply|comment)(?: .{0,40})?|(?:post|add|write) a comment|join the conversation"
    r"|join the discussion",
    re.IGNORECASE,
)
_FURNITURE_HEADING = re.compile(
    r"about the authors?|about me|share (?:this|on|it)(?: .{0,30})?|share|follow us(?: .{0,40})?"
    r"|like this|connect with us|sign up(?: (?:for|to|now|today) .{0,60})?"
    r"|subscribe(?: (?:to|for|now|today)(?: .{0,60})?)?|(?:our|the|free|daily|weekly) newsletters?"
    r"|newsletters?(?: sign-?up)?|stay (?:informed|connected|up to date)|advertisements?|sponsored"
    r"|our partners|log ?in|search",
    re.IGNORECASE,
)
_LEADS_HEADING = re.compile(
    r"more (?:stories|articles|news|posts|from .{2,40}|on this (?:story|topic))"
    r"|(?:recent|latest|top|popular|featured) (?:stories|articles|news|posts|comments|videos)"
    r"|most (?:read|popular|viewed|shared|commented)(?: .{0,30})?|trending(?: now| today)?"
    r"|related(?: (?:articles?|stor(?:y|ies)|posts?|news|content|links?|topics?|coverage"
    r"|subjects?|products|items))?|recommended(?: for you| reading| articles| stories)?"
    r"|you (?:may|might) also (?:like|enjoy|be interested in)|you[’']ll also like|don[’']t miss"
    r"|read (?:more|next|also)(?: .{0,20})?|up next|see also|watch next|what to read next"
    r"|tags?|categories|archives?|topics|filed under|in this (?:article|section|series)"
    r"|(?:from|around) the web|quick links|useful links|navigation|menu|contents",
    re.IGNORECASE,
)


def named_kind(element: Tree, heading: str) -> NameKind | None:
    """Say what classes, ids and the first heading call an element; None if nothing odd.

    A name tells if all of its words are of those that page makers use for furniture, or say
    nothing. One that was made of the heading of its own section tells nothing.
    """
    slug = set(_WORD.findall(heading.lower()))
    told = {word for name in _names(element) for word in _told(name, slug)}
    said = _kind_said(heading.rstrip(" :.…»>→")) if heading else None
    if told & _COMMENTS or said == "comments":
        return "comments"
    if told & _FURNITURE or said == "furniture":
        return "furniture"
    return "leads" if told & _LEADS or said else None


@lru_cache(maxsize=1024)
def _kind_said(words: str) -> NameKind | None:
    """Say what a heading calls the part below it."""
    if is_comment(words, is_heading=True):
        return "comments"
    if _is_one(words, _FURNITURE_HEADING, FURNITURE_HEADING):
        return "furniture"
    return "leads" if leads_elsewhere(words) else None


def leads_elsewhere(words: str) -> bool:
    """Say whether a heading or a label is one that stands over links to other pages."""
    return _is_one(words, _LEADS_HEADING, LEADS_HEADING)


def is_comment(words: str, *, is_heading: bool) -> bool:
    """Say whether a line, or a heading, stands over what readers wrote."""
    headings = (_COMMENTS_HEADING, COMMENTS_HEADING) if is_heading else ()
    return _is_one(words, COMMENT, *headings)


def _is_one(words: str, *patterns: re.Pattern[str]) -> bool:
    return bool(words) and any(pattern.fullmatch(words) for pattern in patterns)


def _names(element: Tree) -> Iterator[str]:
    for key in ("class", "id", "data-component", "data-module", "data-testid"):
        yield from (element.get(key) or "").split()[:12]


def _told(name: str, slug: set[str]) -> frozenset[str]:
    """The words of a name that call its element furniture."""
    words, told = _read(name[:80])
    return told if told and not slug.issuperset(words) else frozenset()


@lru_cache(maxsize=4096)
def _read(name: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """The words of a name, and those of them that tell of furniture."""
    words = tuple(_WORD.findall(_CAMEL.sub("-", name).lower()))
    told = (_COMMENTS | _FURNITURE | _LEADS).intersection(words)
    is_state = bool(told) and (words[0] in _FILED or not _STATES.isdisjoint(words))
    is_notice = _COOKIES.search(name) is not None
    is_plain = all(
        word in told or word in _STRUCTURE or _is_prefix(word, at) for at, word in enumerate(words)
    )
    return words, told if not is_state and (is_plain or is_notice) else frozenset()


def _is_prefix(word: str, at: int) -> bool:
    """Say whether a word is that of a maker or a site, or an abbreviation."""
    return len(word) <= 4 and (at == 0 or (len(word) < 4 and not _VOWEL.search(word)))
