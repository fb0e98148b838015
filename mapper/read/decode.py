"""From bytes to UTF-8 text: which encoding, and how sure that is."""

import codecs
import html
import re
import unicodedata
from dataclasses import dataclass, field

__all__ = ["Decoded", "decode", "wide_pattern"]

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# How UTF-8 looks when it was read as cp1252 and saved again: Ã©, Ã±, â€™ …
_SECOND = "[\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ€]"
# each alternative begins with one letter: so the search skips text without any of them quickly
_MOJIBAKE = re.compile(
    f"Ã{_SECOND}|Â{_SECOND}|â€[\u0080-\uffff]|Ø[\u0080-\u00bf§¨©ª«¬®¯°±²³´µ¶·¸¹º]"
)
# Accented letters as HTML writes them; other entities may be meant (`&copy;` in an address).
_ENTITY = re.compile("&[A-Za-z](?:tilde|acute|grave|circ|uml|cedil);")
_LATIN = re.compile("[A-Za-z]")
_MARK = re.compile("[\u0300-\u036f]")
_LETTERS = set("áéíóúñüçãõâêôàèìòùëïöäÁÉÍÓÚÑÜÇÃÕÂÊÔÀÈÖÄåÅøØœŒß")
_SIGNS = set("¿¡«»“”‘’–—…°ºª€·")


@dataclass(slots=True)
class Decoded:
    """The bytes as UTF-8 without a byte order mark, the encoding they had, what was noticed.

    `notes` are (code, arguments) of the message catalogue.
    """

    data: bytes
    encoding: str
    notes: list[tuple[str, dict[str, object]]] = field(default_factory=list)


def decode(data: bytes, encoding: str = "") -> Decoded:
    """Decide the encoding: the one told, else BOM → pattern of UTF-16/32 → strict UTF-8 → guess.

    A file that is neither is read line by line where some lines are sound UTF-8, else under the
    single-byte code page in which its letters stand inside words (cp1252 unless another is
    clearly better). Text that was broken on its way (`CÃºcuta`) is set right, and said.
    """
    result = _decode(data.removesuffix(b"\x1a"), encoding)
    # files joined end to end keep each one's mark at the start of a line
    result.data = result.data.replace(b"\n" + codecs.BOM_UTF8, b"\n")
    while result.data.startswith(codecs.BOM_UTF8):
        result.data = result.data.removeprefix(codecs.BOM_UTF8)
    _mend_text(result)
    return result


def _decode(data: bytes, encoding: str) -> Decoded:
    for bom, name in _BOMS:
        if data.startswith(bom):
            body = data[len(bom) :]
            if name != "utf-8-sig":
                return Decoded(body.decode(name, "replace").encode("utf-8"), name)
            data = body
            break
    else:
        name = "utf-8"
    if encoding:
        return Decoded(
            data.decode(codecs.lookup(encoding).name, "replace").encode("utf-8"), encoding
        )
    wide = wide_pattern(data)
    if wide:
        text = data.decode(wide, "replace")
        return Decoded(text.encode("utf-8"), wide, [("encoding_by_pattern", {"encoding": wide})])
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.start >= len(data) - 3:
            return Decoded(data[: error.start], name, [("cut_short", {})])
        return _not_utf8(data)
    return Decoded(data, name)


def wide_pattern(data: bytes) -> str:
    """Return `utf-16-le` … where the places of the NUL bytes show it, else `""`."""
    head = data[:4096]
    if len(head) < 8 or head.count(0) < len(head) // 4:
        return ""
    quarters = [head[i::4].count(0) / max(1, len(head[i::4])) for i in range(4)]
    empty = [share > 0.6 for share in quarters]
    patterns: dict[tuple[bool, ...], str] = {
        (False, True, True, True): "utf-32-le",
        (True, True, True, False): "utf-32-be",
        (False, True, False, True): "utf-16-le",
        (True, False, True, False): "utf-16-be",
    }
    return patterns.get(tuple(empty), "")


def _not_utf8(data: bytes) -> Decoded:
    page = _code_page(data)
    lines = data.split(b"\n")
    sound, other = 0, []
    parts = []
    for number, line in enumerate(lines, 1):
        try:
            text = line.decode("utf-8")
            sound += not text.isascii()
        except UnicodeDecodeError:
            text = _single_byte(line, page)
            other.append(number)
        parts.append(text)
    if sound:
        said = {"page": page, "n": len(other), "line": other[0]}
        joined = "\n".join(parts).encode("utf-8")
        return Decoded(joined, f"utf-8 and {page}", [("encoding_mixed", said)])
    text = _single_byte(data, page)
    return Decoded(text.encode("utf-8"), page, [("encoding_guessed", {"encoding": page})])


