"""Markdown for reading and notes: a zip with a file per conversation and a folder of images."""

from collections.abc import Collection, Iterable, Iterator

from components.chat.store import StoredConversation, StoredImage, StoredMessage
from components.export.converted import for_browsers
from components.export.facts import about, facts, heading, image_facts
from components.export.harmless import harmless
from components.export.keys import without_keys
from components.export.pictures import ImageOf, distinct, file_name, hashes_of
from components.export.zips import zip_stream
from components.i18n import t
from components.text import escape_markdown


def markdown_zip(
    conversations: Iterable[StoredConversation],
    image_of: ImageOf,
    lang: str,
    keys: Collection[str] = (),
) -> Iterator[bytes]:
    """A zip in pieces: `conversation-0001.md` and so on, and `images/`. No name in it is from a
    person, and nothing in it loads anything from elsewhere."""

    def entries() -> Iterator[tuple[str, Iterable[bytes]]]:
        seen: set[str] = set()
        shown = for_browsers(image_of)
        for n, conversation in enumerate(conversations, 1):
            files: dict[str, str] = {}
            for each in hashes_of(conversation):
                if image := shown(each):
                    files[each] = file_name(image)
                    if next(distinct([each], seen), None):
                        yield f"images/{files[each]}", [image.content]
            text = _text(without_keys(conversation, keys), files, lang)
            yield f"conversation-{n:04}.md", [text.encode("utf-8", "replace")]

    return zip_stream(entries())


def _text(conversation: StoredConversation, files: dict[str, str], lang: str) -> str:
    parts = [f"# {escape_markdown(conversation.title)}", escape_markdown(about(conversation, lang))]
    for message in conversation.messages:
        parts += _message(message, files, lang)
    return "\n\n".join(parts) + "\n"


def _message(message: StoredMessage, files: dict[str, str], lang: str) -> Iterator[str]:
    yield f"## {heading(message, lang)}"
    yield escape_markdown(facts(message, lang))
    for image in message.images:
        yield _image(image, files, lang)
    if message.text:
        yield harmless(message.text)


def _image(image: StoredImage, files: dict[str, str], lang: str) -> str:
    told = escape_markdown(image_facts(image, lang))
    if image.url is not None:
        return f"{told}: {escape_markdown(image.url)}"
    if image.hash not in files:
        return f"{told}: {t(lang, 'export.missing')}"
    return f"![](images/{files[image.hash]})\n\n{told}"
