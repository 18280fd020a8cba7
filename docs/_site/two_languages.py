"""Two languages on one site: pages under `zh/` say that they are Chinese, and Chinese is found without a dictionary."""

import re

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.search.en import SearchEnglish

FOLDER = "zh/"
CHINESE = r"㐀-䶿一-鿿"


class SearchBoth(SearchEnglish):
    """
    Words as in English; of Chinese every two characters that stand side by side, here and in the browser alike.

    A dictionary would cut a question in another way than the page, and find nothing; pairs are found wherever they are.
    """

    lang = "en"
    js_splitter_code = """
const CHINESE = "RANGE";
var splitQuery = (query) => {
  const words = query.split(/[^\\p{Letter}\\p{Number}_]+/gu).filter(Boolean);
  return words.flatMap((word) => word.split(new RegExp(`([${CHINESE}]+)`, "u")).filter(Boolean)).flatMap((part) => {
    if (!new RegExp(`[${CHINESE}]`, "u").test(part)) return [part];
    const signs = Array.from(part);
    return signs.length < 2 ? signs : signs.slice(1).map((sign, at) => signs[at] + sign);
  });
};
""".replace("RANGE", CHINESE)

    def split(self, input: str) -> list[str]:  # noqa: A002  the name that Sphinx gives it
        """Cut a text into the words under which it is found."""
        found: list[str] = []
        for word in super().split(input):
            for part in re.split(f"([{CHINESE}]+)", word):
                if re.match(f"[{CHINESE}]", part):
                    found += [*part, *(part[at : at + 2] for at in range(len(part) - 1))]
                elif part:
                    found.append(part)
        return found


def speak_chinese(
    _app: Sphinx, pagename: str, _template: str, context: dict[str, object], _doctree: nodes.document | None
) -> None:
    """Tell browsers the language of a page, for its font, its reader's voice and its line breaks."""
    if pagename.startswith(FOLDER):
        context["language"] = "zh-CN"


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_search_language(SearchBoth)
    app.connect("html-page-context", speak_chinese)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