def _single_byte(data: bytes, page: str) -> str:
    """Decode under a single-byte page; what the page leaves undefined is taken as Latin-1."""
    try:
        return data.decode(page)
    except UnicodeDecodeError:
        return "".join(bytes([b]).decode(page) if _defined(b, page) else chr(b) for b in data)


def _defined(byte: int, page: str) -> bool:
    try:
        bytes([byte]).decode(page)
    except UnicodeDecodeError:
        return False
    return True


def _code_page(data: bytes) -> str:
    """Return the code page in which most odd bytes are letters of words or known signs."""
    high = re.findall(rb"[A-Za-z]?[\x80-\xff]+[A-Za-z]?", data[: 1 << 20])[:4000]
    if not high:
        return "cp1252"
    runs = sum(1 for h in high if len(re.findall(rb"[\x80-\xff]", h)) >= 4)
    if runs > 0.6 * len(high):
        return _other_script(data)
    scores = {}
    for page in ("cp1252", "mac_roman", "cp850"):
        good = 0.0
        for piece in high:
            text = piece.decode(page, "replace")
            good += sum(1 for c in text if c in _LETTERS) + 0.5 * sum(
                1 for c in text if c in _SIGNS
            )
        scores[page] = good
    best = max(scores, key=lambda p: scores[p])
    return best if scores[best] > 1.3 * scores["cp1252"] + 1 else "cp1252"


def _other_script(data: bytes) -> str:
    """Return cp1251 or cp1256 for text written wholly in high bytes."""
    sample = data[: 1 << 18]
    cyrillic = sum(1 for c in sample.decode("cp1251", "replace") if "а" <= c <= "я")
    arabic = sum(1 for c in sample.decode("cp1256", "replace") if "ا" <= c <= "ي")
    return "cp1251" if cyrillic >= arabic else "cp1256"


def _mend_text(result: Decoded) -> None:
    """Set mojibake right line by line, and compose decomposed accents; say how many lines."""
    if b"tilde;" in result.data or b"acute;" in result.data or b"grave;" in result.data:
        said = result.data.decode("utf-8", "replace")
        result.data = _ENTITY.sub(lambda m: html.unescape(m[0]), said).encode("utf-8")
        result.notes.append(("entities", {}))
    data = result.data
    if data.isascii():
        return
    if (
        b"\xc3\x83" in data
        or b"\xc3\x82" in data
        or b"\xc3\xa2\xe2\x82\xac" in data
        or b"\xc3\x98\xc2" in data
    ):
        text, changed = _mended(data.decode("utf-8", "replace"))
        if changed:
            result.data = text.encode("utf-8")
            result.notes.append(("mojibake", {"n": changed}))
    if b"\xcc" in data or b"\xcd" in data:
        text = result.data.decode("utf-8", "replace")
        if any(_LATIN.match(text, found.start() - 1) for found in _MARK.finditer(text, 1)):
            result.data = _composed(text).encode("utf-8")
            result.notes.append(("decomposed", {}))


def _composed(text: str) -> str:
    """Return the text with the lines composed that hold a combining mark."""
    parts, done = [], 0
    while found := _MARK.search(text, done):
        start = text.rfind("\n", 0, found.start()) + 1
        end = text.find("\n", found.start())
        end = len(text) if end < 0 else end
        parts += [text[done:start], unicodedata.normalize("NFC", text[start:end])]
        done = end
    return "".join([*parts, text[done:]])


def _mended(text: str) -> tuple[str, int]:
    """Return the text with its broken lines set right, and how many they were."""
    parts, done, changed = [], 0, 0
    while found := _MOJIBAKE.search(text, done):
        start = text.rfind("\n", 0, found.start()) + 1
        end = text.find("\n", found.start())
        end = len(text) if end < 0 else end
        line = mended = text[start:end]
        for _ in range(3):  # it may have happened more than once
            mended = _unbroken(mended) if _MOJIBAKE.search(mended) else mended
        changed += mended != line
        parts += [text[done:start], mended]
        done = end
    return "".join([*parts, text[done:]]), changed


def _unbroken(line: str) -> str:
    """Return the line as it was before UTF-8 was taken for cp1252; itself where that fails.

    Cells are tried one by one where the whole line does not go back.
    """
    try:
        return _as_bytes(line).decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        pieces = re.split(r'([,;\t|"])', line)
        for i, piece in enumerate(pieces):
            if _MOJIBAKE.search(piece):
                try:
                    pieces[i] = _as_bytes(piece).decode("utf-8")
                except (UnicodeEncodeError, UnicodeDecodeError):
                    continue
        return "".join(pieces)


def _as_bytes(text: str) -> bytes:
    return b"".join(
        bytes([ord(c)])
        if ord(c) < 0xA0 and ord(c) in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
        else c.encode("cp1252")
        for c in text
    )
