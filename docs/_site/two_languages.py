"""Two languages on one site: pages under `zh/` say that they are Chinese, and Chinese is found without a dictionary."""

import re

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.search.en import SearchEnglish

FOLDER = "zh/"
CHINESE = r"㐀-䶿一-鿿"
WIDE = re.compile(f"[{CHINESE}　-〿！-～“”‘’—…]")
WORDS = {
    "Search": "搜索",
    "On this page": "本页目录",
    "Next": "下一页",
    "Previous": "上一页",
    "Home": "首页",
    "Back to top": "回到页首",
    "Skip to content": "跳到正文",
}


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


def join_lines(_app: Sphinx, doctree: nodes.document) -> None:
    """Join the lines of a Chinese paragraph: each sentence has one to itself, and Chinese has no spaces between."""
    for end in [each for each in doctree.findall(nodes.Text) if each == "\n"]:
        place = end.parent.index(end)
        before, after = end.parent[:place], end.parent[place + 1 :]
        if before and after and WIDE.match(before[-1].astext()[-1:]) and WIDE.match(after[0].astext()[:1]):
            end.parent.remove(end)


def say_in_chinese(text: str) -> str:
    """Say a word of the theme in Chinese; what is not listed stays as it is."""
    return WORDS.get(text.strip(), text)


def speak_chinese(
    _app: Sphinx, pagename: str, _template: str, context: dict[str, object], _doctree: nodes.document | None
) -> None:
    """Tell browsers the language of a Chinese page, name its buttons in Chinese, and show the Chinese pages first."""
    if not pagename.startswith(FOLDER):
        return
    context["language"] = "zh-CN"
    context["_"] = context["gettext"] = say_in_chinese
    parts = re.split(r'(?=<p class="caption")', str(context["furo_navigation_tree"]))
    context["furo_navigation_tree"] = "".join(sorted(parts, key=lambda part: "中文" not in part))


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_search_language(SearchBoth)
    app.connect("doctree-read", join_lines)
    app.connect("html-page-context", speak_chinese, priority=900)  # once the theme has drawn its tree of pages
    return {"parallel_read_safe": True, "parallel_write_safe": True}
