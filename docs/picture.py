"""Take the README's picture of a map: desktop and phone, side by side in docs/.

    python docs/picture.py output/incidents_2019-03-31.html

Needs Chromium and playwright (`make picture` installs both). Pictures are kept under 300 KB.
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

DOCS = Path(__file__).resolve().parent
# a function: an expression would be evaluated at every look, which the policy forbids
READY = "() => document.documentElement.dataset.mapper === 'ready'"
VIEWS = {"desktop": (1280, 800, 1), "phone": (390, 844, 2)}


def main(page_file: Path) -> None:
    """Open the page from disk at each size and save what it shows when it is ready."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu"]
        )
        for name, (width, height, scale) in VIEWS.items():
            context = browser.new_context(
                viewport={"width": width, "height": height}, device_scale_factor=scale
            )
            page = context.new_page()
            page.goto(page_file.resolve().as_uri())
            page.wait_for_function(READY)
            page.evaluate("document.fonts.ready")
            page.wait_for_timeout(400)
            page.screenshot(path=str(DOCS / f"map-{name}.png"))
            context.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
