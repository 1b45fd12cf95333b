"""For ``workbooks``: the zip around an XLSX, looked at with suspicion while it is unpacked."""

import io
import struct
import zipfile
import zlib

from shared.files.limits import Allowance, Refusal

_MOST_PARTS = 500
_MARK_OF_ODS = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
"""How every ODS begins: its first part is not packed, and says what it is."""
_PIECE = 1024 * 1024


class Archive:
    """The parts of an XLSX by their name. Raises Refusal for a zip that is no workbook, hides macros, or is damaged.

    Every part is unpacked once under a common limit and compared with its checksum: the directory of the zip may lie.
    What is read is counted again each time: two hundred sheets may be one part.
    """

    def __init__(self, content: bytes, allowed: Allowance) -> None:
        try:
            listed = zipfile.ZipFile(io.BytesIO(content)).infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error):
            raise Refusal("file_cut_off") from None
        self._content = content
        self._parts = {part.filename.lower().lstrip("/"): part for part in listed}
        if _MARK_OF_ODS in content[:200]:
            raise Refusal("file_is_ods")
        if any(name.endswith("vbaproject.bin") for name in self._parts):
            raise Refusal("file_has_macros")
        if "xl/workbook.xml" not in self._parts or "[content_types].xml" not in self._parts:
            raise Refusal("file_not_a_sheet")
        if len(listed) > _MOST_PARTS:
            raise Refusal("file_too_big")
        self._most = self._left = allowed.unpacked
        self._tags = allowed.tags
        self._kept: dict[str, bytes] = {}
        for part in listed:
            self._kept[part.filename] = self._counted(_unpacked(content, part, self._left))
        self._left, self._tags = allowed.unpacked, allowed.tags
        self.parsed = allowed.parsed
        """Elements that may still be told to Python one by one."""

    def names(self) -> list[str]:
        """The names of all parts, in lower case."""
        return list(self._parts)

    def read(self, name: str) -> bytes | None:
        """The bytes of a part, whatever the case of its name; None when there is none."""
        part = self._parts.get(name.lower().lstrip("/"))
        if part is None:
            return None
        plain = self._kept.pop(part.filename, None)
        return self._counted(_unpacked(self._content, part, self._most) if plain is None else plain)

    def let_go(self) -> None:
        """Keep nothing unpacked any longer: its reader needs the memory."""
        self._kept.clear()

    def _counted(self, plain: bytes) -> bytes:
        self._left -= len(plain)
        # Much faster than to have them told by a parser, and the same in every encoding that it knows.
        self._tags -= plain.count(b"<")
        if self._left < 0 or self._tags < 0:
            raise Refusal("file_holds_too_much")
        return plain


def _unpacked(content: bytes, part: zipfile.ZipInfo, most: int) -> bytes:
    start = part.header_offset
    if part.flag_bits & 0x1:
        raise Refusal("file_encrypted")
    if content[start : start + 4] != b"PK\x03\x04" or len(content) < start + 30:
        raise Refusal("file_cut_off")
    name, extra = struct.unpack("<HH", content[start + 26 : start + 30])
    start += 30 + name + extra
    packed = content[start : start + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        plain = packed
    elif part.compress_type == zipfile.ZIP_DEFLATED:
        plain = _inflated(packed, most)
    else:
        raise Refusal("file_damaged")
    if len(plain) > most:
        raise Refusal("file_too_big")
    if len(plain) != part.file_size or zlib.crc32(plain) != part.CRC:
        raise Refusal("file_cut_off")
    return plain


def _inflated(packed: bytes, most: int) -> bytes:
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    pieces: list[bytes] = []
    size = 0
    try:
        while packed and not unpacker.eof:
            piece = unpacker.decompress(packed, _PIECE)
            packed = unpacker.unconsumed_tail
            size += len(piece)
            if size > most:
                raise Refusal("file_too_big")
            pieces.append(piece)
    except zlib.error:
        raise Refusal("file_cut_off") from None
    return b"".join(pieces)
