"""Debian's own Firefox, spoken to in WebDriver BiDi, the protocol it understands as it is."""

import json
import shutil
import subprocess
import time
from contextlib import contextmanager

from websockets.sync.client import connect

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
START_SECONDS = 60
ANSWER_SECONDS = 60


class FirefoxError(Exception):
    """Firefox refused a command or a script threw."""


class Firefox:
    """One headless window: opens pages, evaluates, keeps what they logged and asked."""

    def __init__(self, socket):
        self._socket = socket
        self._number = 0
        self.logged = []
        self.prompts = []
        dismiss = {"alwaysMatch": {"unhandledPromptBehavior": {"default": "dismiss"}}}
        self._call("session.new", capabilities=dismiss)
        events = ["log.entryAdded", "browsingContext.userPromptOpened"]
        self._call("session.subscribe", events=events)
        self._context = self._call("browsingContext.getTree")["contexts"][0]["context"]

    def _call(self, method, **params):
        self._number += 1
        self._socket.send(json.dumps({"id": self._number, "method": method, "params": params}))
        while True:
            message = json.loads(self._socket.recv(timeout=ANSWER_SECONDS))
            if message.get("method") == "log.entryAdded":
                self.logged.append(message["params"])
            if message.get("method") == "browsingContext.userPromptOpened":
                self.prompts.append(message["params"]["message"])
            if message.get("id") == self._number:
                if message["type"] == "error":
                    raise FirefoxError(message["message"])
                return message["result"]

    def open(self, path):
        """Load a file from disk and wait for its load event; forget what was before."""
        self.logged.clear()
        self.prompts.clear()
        self._call("browsingContext.navigate", context=self._context, url=path.as_uri(),
                   wait="complete")  # fmt: skip

    def evaluate(self, expression):
        """The value of an expression (a promise is waited for), as plain Python."""
        done = self._call("script.evaluate", expression=f"Promise.resolve({expression}).then("
                          "value => JSON.stringify(value))", target={"context": self._context},
                          awaitPromise=True)  # fmt: skip
        if done["type"] != "success":
            raise FirefoxError(done["exceptionDetails"]["text"])
        return json.loads(done["result"]["value"])

    def errors(self):
        """Texts of the errors and warnings that pages logged or threw."""
        return [e["text"] for e in self.logged if e["level"] in ("error", "warn")]

    def close(self):
        """End the session."""
        self._call("session.end")


@contextmanager
def firefox(profile):
    """Start Firefox with a fresh `profile` folder; end it afterwards."""
    log = profile / "firefox.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [FIREFOX, "--headless", "--no-remote", "--profile", profile,
             "--remote-debugging-port", "0"],
            stdout=out, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            with connect(f"{_address(log, process)}/session", max_size=None) as socket:
                browser = Firefox(socket)
                yield browser
                browser.close()
        finally:
            process.terminate()
            process.wait(timeout=30)


def _address(log, process):
    """The address that Firefox says it listens on."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        said = [w for w in log.read_text().split() if w.startswith("ws://")]
        if said:
            return said[0]
        time.sleep(0.2)
    message = f"Firefox did not start: {log.read_text()}"
    raise FirefoxError(message)
