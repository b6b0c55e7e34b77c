"""Line -> reason: what the furniture of a web page looks like, a line at a time."""

import re
from collections.abc import Callable

from index.types import OmissionReason

MIN_LINE_CHARS = len("share")
MAX_LINE_CHARS = 600
"""A longer line is a paragraph."""

FINISHED = re.compile(r"[.!?…:][”’\"')\]*_]*$")

CAPTION_LABEL = re.compile(
    r"(?:image|photo|picture|media) (?:caption|source)\W{1,3}", re.IGNORECASE
)
CREDIT = re.compile(
    r"\b(?:photo(?:graph)?|image|picture|credit)(?: by|s?:)|\(AP\b|\bAP Photo"
    r"|/(?:AP|AFP|Reuters|Getty)|Getty Images|Shutterstock",
    re.IGNORECASE,
)

_NETWORK = (
    r"(?:facebook|twitter|x|instagram|linkedin|whatsapp|telegram|reddit|pinterest|youtube|tiktok"
    r"|threads|bluesky|mastodon|tumblr|google news|flipboard|messenger|e-?mail|rss|copy link|print)"
)
_THING = r"(?:article|story|post|page|news|video|report|piece)"
_REPORTED = re.compile(
    r"\b(?:said|says|told|tells|reads|wrote|writes|argued|argues|according to|reported|announced"
    r"|advise[sd]?|urge[sd]?|promise[sd]?|suggest(?:s|ed)?|claim(?:s|ed)|warn(?:s|ed)|found)\b",
    re.IGNORECASE,
)


def _any_of(*patterns: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), flags)


_COOKIE_START = _any_of(
    r"(?:this|our|the) (?:web)?site uses (?:\w+ ){0,3}cookies",
    r"we (?:and our (?:\d+ )?(?:partners|third parties) )?(?:use|store|place) (?:\w+ ){0,3}cookies",
    r"we value your privacy",
    r"by (?:continuing|using|clicking|browsing|visiting|accepting|closing) .{0,160}cookie",
    r"cookies (?:help|allow|enable) us",
    r"you can (?:manage|change) your cookie",
    r"please accept (?:\w+ ){0,3}cookies",
)
_COOKIE_PURPOSE = _any_of(
    r"\byour? (?:\w+ )?(?:experience|consent|preferences|device|browser|privacy|settings)\b",
    r"\byou (?:the best|a better|agree|consent|accept|relevant|with|can opt)\b",
    r"\b(?:personali[sz]e|analy[sz]e|measure) "
    r"(?:\w+ ){0,3}(?:content|ads|traffic|audience|usage)\b",
    r"\b(?:cookie|privacy) (?:policy|settings|notice|preferences)\b",
    r"\b(?:traffic|audience) (?:analysis|measurement)\b",
    r"\b(?:deliver|improve) our (?:services?|(?:web)?site)\b",
)
_COOKIE_LABEL = _any_of(
    r"accept read more",
    r"(?:accept|allow|reject|decline|refuse)(?: all)?(?: the)? cookies",
    r"(?:cookie|privacy|consent) (?:settings|policy|preferences|notice|statement|options)",
    r"(?:manage|change|customi[sz]e) (?:my |your )?"
    r"(?:cookie |privacy )?(?:preferences|consent|cookies)",
    r"privacy (?:policy )?(?:and|&) cookies?(?: policy)?",
    r"(?:accept|reject|allow) all(?: (?:reject|accept|manage).{0,30})?",
)
COOKIE_BUTTON = _any_of(
    r"(?:accept|reject|decline|allow|deny)(?: all)?(?: read more)?",
    r"(?:read|learn|find out) more[.!]?",
    r"ok(?:ay)?|got it!?|close|settings|i agree|i accept|agree(?: and continue)?|dismiss|continue",
    r"strictly necessary(?: cookies)?|always (?:active|enabled)|save (?:&|and) accept",
)

_SHARE = _any_of(
    rf"share(?: this| the)? {_THING}(?:(?: on| via| with) .{{1,40}})?[.!:]?",
    r"share(?: this)?(?: with (?:your )?friends)?[.!:]?",
    rf"(?:share|tweet|pin|post|save)(?: this)?(?: (?:{_THING}|it))?"
    rf" (?:on|via|to|by) {_NETWORK}[.!]?",
    rf"(?:(?:share|tweet|{_NETWORK})[\s|,/·•:&-]{{1,5}}){{2,12}}(?:{_NETWORK}|share|more)?",
    rf"(?:share (?:on|via|to) )?(?:{_NETWORK}[\s|,/·•:&-]{{1,5}}){{1,12}}{_NETWORK}",
    r"(?:click|tap)(?: here)? to (?:share|print|e-?mail|tweet)(?: .{0,60})?",
    rf"(?:e-?mail|print|save|bookmark|tweet)(?: this| the)(?: {_THING})?[.!]?",
    r"copy (?:the )?link|link copied!?|copied to clipboard!?|tweet|retweet",
    rf"(?:follow|like|join|find) (?:us|@?\w+(?: \w+)?) on (?:our )?{_NETWORK}"
    rf"(?:(?:,| and|,? &| or) {_NETWORK})*(?: (?:page|channel|group|for [\w ]{{3,40}}))?[.!:]?",
    r"follow us(?: (?:on social media|here|now))?[.!:]?",
    r"follow @\w{2,30}(?: on .{1,20})?",
    rf"join (?:us on |our )(?:{_NETWORK} )?(?:channel|group|community)(?: .{{0,40}})?[.!]?",
    r"(?:leave|post|write|add) a (?:comment|reply)[.!]?|(?:view|show|hide|read)(?: all)? comments",
    r"\d+ (?:comments?|shares?|likes?)|no comments(?: yet)?|comments? \(\d+\)",
    r"skip to (?:main )?content|back to top|scroll (?:to|back to) top|loading(?:\.\.\.|…)",
    r"\d{1,3}[ -]min(?:ute)?s? read",
)

