"""PDF files written by hand: one page of Helvetica, tabs as a second column, and one drawn bar."""

CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] "
    b"/Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>"
)
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
BAR = "60 100 200 8 re f"


def pdf(*lines: str) -> bytes:
    """A PDF that shows the lines from the top of the page, and a bar below them."""
    content = ["BT /F1 11 Tf"]
    for number, line in enumerate(lines):
        for column, cell in enumerate(line.split("\t")):
            shown = cell.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
            content.append(f"1 0 0 1 {60 + column * 330} {760 - number * 18} Tm ({shown}) Tj")
    return pdf_of("\n".join([*content, "ET", BAR]).encode("latin-1"))


def pdf_of(content: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of one page with this content stream; `trailer` goes into its trailer."""
    stream = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)
    data = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate((CATALOG, PAGES, PAGE, stream, FONT), 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 6\n0000000000 65535 f \n"
    data += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    data += b"trailer\n<< /Size 6 /Root 1 0 R %s >>\n" % trailer
    return data + b"startxref\n%d\n%%%%EOF\n" % start
