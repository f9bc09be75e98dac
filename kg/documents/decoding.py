"""Bytes become text, or a reason why they cannot."""

from __future__ import annotations

import codecs
import re

from kg.errors import InputError

#: First bytes of files that hold no plain text, and what they are.
_MAGIC = (
    (b"%PDF-", "a PDF file; convert it to text or HTML first"),
    (b"PK\x03\x04", "a zip archive or an office document; unpack it, or save it as text"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document; save it as text"),
    (b"{\\rtf", "an RTF document; save it as text"),
    (b"\x1f\x8b", "a gzip file; unpack it first"),
    (b"BZh", "a bzip2 file; unpack it first"),
    (b"\xfd7zXZ\x00", "an xz file; unpack it first"),
    (b"(\xb5/\xfd", "a Zstandard file; unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive; unpack it first"),
    (b"Rar!\x1a\x07", "a RAR archive; unpack it first"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image, not text"),
    (b"\xff\xd8\xff", "a JPEG image, not text"),
    (b"GIF8", "a GIF image, not text"),
    (b"II*\x00", "a TIFF image, not text"),
    (b"MM\x00*", "a TIFF image, not text"),
    (b"ID3", "an MP3 recording, not text"),
    (b"OggS", "an Ogg recording, not text"),
    (b"\x7fELF", "a program, not text"),
    (b"SQLite format 3\x00", "an SQLite database, not text"),
)
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Encodings that a page may declare, by the names that pages use; Latin-1 means Windows-1252 on the web.
_DECLARABLE = {
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii", "windows-1252", "cp1252"), "cp1252"),
    **{f"windows-125{n}": f"cp125{n}" for n in (0, 1, 3, 4, 5, 6, 7, 8)},
    **{name: name for name in ("iso-8859-2", "iso-8859-5", "iso-8859-15", "koi8-r", "koi8-u", "macintosh", "utf-8")},
    **{name: name for name in ("gbk", "gb2312", "gb18030", "big5", "shift_jis", "euc-jp", "euc-kr")},
}
_DECLARATION = re.compile(rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
#: What English text in Windows-1252 may hold outside ASCII: letters, and the marks that word processors set.
_TYPOGRAPHY = frozenset("‘’‚“”„–—…•·«»‹›€£¥¢©®™°§¶†‡±×÷¼½¾¹²³º\u00a0\u00ad¿¡´")
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")


def kind_of_binary(head: bytes) -> str | None:
    """Name what a file's first bytes show it to be, if that is not text.

    >>> kind_of_binary(b"%PDF-1.7 ...")
    'a PDF file; convert it to text or HTML first'
    """
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "a WebP image, not text"
    return next((kind for magic, kind in _MAGIC if head.startswith(magic)), None)


def decode(content: bytes, source: str, *, page: bool = False) -> str:
    """Decode a source: UTF-8, else what its byte order mark or (of a web page) its declaration says, else Windows-1252.

    A UTF-8 byte order mark stays in the text as its first character, so that the text's bytes are the file's bytes.
    Raises InputError for anything that is not text, and where Windows-1252 would give anything but plausible English.
    """
    if kind := kind_of_binary(content):
        raise InputError(source, kind)
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _strict(content, encoding, source)
    if b"\x00" in content:
        raise InputError(source, "NUL bytes: a binary file, or UTF-16 without byte order mark; save it as UTF-8 text")
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        text = _declared(content, source) if page and _DECLARATION.search(content[:4096]) else _western(content, source, error)
    if len(_CONTROLS.findall(text)) > len(text) // 100:
        raise InputError(source, "full of control characters: a binary file; save it as UTF-8 text")
    return text


def _strict(content: bytes, encoding: str, source: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(source, f"broken {encoding.upper()} at byte {error.start}; save it as UTF-8") from error
    if "\x00" in text:
        raise InputError(source, f"NUL characters in {encoding.upper()}: a binary file; save it as UTF-8 text")
    return text


def _declared(content: bytes, source: str) -> str:
    declaration = _DECLARATION.search(content[:4096])
    name = declaration[1].decode("ascii", "replace").lower() if declaration else ""
    if name not in _DECLARABLE:
        raise InputError(source, f"not UTF-8, and the declared encoding {name!r} is unknown; save it as UTF-8")
    return _strict(content, _DECLARABLE[name], source)


def _western(content: bytes, source: str, error: UnicodeDecodeError) -> str:
    """Decode as Windows-1252 if that reads like English: a tenth at most outside ASCII, all letters or typography.

    UTF-8 with a broken byte, or cut in mid-character, is seen by the characters that are whole, or by two bytes of one.
    """
    refusal = InputError(source, f"not UTF-8 (byte {error.start}), and no other encoding is plain; save it as UTF-8")
    cut_short = error.reason == "unexpected end of data" and error.end - error.start > 1
    if cut_short or any(not c.isascii() and c != "\ufffd" for c in content.decode(errors="replace")):
        raise refusal from error
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        raise refusal from error
    foreign = [c for c in text if not c.isascii()]
    if len(foreign) * 10 > len(text) or not all(c.isalpha() or c in _TYPOGRAPHY for c in foreign):
        raise refusal from error
    return text
