"""What keeps the page harmless: the Content-Security-Policy and the escaping of text."""

import base64
import hashlib

__all__ = ["content_security_policy", "markup", "sha256"]

# `{` and `}` too: no later reader of the page may take a datum for a template.
_ESCAPES = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        '"': "&quot;",
        "'": "&#39;",
        "`": "&#96;",
        "{": "&#123;",
        "}": "&#125;",
        "\r": "&#13;",
        "\u2028": "&#8232;",
        "\u2029": "&#8233;",
        "\x00": "\u2400",  # HTML cannot hold NUL; its picture is what can be shown
    }
)


def markup(text: str) -> str:
    """Return `text` as HTML that shows it verbatim, in an element or a quoted attribute."""
    return text.translate(_ESCAPES)


def sha256(source: str) -> str:
    """Return the hash source expression of an inline script or style."""
    digest = hashlib.sha256(source.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def content_security_policy(script: str, style: str, image_hosts: tuple[str, ...] = ()) -> str:
    """Return the policy of a page with this one program and this one stylesheet.

    Args:
        script: source of the inline script, exactly as it stands in the page.
        style: source of the inline stylesheet, likewise.
        image_hosts: origins of online tiles the user asked for; none otherwise.
    """
    rules = {
        "default-src": "'none'",
        "script-src": sha256(script),
        "style-src": sha256(style),
        "img-src": " ".join(("data:", *image_hosts)),
        "worker-src": "'none'",
        "connect-src": "'none'",
        "font-src": "'none'",
        "media-src": "'none'",
        "object-src": "'none'",
        "frame-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "default",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())