_NEWSLETTER = _any_of(
    r"(?:please )?(?:sign up|subscribe|register) (?:now |here |today )?(?:for|to) "
    r"(?:our|the|this|your) (?:[\w’'-]+ ){0,6}(?:newsletters?|updates|e-?mails?|alerts"
    r"|mailing list|channel|podcast|briefing)\b[^.!]{0,120}[.!]?",
    r"(?:get|receive|have) (?:our|the|all|more|daily|breaking|top|latest|your) .{0,100}"
    r"(?:(?:to|in|into) your (?:e-?mail )?inbox|by e-?mail)\b.{0,40}",
    r"(?:sign up|subscribe|register)"
    r"(?: (?:now|here|today|for free|for updates|via e-?mail))?[.!]?",
    r"subscribe (?:now )?(?:for|to) "
    r"(?:continue reading|read (?:more|on)|full access|unlimited .{1,40}).{0,40}",
    r"(?:already a|are you a) (?:subscriber|member)\?(?: (?:log|sign) in.{0,20})?",
    r"(?:enter|add|type) your e-?mail(?: address)?(?: .{0,80})?",
    r"(?:join|get) (?:our|the) (?:[\w’'-]+ ){0,4}(?:newsletter|mailing list)"
    r"(?: (?:for|to|and) (?:our|your|the latest|free|more|daily|weekly)\b"
    r"[^.!]{0,60})?[.!]?",
    r"(?:don[’']t|never) miss (?:a story|an update|out|a thing|our .{3,40})[.!]?(?: .{0,60})?",
    r"(?:click|tap) here to (?:subscribe|sign up|join)(?: .{0,60})?",
    r"thank(?:s| you) for (?:subscribing|signing up|reading)(?: .{0,40})?[.!]",
    r"(?:our |daily |weekly |free )?newsletter(?: sign-?up)?|your e-?mail(?: address)?",
    r"this (?:story|article|content) is "
    r"(?:for|only available to) (?:paying )?subscribers(?: only)?[.!]?",
)
_ADVERTISEMENT = _any_of(
    r"(?:- ?)?advertisements?(?: ?-)?|(?:skip )?advertisement"
    r"|sponsored(?: content| post)?|promoted",
    r"(?:advertisement )?(?:story|article|content)? ?continues? below(?: (?:this )?"
    r"(?:ad|advertisement))?|scroll (?:down )?to continue(?: reading)?",
    r"advertisement\W{1,4}(?:scroll|story|article|continue).{0,40}",
)

_READ_ALSO_LABEL = _any_of(
    r"(?:read|see|watch|learn|find out|view) more(?: (?:here|stories|news|articles))?",
    r"related(?: (?:articles?|stories|news|posts?|topics?|content|links|coverage|reading))",
    r"(?:you (?:may|might)|you[’']ll) also (?:like|enjoy|be interested in)(?: .{0,20})?",
    r"(?:more|top|latest|popular|trending|recommended|featured)"
    r" (?:stories|articles|posts|headlines)(?: for you)?",
    r"more (?:on|about|from) this (?:story|topic|author|section)|recommended(?: for you)?|up next",
    r"(?:most (?:read|popular|viewed)|trending(?: now)?"
    r"|what to read next|read next|editor[’']s picks)",
    r"(?:read|view|see) (?:the )?(?:full|original|whole) (?:story|article|post|report)"
    r"(?: (?:here|on .+))?",
    r"(?:continue|keep) reading(?: (?:the main story|below|here))?",
    r"(?:click|tap) here (?:to|for) (?:read )?(?:more|the full (?:story|article))(?: .{0,60})?",
    r"(?:next|previous) (?:article|story|post)",
)
_READ_ALSO = re.compile(
    r"(?:also read|read (?:also|more|next|on|the full story|full story|here|our)|read"
    r"|see (?:also|more)|more (?:here|info)|must[ -]read|more to read)"
    r"(?: (?:on|about|from) [\w ]{2,30})?\s*[:|>»–—]+\s*(?P<title>[^\s:|>»–—].{2,250})",
    re.IGNORECASE,
)
_HEADLINE_LINK = re.compile(
    r"(?i:related|watch|listen|don[’']t miss|in case you missed it|recommended|more from .{2,30}"
    r"|related (?:articles?|story|stories|posts?|news|coverage))(?:\s*[:|»]\s*|\s+[–—]\s+)"
    r"(?P<headline>[A-Z0-9“‘\"'#*\[]\S*(?:\s+\S+){2,30}|https?://\S+)"
)

