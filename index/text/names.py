"""A name -> the other ways in which newspapers spell it.

Most are romanisations: one Cyrillic or Arabic spelling, several Latin ones. Each rule swaps letters
that stand for the same sound there; a metaphone can't do this, since English readers hear Maria
and Marie alike, and Kyiv and Kiev apart.
"""

import re

MOST_CHARS = 60
"""Of a name that has other spellings."""
MOST_RESPELLINGS = 200
"""Of one name; the nearest are made first."""

_ROUNDS = 3
"""Rules applied one after another: Gaddafi to Qadhafi takes two."""

_SHORT = 4
"""Letters of the shortest name that has other spellings; one change is enough in it."""

_ARABIC = re.compile(
    r"[aeiou]h[aeiou]|ahm|[aeiou]llah?$|[kd]h[ai]|qa|q$|ss?[ae]in$|sama$|dd?afi|^y(?:ou|u)ss?[eu]f$"
)
"""What a name holds in which vowels vary freely from newspaper to newspaper."""

_SETS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("(?<=sk)(?:{})$", ("y", "yy", "i", "iy", "ii", "yi", "ij", "yj")),  # Zelenskyy
    ("(?<=n)(?:{})$", ("y", "yy", "iy", "yi")),  # Navalnyy
    ("(?<=enk)(?:{})$", ("o", "a")),  # Lukashenka
    ("(?<=[aeo])(?:{})(?=[^aeiouy])", ("e", "ye")),  # Dostoyevsky
    ("^(?:{})(?=a)", ("ch", "tch", "tsch")),  # Tchaikovsky
    ("(?<=[bcdfghjklmnpqrstvwxz])(?:{})(?=[bcdfghjklmnpqrstvwxz])", ("i", "y")),  # Vladymir
    ("(?<=[ae])(?:{})$", ("i", "y")),  # Sergei
    ("(?<=.)(?:{})(?=[^aeiouy])", ("ie", "ye", "yi", "iy")),  # Kyiv
    ("(?:{})$", ("ia", "iia", "iya", "ya")),  # Nadiya
    ("(?<=[a-z])(?:{})$", ("iv", "ov", "ev", "off", "eff")),  # Kharkiv
    ("(?<=[a-z]{{2}})(?:{})(?=[kdmnrt]$)", ("ou", "oo", "u")),  # Mahmoud
    ("(?<=.)(?:{})(?=[aout]|$)", ("k", "c", "q")),  # Viktor, Irak
    ("(?:{})", ("f", "ph")),  # Josef
    ("(?<=[^aeiouq])(?:{})(?=[^aeiouy]{{2}})", ("u", "ue")),  # Müller, Mueller
    ("(?<=[^aeiou])(?:{})(?=[^aeiouy]{{2}})", ("o", "oe")),  # Göbbels, Goebbels
    ("(?:{})$", ("a", "ah")),  # Sana, Hezbollah
)
_ARABIC_SETS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("(?<![aeiou])(?:{})(?![aeiouy])", ("o", "u")),
    ("(?<![aeiou])(?:{})(?![aeiouy]|$)", ("a", "e")),
    ("(?<![aeiou])(?:{})(?![aeiouy]|$)", ("e", "i")),
    ("(?<=.)(?:{})(?=[^aeiouy])", ("ai", "ei", "ae")),
    ("^(?:{})(?=[aou].{{3}})", ("g", "gh", "k", "kh", "q")),
    ("(?:{})", ("dd", "d", "dh")),
    ("(?<=abd)(?:{})", ("u", "a", "e")),
    ("(?<=^y)(?:{})", ("u", "ou")),
    ("(?<=s)(?:{})(?=f$)", ("e", "u")),
)
_DOUBLED = re.compile(r"(?<=[aeiouy])([bcdfgklmnprstz])\1(?=[aeiouy])")
_SINGLE = re.compile(r"(?<=[aeiouy])([bcdfgklmnprstz])(?=[aeiouy])")


def _compiled(
    sets: tuple[tuple[str, tuple[str, ...]], ...],
) -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    longest_first = ("|".join(sorted(letters, key=len, reverse=True)) for _, letters in sets)
    return tuple(
        (re.compile(place.format(any_of)), letters)
        for (place, letters), any_of in zip(sets, longest_first, strict=True)
    )


_RULES = _compiled(_SETS)
_ARABIC_RULES = _compiled(_ARABIC_SETS)


def respellings(name: str) -> tuple[str, ...]:
    """Give the other spellings of a lower-case name, the nearest first; mostly nobody's."""
    if len(name) > MOST_CHARS:
        return ()
    rules = _RULES + (_ARABIC_RULES if _ARABIC.search(name) else ())
    found = dict.fromkeys([name])
    newest = [name]
    for _ in range(_ROUNDS if len(name) > _SHORT else 1):
        made = dict.fromkeys(other for one in newest for other in _one_rule_away(one, rules))
        newest = [other for other in made if other not in found]
        found.update(dict.fromkeys(newest))
        if len(found) > MOST_RESPELLINGS:
            break
    others = [other for other in found if other != name and len(other) >= _SHORT]
    return tuple(others[:MOST_RESPELLINGS])


def _one_rule_away(
    name: str, rules: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]
) -> list[str]:
    made = [
        name[: match.start()] + letters + name[match.end() :]
        for pattern, all_letters in rules
        for match in pattern.finditer(name)
        for letters in all_letters
    ]
    if len(name) > _SHORT:
        made += [name[: m.start()] + name[m.start() + 1 :] for m in _DOUBLED.finditer(name)]
        made += [name[: m.end()] + name[m.start() :] for m in _SINGLE.finditer(name)]
    return made
