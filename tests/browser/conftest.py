"""Real Chromium, real files: pages written to disk and opened as a reader opens them."""

import json
import shutil
from pathlib import Path

import pytest
from located_rows import hostile, sample
from playwright.sync_api import sync_playwright

from mapper.render import render

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or "/usr/bin/chromium"
# a function: an expression would be evaluated at every look, which the policy forbids
READY = "() => document.documentElement.dataset.mapper !== 'building'"


def pytest_collection_modifyitems(items):
    """Everything in this folder needs a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in Path(item.path).parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium():
    """One browser for all tests; each opens its own context."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def written(tmp_path_factory):
    """Write a page to disk once; give its path."""
    folder = tmp_path_factory.mktemp("pages")

    def write(name, html):
        path = folder / f"{name}.html"
        if not path.exists():
            path.write_text(html() if callable(html) else html, encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="session")
def sample_page(written):
    """The page of a small table with every shape."""
    return written("sample", lambda: render(sample()))


@pytest.fixture(scope="session")
def hostile_page(written):
    """The page of a table that attacks."""
    return written("hostile", lambda: render(hostile()))


@pytest.fixture(scope="session")
def seed_page(seed_map):
    """The map of the newest sample edition, made by the command line."""
    return seed_map[0]


class Opened:
    """A page that was opened, and everything it did that it should not have."""

    def __init__(self, page):
        self.page = page
        self.requests = []
        self.said = []
        page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (self.said.append("dialog"), dialog.dismiss()))
        cdp = page.context.new_cdp_session(page)
        cdp.send("Network.enable")
        cdp.on("Network.requestWillBeSent", lambda event: self.requests.append(_url(event)))
        page.add_init_script(
            "document.addEventListener('securitypolicyviolation', (event) => "
            "console.error('csp ' + event.violatedDirective + ' ' + event.blockedURI));"
        )

    def ready(self, timeout=20_000):
        """Wait until the page says ready or error; give which."""
        self.page.wait_for_function(READY, timeout=timeout)
        return self.page.evaluate("document.documentElement.dataset.mapper")

    def outside(self):
        """Return the requests beyond the file itself and what it holds."""
        ours = ("file:", "data:", "blob:", "about:")
        return [url for url in self.requests if not url.startswith(ours)]

    def quiet(self):
        """Assert that nothing was requested, logged or violated."""
        assert self.outside() == []
        assert self.said == []


def _url(event):
    return event["request"]["url"]


@pytest.fixture
def open_page(chromium):
    """Open a file; give what was seen. Contexts are closed at the end of the test."""
    contexts = []

    def open_file(path, *, size=(1280, 800), wait=True, hash="", **options):  # noqa: A002
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]}, offline=True, **options
        )
        contexts.append(context)
        opened = Opened(context.new_page())
        opened.page.goto(f"{Path(path).as_uri()}{hash}")
        if wait:
            assert opened.ready() == "ready", opened.said
        return opened

    yield open_file
    for context in contexts:
        context.close()


@pytest.fixture
def as_json():
    """Dump a value for a script."""
    return json.dumps