_RIGHTS = _any_of(
    r"(?:(?:©|\(c\)|copyright|&copy;).{0,120})?all rights (?:are )?reserved[.!]?(?: .{0,20})?",
    r"(?:©|\(c\)|copyright ©?)\s*(?:\d{4}\b|[A-Z][\w.]+ \d{4}\b).{0,120}",
    r"(?:this material|no part of this (?:publication|article|content)) may not be "
    r"(?:published|reproduced|broadcast).{0,200}",
)
_CREDIT = _any_of(
    r"(?:Additional r|R)eporting by"
    r"(?: (?:[A-Z][\w.’'-]*[,;.]?|and|in|at|for|by|additional|editing|writing|reporting)){1,30}",
    flags=0,
)

_NAME_PART = r"(?:[A-Z][\w.’'-]*|de|da|di|del|der|van|von|bin|al|la|le|el|ten|ter|O[’'][A-Z]\w+)"
_BYLINE = re.compile(
    r"(?:(?i:by|written by|story by|words by|posted by|edited by|reported by|author)(?:\s*+:)?\s+)"
    rf"(?P<name>[A-Z][\w.’'-]*(?: {_NAME_PART}){{0,4}})"
    rf"(?:(?:, | and | & |, and )[A-Z][\w.’'-]*(?: {_NAME_PART}){{0,4}}){{0,4}}"
    r"(?:(?: in | at | for |\s*[|,·•–—-]\s*)[\w.,:’'&|/ -]{2,60})?"
)
_NO_NAME = re.compile(
    r"\b(?:the|a(?!\.)|an|this|that|these|those|any|all|some|then|now|far|most|next|last|land|sea|air|road"
    r"|rail|train|bus|boat|foot|car|numbers|night|day|days|week|month|year|dawn|dusk|noon|midnight"
    r"|morning|evening|design|default|chance|accident|hand|heart|law|contrast|comparison|popular"
    r"|demand|phone|mail|email|(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march"
    r"|april|june|july|august|september|october|november|december|region|country|category|sector"
    r"|age|gender|invitation|order|request|force|proxy|degrees|way|turns|itself|himself|herself"
    r"|themselves|yourself|virtue|\d{2,4})\b",
    re.IGNORECASE,
)

GLUED = re.compile(
    r"(?<=[.!?”\"’)…])[ \t\xa0]+(?=(?:This|Our) (?:web)?site uses |We use |We value your privacy"
    r"|By (?:continuing|using|clicking) |Share This |Share this (?:article|story|post)|SHARE THIS "
    r"|Accept Read More|Accept [Aa]ll)"
)


def reason_for(words: str) -> OmissionReason | None:
    """Why a line is furniture, or None for a line of the article; bylines are found apart.

    `words` is the line without white space and marks around it.
    """
    reason = _seeming_reason(words) if MIN_LINE_CHARS <= len(words) <= MAX_LINE_CHARS else None
    return None if reason is None or _REPORTED.search(words) else reason


def _seeming_reason(words: str) -> OmissionReason | None:
    if _is_cookie_notice(words):
        return "cookie notice"
    if len(words) > 300:
        return None
    return next((reason for reason, is_one in _KINDS if is_one(words)), None)


def byline_name(words: str) -> str | None:
    """The first name of a line that says only who wrote the article, else None."""
    if len(words) > 120:
        return None
    byline = _BYLINE.fullmatch(words)
    if byline is None or _NO_NAME.search(byline["name"]):
        return None
    return byline["name"]


def _is_cookie_notice(words: str) -> bool:
    if _COOKIE_LABEL.fullmatch(words.rstrip(".!:")):
        return True
    return _COOKIE_START.match(words) is not None and _COOKIE_PURPOSE.search(words) is not None


def _is_read_also(words: str) -> bool:
    if _READ_ALSO_LABEL.fullmatch(words.rstrip(" .:!»>→…")):
        return True
    link = _HEADLINE_LINK.fullmatch(words)
    if link and link["headline"][-1] not in ".;,:":
        return True
    also = _READ_ALSO.fullmatch(words)
    return also is not None and (not also["title"][0].islower() or also["title"][:4] == "http")


_KINDS: tuple[tuple[OmissionReason, Callable[[str], object]], ...] = (
    ("share line", _SHARE.fullmatch),
    ("newsletter line", _NEWSLETTER.fullmatch),
    ("advertisement", _ADVERTISEMENT.fullmatch),
    ("read-also line", _is_read_also),
    ("rights line", _RIGHTS.fullmatch),
    ("rights line", _CREDIT.fullmatch),
)
