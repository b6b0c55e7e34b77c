"""Line of a message -> what mail programs put around the messages that they quote."""

import re

MAX_CHARS = 500
"""A longer line is somebody's words."""

QUOTED = re.compile(r"[ \t]{0,3}(?:[A-Z]{1,3})?>(?:[ \t]?>)*[ \t]?")
"""The marks before a quoted line, perhaps with initials."""

_OPENING = re.compile(
    r"(?:On|At|Am|Um|Le|El|Il|Op|Den|Em|No dia|Dnia|W dniu|Dne|Dňa|Kl|Quoting|Zitat von|Citando)\b"
)
_WROTE = re.compile(
    r"\b(?:wrote|writes|said|schrieb(?:en)?|a écrit|escribió|ha scritto|escreveu|schreef"
    r"|het volgende geschreven|skrev|napisał(?:\(a\)|a)?|pisze|napsala?|napsal\(a\)|kirjoitti"
    r"|написал(?:\(а\)|а)?|пишет|yazdı|írta)\b\)?"
    r"(?P<after>.{0,160}?)\s?[:：]$"
)
_DAY = re.compile(r"\b(?:1|2)\d{3}\b|\b\d{1,2}[./]\d{1,2}[./]\d{2}\b")
_TIME = re.compile(r"\d{1,2}[:.h]\d{2}")
_QUOTING = re.compile(r"(?:Quoting|Zitat von|Citando) .{2,120}:")
_ORIGINAL = re.compile(
    r"-{2,}\s*(?:original (?:message|appointment)|ursprüngliche (?:nachricht|mail|e-mail)"
    r"|original-nachricht|originalnachricht|message d[’']origine|mensaje original"
    r"|messaggio originale|mensagem original|oorspronkelijk bericht|originalmeddelande"
    r"|oprindelig meddelelse|opprinnelig melding|wiadomość oryginalna|původní zpráva"
    r"|reply message|исходное сообщение)\s*-{2,}",
    re.IGNORECASE,
)
_FORWARDED = re.compile(
    r"[-_=]{2,}\s*(?:forwarded (?:message|by)|weitergeleitete nachricht|weitergeleitete e-mail"
    r"|message transféré|mensaje reenviado|messaggio inoltrato|mensagem encaminhada"
    r"|doorgestuurd bericht|vidarebefordrat meddelande|videresendt meddelelse"
    r"|wiadomość przekazana|пересылаемое сообщение)\b.{0,80}"
    r"|(?:begin forwarded message|anfang der weitergeleiteten (?:nachricht|e-mail)"
    r"|début du message (?:réexpédié|transféré)|inicio del mensaje reenviado"
    r"|inizio messaggio inoltrato|begin doorgestuurd bericht)\s?:",
    re.IGNORECASE,
)
_FROM = re.compile(r"\*?(?:from|von|de|da|van|från|fra|od|от(?: кого)?)\s?:\*?\s*\S", re.IGNORECASE)
_SENT = re.compile(
    r"\*?(?:sent|date|gesendet|datum|envoyé|enviado(?: el)?|fecha|inviato|data|verzonden|skickat"
    r"|sendt|dato|wysłano|odesláno|дата|отправлено)\s?:\*?\s*\S",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\*?(?:to|an|à|para|a|aan|till|til|do|komu|кому|cc|subject|betreff|objet|asunto|oggetto"
    r"|assunto|onderwerp|ämne|emne|temat|předmět|тема)\s?:\*?(?:\s|$)",
    re.IGNORECASE,
)
_CUTTING = re.compile(rf"[_=*#~-]|{_OPENING.pattern}|(?i:{_FROM.pattern})")
_RULE = re.compile(r"[_=*#~-]{10,}")
_LIST = re.compile(
    r"\bmailing list\b|\bunsubscribe\b|/(?:mailman|listinfo)\b|\bMailingliste\b|\babmelden\b",
    re.IGNORECASE,
)
_MOBILE = re.compile(
    r"(?:sent (?:from|via) (?:my |outlook|mail for|yahoo|proton|the )|get outlook for "
    r"|von meinem .{2,30} gesendet|gesendet (?:von|mit) |envoyé (?:de|depuis) mon "
    r"|enviado desde mi |inviato da(?:l mio)? |verzonden (?:vanaf|met) )[^.!?]{0,60}\.?",
    re.IGNORECASE,
)


def is_attribution(words: str, *, stands_alone: bool) -> bool:
    """Say whether the words, right above quoted lines, say whose they are."""
    if len(words) > MAX_CHARS or words[-1] not in ":：":
        return False
    if _QUOTING.fullmatch(words):
        return True
    wrote = _WROTE.search(words)
    if wrote is None:
        return False
    if _OPENING.match(words) or "@" in words:
        return True
    return stands_alone and not wrote["after"].strip()


def may_cut(words: str) -> bool:
    """Say, quickly, whether an earlier message may begin with this line."""
    return _CUTTING.match(words) is not None


def may_open(words: str) -> bool:
    """Say whether an attribution may begin with this line."""
    return _OPENING.match(words) is not None


def is_dated_attribution(words: str) -> bool:
    """Say whether the words are an attribution that only a mail program writes."""
    if len(words) > MAX_CHARS or words[-1] not in ":：" or not _OPENING.match(words):
        return False
    has_moment = _DAY.search(words) and (_TIME.search(words) or "@" in words)
    return bool(has_moment) and _WROTE.search(words) is not None


def is_separator(words: str) -> bool:
    """Say whether the line stands above the message that is answered."""
    return len(words) <= MAX_CHARS and _ORIGINAL.fullmatch(words) is not None


def is_forward(words: str) -> bool:
    """Say whether the line stands above a message that is passed on."""
    return len(words) <= MAX_CHARS and _FORWARDED.fullmatch(words) is not None


def is_header_block(lines: list[str]) -> bool:
    """Say whether the lines begin with the headers of a message: from, when, and to or about."""
    if not lines or len(lines[0]) > MAX_CHARS or not _FROM.match(lines[0]):
        return False
    near = lines[1:6]
    return any(map(_SENT.match, near)) and any(map(_ABOUT.match, near))


def is_rule(words: str) -> bool:
    """Say whether the line is nothing but a rule."""
    return words[0] in "_=*#~-" and len(words) <= MAX_CHARS and bool(_RULE.fullmatch(words))


def speaks_of_list(words: str) -> bool:
    """Say whether a mailing list explains itself here."""
    return _LIST.search(words) is not None


def is_mobile_line(words: str) -> bool:
    """Say whether the line only names the program or telephone that it was written on."""
    return len(words) <= 90 and _MOBILE.fullmatch(words) is not None
