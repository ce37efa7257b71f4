"""A zip of a comparison: table, text, page, and the images, as browsers show them."""

from collections.abc import Collection, Iterable, Iterator

from components.compare.export.markdown import comparison_markdown
from components.compare.export.page import comparison_html
from components.compare.export.rows import comparison_csv
from components.compare.store import StoredComparison
from components.export.converted import for_browsers
from components.export.pictures import ImageOf, file_name
from components.export.zips import zip_stream


def comparison_zip(
    logged: StoredComparison, image_of: ImageOf, lang: str, keys: Collection[str] = ()
) -> Iterator[bytes]:
    """In pieces: comparison.csv, .md, .html and images/. No name in it is from a person."""

    def entries() -> Iterator[tuple[str, Iterable[bytes]]]:
        files: dict[str, str] = {}
        shown = for_browsers(image_of)
        hashes = [image.hash for image in logged.comparison.images]
        hashes += [picture.hash for cell in logged.cells for picture in cell.pictures]
        for each in dict.fromkeys(hashes):
            if kept := shown(each):
                files[each] = f"images/{file_name(kept)}"
                yield files[each], [kept.content]
        yield "comparison.csv", comparison_csv(logged, keys)
        yield "comparison.md", [comparison_markdown(logged, lang, keys, files)]
        yield "comparison.html", comparison_html(logged, image_of, lang, keys)

    return zip_stream(entries())
