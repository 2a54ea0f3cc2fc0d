"""Which first names are said of one person: English ones by the ``nicknames`` package, Spanish ones by this list."""

from functools import cache

from nicknames import NickNamer

# In lower case and without marks, as ``treatments.search.plain`` writes names.
SPANISH = {
    "alejandra": ("ale", "sandra"),
    "alejandro": ("ale", "jandro", "sandro"),
    "antonia": ("tona",),
    "antonio": ("tono", "tonio"),
    "beatriz": ("bea", "betty"),
    "carlos": ("carlitos", "charly"),
    "carmen": ("carmela", "menchu"),
    "concepcion": ("concha", "conchita"),
    "consuelo": ("chelo",),
    "dolores": ("lola", "lolita"),
    "eduardo": ("edu", "lalo"),
    "enrique": ("quique", "kike"),
    "ernesto": ("neto",),
    "fernando": ("fer", "nando"),
    "francisca": ("paca", "paquita", "pancha"),
    "francisco": ("paco", "pancho", "curro", "kiko", "cisco"),
    "gabriela": ("gabi", "gaby"),
    "gregorio": ("goyo",),
    "guadalupe": ("lupe", "lupita"),
    "guillermo": ("memo", "guille"),
    "ignacio": ("nacho",),
    "isabel": ("isa", "chabela"),
    "jesus": ("chuy", "chucho"),
    "jose": ("pepe", "chepe", "pepito"),
    "josefa": ("pepa",),
    "josefina": ("fina", "pepita"),
    "juan": ("juancho", "juanito"),
    "leonardo": ("leo",),
    "luis": ("lucho", "luisito"),
    "manuel": ("manolo", "manny"),
    "margarita": ("rita", "mago"),
    "maria": ("mari", "maruja"),
    "mercedes": ("meche", "merche"),
    "miguel": ("mike",),
    "patricia": ("pati", "patty"),
    "rafael": ("rafa",),
    "ramon": ("moncho",),
    "ricardo": ("richi", "rica"),
    "roberto": ("beto", "rober"),
    "rosario": ("charo",),
    "santiago": ("santi", "chago"),
    "sebastian": ("sebas",),
    "teresa": ("tere",),
    "vicente": ("chente",),
}


@cache
def _english() -> NickNamer:
    return NickNamer()


def same_name(one: str, other: str) -> bool:
    """Whether one of two first names is a short or fond form of the other, or both of a third."""
    return (
        one == other
        or one in _short(other)
        or other in _short(one)
        or not _whole(one).isdisjoint(_whole(other))
    )


@cache
def _short(name: str) -> frozenset[str]:
    return frozenset({*_english().nicknames_of(name), *SPANISH.get(name, ())})


@cache
def _whole(name: str) -> frozenset[str]:
    """The names that ``name`` is short for; the package has some the wrong way around, which are left out."""
    spanish = {whole for whole, short in SPANISH.items() if name in short}
    return frozenset({*_english().canonicals_of(name), *spanish}) - _short(name)
