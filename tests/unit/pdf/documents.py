"""PDFs written by hand, good ones and traps."""

import zlib


def document(*pages: str, box: str = "0 0 612 792") -> bytes:
    """A PDF with a line of text on each page; "" gives an empty page."""
    drawn = [stream(f"BT /F1 24 Tf 72 700 Td ({text}) Tj ET".encode()) for text in pages]
    return assembled(drawn, box)


def assembled(contents: list[bytes], box: str = "0 0 612 792", pages_said: int = -1) -> bytes:
    """A PDF of content streams, one a page. pages_said: a page count that isn't true."""
    count = len(contents) if pages_said < 0 else pages_said
    numbers = [4 + 2 * n for n in range(len(contents))]
    kids = " ".join(f"{n} 0 R" for n in numbers)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {count}/Kids[{kids}]>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for number, content in zip(numbers, contents, strict=True):
        page = f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents {number + 1} 0 R"
        objects += [f"{page}/Resources<</Font<</F1 3 0 R>>>>>>".encode(), content]
    return file_of(objects)


def stream(content: bytes, entries: str = "") -> bytes:
    head = f"<</Length {len(content)}{entries}>>stream\n".encode()
    return head + content + b"\nendstream"


def file_of(objects: list[bytes], trailer: str = "") -> bytes:
    """Objects numbered from 1, the first being the catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + each + b"\nendobj\n"
    size, table = len(objects) + 1, len(out)
    rows = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"trailer\n<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{table}\n%%EOF\n"
    return out + f"xref\n0 {size}\n0000000000 65535 f \n{rows}{end}".encode()


def bomb() -> bytes:
    """220 kB that unpack to five million lines to draw: half a minute and gigabytes."""
    lines = zlib.compress(b"0 0 m 600 700 l S\n" * 5_000_000, 9)
    return assembled([stream(lines, "/Filter/FlateDecode")])


def locked() -> bytes:
    """Encrypted with a password that isn't empty (the hashes are of nothing in particular)."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 0/Kids[]>>",
        b"<</Filter/Standard/V 1/R 2/Length 40/P -44/O(%b)/U(%b)>>" % (b"o" * 32, b"u" * 32),
    ]
    return file_of(objects, "/Encrypt 3 0 R/ID[(0123456789abcdef)(0123456789abcdef)]")


def picture_bomb(side: int = 14_000) -> bytes:
    """600 kB for a picture of 196 megapixels."""
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(side * 3 * 1000)) for _ in range(side // 1000))
    facts = f"/Type/XObject/Subtype/Image/Width {side}/Height {side}/BitsPerComponent 8"
    picture = stream(rows + packer.flush(), f"{facts}/ColorSpace/DeviceRGB/Filter/FlateDecode")
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
    return file_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            page + b"/Resources<</XObject<</I 5 0 R>>>>>>",
            stream(b"q 612 0 0 792 0 0 cm /I Do Q"),
            picture,
        ]
    )
