"""The pages name what there is: files, headings, options and verbs."""

import re

import click
import pytest
from pages import PAGES, ROOT

from mapper.cli import cli

_LINK = re.compile(r"\]\(([^)\s]+)\)")
_CODE = re.compile(r"`([^`\n]+)`")
_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
# options of other programs that the pages name
_OF_OTHERS = {"--help", "--version", "--bbox", "--maxzoom"}


def name_of(page):
    return str(page.relative_to(ROOT))


def headings(page):
    """The anchors a forge makes of the headings of a page."""
    lines = _FENCE.sub("", page.read_text(encoding="utf-8")).splitlines()
    titles = [line.lstrip("#").strip().lower() for line in lines if line.startswith("#")]
    return {re.sub(r"[^\w\- ]", "", title).replace(" ", "-") for title in titles}


def verbs(group=cli):
    for name, command in group.commands.items():
        yield name, command
        if isinstance(command, click.Group):
            yield from verbs(command)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page):
    for target in _LINK.findall(_FENCE.sub("", page.read_text(encoding="utf-8"))):
        if "://" in target or target.startswith("mailto:"):
            continue
        path, _, anchor = target.partition("#")
        found = (page.parent / path).resolve() if path else page
        assert found.exists(), f"{name_of(page)}: {target}"
        if anchor:
            assert anchor in headings(found), f"{name_of(page)}: {target}"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_options_and_verbs_named_in_passing_are_known(page):
    params = [one for _, verb in verbs() for one in verb.params]
    known = {opt for one in params for opt in (*one.opts, *one.secondary_opts)} | _OF_OTHERS
    names = {name for name, _ in verbs()}
    for code in _CODE.findall(_FENCE.sub("", page.read_text(encoding="utf-8"))):
        for option in re.findall(r"(?<![\w-])--[a-z][a-z0-9-]+", code):
            stem = option.removesuffix("-")
            fits = option in known or (stem != option and any(o.startswith(option) for o in known))
            assert fits, f"{name_of(page)}: {option}"
        if verb := re.match(r"mapper ([a-z]+)", code):
            assert verb[1] in names, f"{name_of(page)}: {code}"
