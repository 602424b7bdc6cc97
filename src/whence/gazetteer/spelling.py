"""One name, many spellings: forms under which names are compared.

Three steps, from strict to loose:

* `plain`: case, accents, apostrophes, full stops and hyphens do not count ("Dar‘ā" is "dara",
  "St. Louis" "saint louis").
* `skeleton`: the consonants alone, after the letters that transliterations disagree about are made one (q and k, the
  many articles of Arabic, doubled letters, a final h). It only brings candidates together.
* `similarity`: 0 to 1 for two names of the same skeleton, by the vowels between their consonants: e may stand for a or
  i and o for u, the rest costs. "Khirbet Ghazala" is "Khirbat Ghazālah" and Deraa is Daraa, but Daraya is not: a y
  between two dark vowels is a consonant.

The rules follow how Arabic, Persian, Amharic, Burmese, Russian, Ukrainian and French-colonial names come out in English
print; they are tested on tables of pairs that must and must not meet.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_STRICTER = {2: 2.0, 3: 1.3}
"""Short names are held to more: so much dearer are differences in names of two and three consonants."""
SAME = 0.8
"""Names whose similarity reaches this are taken for spellings of one name (set on the table of pairs in the tests)."""

_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʻʼʿʾ`´ʹ\"“”.·"), "")


class _Folding(dict[int, str]):
    """Letters without their accents, apostrophes without themselves; remembers each letter."""

    def __missing__(self, code: int) -> str:
        letters = unicodedata.normalize("NFKD", chr(code))
        bare = "".join(c for c in letters if not unicodedata.combining(c)).casefold()
        self[code] = bare.translate(_APOSTROPHES)
        return self[code]


_FOLDING = _Folding()
_SPLIT = re.compile(r"[\W_]+")
_ARTICLES = _words("al el ad adh an ar as ash at ath az ed ez er es esh en et ul ud us the il")
_ATTACHED = re.compile(r"^[ae](?=(z|r|s|t|d|n|sh)\1)(z|r|s|t|d|n|sh)")
_DIGRAPHS = {
    "tch": "c",
    "sch": "S",
    "kh": "X",
    "gh": "g",
    "sh": "S",
    "zh": "z",
    "ch": "c",
    "dj": "g",
    "dh": "d",
    "th": "t",
    "ph": "f",
    "hp": "f",
    "ht": "t",
    "hk": "k",
    "ck": "k",
    "ts": "s",
    "tz": "s",
    "qu": "ku",
    "gue": "ge",
    "gui": "gi",
    "q": "k",
    "j": "g",
    "x": "ks",
}
_DIGRAPH = re.compile("|".join(_DIGRAPHS))
_SOFT_C = re.compile(r"c(?=[auo]|[bdfgj-np-su-z]|t(?!h))")
_VOWELS = "aeiou"
_SOFT = dict.fromkeys(map(ord, "aeiouwy"))
_DARK_Y = re.compile(r"(?<=[aou])y+(?=[aou])")
_W = re.compile(r"(?<=[aei])w+(?=[aeiou])")
_DOUBLED = re.compile(r"(.)\1+")
_PIECES = re.compile(r"([aeiouwy]*)([^aeiouwy]?)")


def plain(name: str) -> str:
    """A name without what print varies freely: case, accents, apostrophes, full stops, hyphens, a leading "the"."""
    text = name.lower().translate(_APOSTROPHES) if name.isascii() else name.translate(_FOLDING)
    if text.isalnum():
        return text
    words = [w for w in _SPLIT.split(text) if w]
    if len(words) > 1 and words[0] == "the":
        del words[0]
    if len(words) > 1:
        words = ["saint" if w in ("st", "ste") else "mount" if w == "mt" else "fort" if w == "ft" else w for w in words]
    return " ".join(words)


@lru_cache(maxsize=131072)
def _word(word: str) -> str:
    if len(word) > 4 and word[0] in "ae":
        word = _ATTACHED.sub("", word)
    if "c" in word:
        word = _SOFT_C.sub("k", word)
    word = _DIGRAPH.sub(lambda m: _DIGRAPHS[m[0]], word)
    word = _DOUBLED.sub(r"\1", word)
    if len(word) > 2 and word[-1] == "h" and word[-2] in _VOWELS:
        word = word[:-1]
    if "y" in word:
        word = _DARK_Y.sub("Y", word)
    return _W.sub("W", word) if "w" in word else word


def shape(name: str) -> str:
    """A name's sounds as far as its spelling tells: articles gone, words run together. Empty for no Latin letters."""
    if not name.isascii():
        name = anyascii(name.translate(_APOSTROPHES))
    words = [w for w in _SPLIT.split(name.lower().translate(_APOSTROPHES)) if w]
    return "".join([_word(w) for w in words if w not in _ARTICLES] or [_word(w) for w in words])


def shape_of_plain(name: str) -> str:
    """`shape` of a name in Latin letters that `plain` has been through already."""
    words = name.split(" ")
    return "".join([_word(w) for w in words if w not in _ARTICLES] or [_word(w) for w in words])


def skeleton(name: str) -> str:
    """The consonants of a name: the key under which candidates are brought together."""
    return bones(shape(name))


def bones(form: str) -> str:
    """The consonants of a `shape`."""
    return form.translate(_SOFT)


def _slots(form: str) -> list[str]:
    """The vowels before each consonant and after the last."""
    return [vowels for vowels, _ in _PIECES.findall(form)][: sum(c not in "aeiouwy" for c in form) + 1]


_CLASSES = {"a": "a", "e": "e", "i": "i", "y": "i", "o": "u", "u": "u", "w": "u"}


def _sound(vowels: str) -> str:
    """A run of vowels as its colours: a, e, i, u, in order, each once."""
    return "".join(dict.fromkeys(_CLASSES[v] for v in vowels))


_FREE = {
    frozenset("ae"),
    frozenset("ei"),
    frozenset(("ai", "e")),
    frozenset(("ei", "ai")),
    frozenset(("ei", "i")),
    frozenset(("ei", "e")),
    frozenset(("au", "u")),
    frozenset(("ie", "e")),
    frozenset(("ie", "i")),
    frozenset(("ai", "i")),
    frozenset(("ai", "ei")),
    frozenset(("ia", "iae")),
    frozenset(("ae", "ai")),
    frozenset(("ae", "a")),
    frozenset(("uai", "uei")),
    frozenset(("ui", "uai")),
    frozenset(("ui", "uei")),
    frozenset(("ui", "uie")),
}


def _cost(one: str, two: str, *, edge: bool) -> float:
    if one == two:
        return 0.0
    a, b = _sound(one), _sound(two)
    if a == b or frozenset((a, b)) in _FREE:
        return 0.0 if len(a) == len(b) == 1 or not edge else 0.05
    if not a or not b:
        return 0.25 if edge else 0.1
    if {a, b} == {"a", "i"}:
        return 0.2
    return 0.12 if set(a) & set(b) else 0.25


def similarity(one: str, two: str) -> float:
    """How far two names may be spellings of one: 1 the same, 0 of different consonants."""
    return alike(shape(one), shape(two))


def alike(one: str, two: str) -> float:
    """`similarity` of two shapes."""
    if one == two:
        return 1.0 if one else 0.0
    consonants = bones(one)
    if consonants != bones(two) or len(consonants) < 2:
        return 0.0
    left, right = _slots(one), _slots(two)
    last = len(left) - 1
    cost = sum(_cost(x, y, edge=i in (0, last)) for i, (x, y) in enumerate(zip(left, right, strict=False)))
    return max(0.0, 1.0 - cost * _STRICTER.get(len(consonants), 1.0))
