"""Every catalogue of words/ says what words/en.txt says: the same ids with the same places to fill, plurals with
the forms its language has, and the tone of the house; none that nobody says. And every sentence that the program
itself says in English to whoever asked stands in words/en.txt, where the other languages find it
(src/web/speaking.h)."""
import re

from checks.tree import Fault

STANDARD = "words/en.txt"
LINE = re.compile(r"([a-z0-9_]+)\s*=\s*(.*)")
HEAD = re.compile(r"@(called|machine_made)\s*=\s*\S")
# Unicode CLDR's plural categories for whole numbers people meet here.
FORMS = {"ar": {"zero", "one", "two", "few", "many", "other"}}
FEW_FORMS = {"one", "other"}
# Where refusals are made; what routes say about themselves is for programs and stays English.
SPEAKING = ("src/person/*.cc", "src/person/*.h", "src/audience/*.cc", "src/audience/*.h", "src/photo/*.cc",
            "src/photo/*.h", "src/album/*.cc", "src/album/*.h", "src/story/*.cc", "src/story/*.h", "src/upkeep/*.cc", "src/upkeep/*.h", "src/image/photo_workers.cc",
            "src/web/*.cc", "src/web/*.h")
FOR_PROGRAMS = ("src/web/routes.cc", "src/web/routes_host.cc", "src/web/routes_photo.cc", "src/web/openapi.cc", "src/web/bodies.h", "src/web/album_bodies.h", "src/web/helpline_bodies.h")
LITERALS = re.compile(r'"(?:[^"\\]|\\.)*"(?:\s*"(?:[^"\\]|\\.)*")*')
PART = re.compile(r'"((?:[^"\\]|\\.)*)"')
IN_TEMPLATE = re.compile(r"\{\{w_([a-z0-9_]+)")
ID_OR_BEGINNING = re.compile(r'"([a-z][a-z0-9_]*)"')
PHRASE = re.compile(r'"(refused_[a-z0-9_]+)"')


def catalogues(tree) -> list:
    return [f for f in tree.files("words/*.txt") if tree.read(f).startswith("@")]


def entries(tree, path: str) -> dict:
    """id -> (line, text)"""
    found = {}
    for number, line in tree.lines(path):
        if match := LINE.fullmatch(line.strip()):
            found.setdefault(match.group(1), (number, match.group(2)))
    return found


def said_twice(tree, path: str):
    seen = set()
    for number, line in tree.lines(path):
        if match := LINE.fullmatch(line.strip()):
            if match.group(1) in seen:
                yield Fault(path, number, f"says {match.group(1)} once more")
            seen.add(match.group(1))


def blocks(text: str) -> list:
    """What stands in each pair of outermost braces."""
    found, depth, begin = [], 0, 0
    for at, char in enumerate(text):
        if char == "{":
            depth += 1
            begin = at + 1 if depth == 1 else begin
        elif char == "}":
            depth -= 1
            if depth == 0:
                found.append(text[begin:at])
    return found


def places(text: str) -> dict:
    """name -> kind ("", "plural", ...) of every place, those within branches too."""
    found = {}
    for block in blocks(text):
        name, _, rest = (part.strip() for part in block.partition(","))
        kind, _, branches = (part.strip() for part in rest.partition(","))
        found[name] = kind
        for branch in blocks(branches):
            found.update(places(branch))
    return found


def plural_faults(text: str, wanted: set):
    for block in blocks(text):
        head = re.match(r"\s*\w+\s*,\s*plural\s*,", block)
        if not head:
            continue
        branches = block[head.end():]
        for branch in blocks(branches):
            branches = branches.replace("{" + branch + "}", " ")
        missing = wanted - set(branches.split())
        if missing:
            yield f"lacks the plural forms {', '.join(sorted(missing))}"


def entry_faults(language: str, text: str):
    if "!" in text:
        yield "has an exclamation mark"
    if "'" in text or '"' in text:
        yield "has a straight quote; the page takes typographic ones"
    if not text:
        yield "is empty"
    yield from plural_faults(text, FORMS.get(language, FEW_FORMS))


def compare(path: str, standard: dict, words: dict):
    for id, (_, text) in standard.items():
        if id not in words:
            yield Fault(path, 1, f"lacks {id} ({STANDARD} says: {text})")
        elif places(words[id][1]) != places(text):
            yield Fault(path, words[id][0], f"{id} has other places to fill than in {STANDARD}")
    for id, (number, _) in words.items():
        if id not in standard:
            yield Fault(path, number, f"has {id}, which {STANDARD} does not have")


def head_faults(tree, path: str):
    for number, line in tree.lines(path):
        line = line.strip()
        if line.startswith("@") and not HEAD.match(line):
            yield Fault(path, number, "has an unknown line in its head")
        elif line and not line.startswith(("@", "#")) and not LINE.fullmatch(line):
            yield Fault(path, number, "is not `id = text`")


def is_sentence(text: str) -> bool:
    return bool(re.match(r"[A-Z].* .*[.]$", text))


def sentences(tree, path: str):
    """(line, sentence) of every string literal that reads like one."""
    text = re.sub(r"(?m)^\s*//.*$", "", tree.read(path))
    for match in LITERALS.finditer(text):
        said = "".join(PART.findall(match.group())).replace('\\"', '"')
        if is_sentence(said):
            yield text.count("\n", 0, match.start()) + 1, said


def speaking(tree) -> list:
    return [f for f in tree.files(*SPEAKING) if not f.endswith("_test.cc") and f not in FOR_PROGRAMS]


def unsaid(tree, standard: dict):
    ids, texts = set(), set()
    for path in tree.files("templates/*/*.html"):
        ids.update(IN_TEMPLATE.findall(tree.read(path)))
    for path in speaking(tree):
        ids.update(ID_OR_BEGINNING.findall(tree.read(path)))
        texts.update(said for _, said in sentences(tree, path))
    # Some refusals are put together from their parts.
    beginnings = ("refused_", *(id for id in ids if id.endswith("_")))
    for id, (number, text) in standard.items():
        if id not in ids and text not in texts and not id.startswith(beginnings):
            yield Fault(STANDARD, number, f"has {id}, which nothing says")


def check(tree):
    standard = entries(tree, STANDARD)
    yield from unsaid(tree, standard)
    for path in catalogues(tree):
        words = entries(tree, path)
        yield from head_faults(tree, path)
        yield from said_twice(tree, path)
        yield from compare(path, standard, words)
        language = path.removeprefix("words/").removesuffix(".txt")
        for id, (number, text) in words.items():
            for sentence in entry_faults(language, text):
                yield Fault(path, number, f"{id} {sentence}")
    known = {text for _, text in standard.values()}
    for path in speaking(tree):
        for number, said in sentences(tree, path):
            if said not in known:
                yield Fault(path, number, f'says "{said}", which {STANDARD} does not have')
        for number, line in tree.lines(path):
            for id in PHRASE.findall(line):
                if id not in standard:
                    yield Fault(path, number, f"names {id}, which {STANDARD} does not have")
