"""Templates escape what they show, run nothing inline, and say only words that the catalogue has. The program
itself refuses the rest when it reads them (src/html/template_text.h)."""
import re

from checks.tree import Fault

DIRECTIVE = '{{%AUTOESCAPE context="HTML"}}'
MARKER = re.compile(r"\{\{([^}]*)\}\}")
NAME = re.compile(r"[#/]?[A-Z][A-Z0-9_]*(:(none|url_query_escape|pre_escape))?|[#/]?(w|asset)_[a-z0-9_]+|>[A-Za-z_]+|!.*", re.S)
RULES = (
    (re.compile(r"<script(?![^>]*\ssrc=)", re.I), "runs a script inline; the content security policy forbids it"),
    (re.compile(r"<style|\sstyle\s*=", re.I), "styles inline; it belongs into assets/"),
    (re.compile(r"<[^>]*\son[a-z]+\s*=", re.I), "has an event handler inline; the content security policy forbids it"),
    (re.compile(r"(?:formaction|xlink:href)\s*=\s*[\"'][^\"']*\{\{", re.I), "puts a value where no escaping helps"),
    (re.compile(r"(?:href|src|action)=\"[^\"{]+(?:\{\{[#/][^}]*\}\}[^\"{]*)*\{\{(?![#/]|[^}]*:url_query_escape)", re.I),
     "puts a value into the middle of an address without :url_query_escape"),
)
SAID = re.compile(r'\bsay\(\s*"([a-z0-9_]+)"\s*(\+?)')


def catalogue(tree) -> dict:
    """The ids of words/en.txt and the line each stands on; `doubled` says that one stands twice."""
    found = {}
    if "words/en.txt" in tree.files():
        for number, line in tree.lines("words/en.txt"):
            if match := re.match(r"([a-z0-9_]+)\s*=", line):
                found.setdefault(match.group(1), []).append(number)
    return found


def check(tree):
    words = catalogue(tree)
    for id, numbers in words.items():
        if len(numbers) > 1:
            yield Fault("words/en.txt", numbers[1], f"has {id} a second time")
    for path in (f for f in tree.files("*.html") if f.startswith("templates/")):
        if not tree.read(path).startswith(DIRECTIVE):
            yield Fault(path, 1, f"does not begin with {DIRECTIVE}")
        for number, line in tree.lines(path):
            for rule, sentence in RULES:
                if rule.search(line):
                    yield Fault(path, number, sentence)
            for marker in MARKER.findall(line.replace(DIRECTIVE, "")):
                if not NAME.fullmatch(marker):
                    yield Fault(path, number, f"{{{{{marker}}}}} is no marker: values are UPPER_CASE")
                elif marker.startswith("w_") and marker[2:] not in words:
                    yield Fault(path, number, f"says {marker}, which words/en.txt does not have")
    for path in tree.files("src/*/*.cc"):
        for number, line in () if path.endswith("_test.cc") else tree.lines(path):
            for id, more in SAID.findall(line):  # "state_" + name says one of several
                if id not in words and not (more and any(word.startswith(id) for word in words)):
                    yield Fault(path, number, f'says "{id}", which words/en.txt does not have')
