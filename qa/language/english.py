"""question -> is it certainly not English? In doubt it is English."""

import re

from index.text.language import looks_english

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ASCII_WORD = re.compile(r"\b[a-z]{2,}\b")
_TELLING = tuple(
    frozenset(words.split())
    for words in (
        # German, French, Spanish, Italian, Portuguese, Dutch, Polish, Swedish, Turkish
        "wie wer wann warum wieso wieviel wieviele welche welcher welches welchen wem wessen ist "
        "sind wurde wurden haben hatte viele nicht und für über gibt kostet",
        "combien pourquoi quand où quel quelle quels quelles qui sont était étaient dans avec "
        "coûte quoi qu'est",
        "cuántos cuántas cuánto cuánta cuándo dónde quién quiénes qué cuál cuáles cómo está están "
        "fue fueron cuantos cuantas cuando donde quien",
        "quanti quante quanto perché quando quale quali dov'è sono stato stata hanno nella della "
        "degli delle",
        "quantos quantas quanto quem onde quando qual quais são está foi foram não porquê",
        "hoeveel waarom wanneer welke wie wat waar zijn werd werden heeft hebben niet kost",
        "ile kiedy gdzie dlaczego kto jak był była są nie się ilu który która",
        "hur många när varför vem vilken vilka är och inte blev för mycket",
        "kaç nerede neden nasıl hangi nedir değil için kadar",
    )
)
_JOINING = frozenset(
    "der die das den dem des ein eine le la les de du un une et el los las una del y il lo gli di "
    "o os um da do em het een van w na z i det en ett av bir ve".split()
)
"""Articles and the like, which occur in names too (Rio de la Plata)."""
_ENGLISH_ONLY = frozenset(
    "the of and to that with who what when where which why how many much did does is are were has "
    "have had be been by from it its his her this for on at or not can will would about".split()
)


def is_foreign(question: str) -> bool:
    """Say whether a question is surely in another language or script than English.

    It takes two words of one other language, one of them such as no English question has; a
    foreign name, title or place inside an English question is none.
    """
    words = [word for word in _WORD.findall(question) if len(word) < 40][:29]
    lower = [word.lower().replace("’", "'") for word in words]
    if not words or any(word in _ENGLISH_ONLY for word in lower):
        return False
    if not looks_english(" ".join(words)):
        return not any(_ASCII_WORD.fullmatch(word) for word in words)
    # A capitalised word inside is part of a name or title.
    plain = {low for n, low in enumerate(lower) if n == 0 or not words[n][0].isupper()}
    accented = {word for word in plain if not word.isascii()}
    return any(
        telling & plain and len(plain & (telling | _JOINING) | accented) > 1 for telling in _TELLING
    ) or question.lstrip().startswith("¿")
