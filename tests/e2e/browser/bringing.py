"""Files that come in the way a browser brings them: real events with a real DataTransfer."""

import base64
import io

from PIL import Image
from playwright.sync_api import Page

Brought = list[tuple[str, str, bytes]]  # name, media type, content


def png(n: int) -> bytes:
    """A small picture; each number makes another."""
    kept = io.BytesIO()
    Image.new("RGB", (64 + n, 64), (n * 11 % 256, 90, 160)).save(kept, "PNG")
    return kept.getvalue()


def pngs(first: int, last: int) -> Brought:
    return [(f"p{n:02}.png", "image/png", png(n)) for n in range(first, last)]


def bring(
    page: Page, *batches: Brought, how: str = "drop", after: int = 0, **texts: str
) -> list[bool]:
    """Drop or paste each of `batches`, `after` ms after the one before it.

    texts: by media type with "_" for "/", what lies beside the files. Returns for each whether the
    page took it (the browser's own doing was prevented).
    """
    packed = [
        [[name, kind, base64.b64encode(content).decode()] for name, kind, content in batch]
        for batch in batches
    ]
    beside = {kind.replace("_", "/"): said for kind, said in texts.items()}
    return page.evaluate(
        """async ([batches, how, after, beside]) => {
            const took = [];
            for (const [n, batch] of batches.entries()) {
                if (n && after) await new Promise((then) => setTimeout(then, after));
                const transfer = new DataTransfer();
                for (const [name, type, data] of batch) {
                    const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
                    transfer.items.add(new File([bytes], name, { type }));
                }
                Object.entries(beside).forEach(([type, text]) => transfer.setData(type, text));
                const far = { bubbles: true, cancelable: true, composed: true };
                const event = how === "paste"
                    ? new ClipboardEvent("paste", { clipboardData: transfer, ...far })
                    : new DragEvent("drop", { dataTransfer: transfer, ...far });
                (how === "paste" ? document.activeElement : document.body).dispatchEvent(event);
                took.push(event.defaultPrevented);
            }
            return took;
        }""",
        [packed, how, after, beside],
    )
