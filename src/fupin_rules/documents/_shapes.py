"""The shapes that documents are made of, as `Table` reads them, and the table of sources."""

from __future__ import annotations

from typing import Final

from fupin_rules.citations import Standing
from fupin_rules.documents._table import MAX_TEXT, NAME
from fupin_rules.shapes import (
    WORDS,
    Form,
    Shape,
    by_name,
    codes,
    day,
    forms,
    in_words,
    named,
    pattern_of,
    record,
    text,
    told,
)

# Names of rules, parameters, definitions, and of the parts of procedures.
NAMED: Final[Shape] = text(pattern_of(NAME))
# A text that must be there shows something.
TEXT: Final[Shape] = text(r"\S", most=MAX_TEXT)
ANY_TEXT: Final[Shape] = text(most=MAX_TEXT)
EXPRESSION: Final[Shape] = told(TEXT, "规则语言的表达式", "an expression of the rule language")
CITED: Final[Shape] = told(TEXT, "依据，`出处#位置`", "where it comes from, `key#place`")

_SOURCE: Final[Shape] = {
    **record(
        {
            "standing": told(named("Standing"), "等级", "how firm it is"),
            "title": told(TEXT, "原文标题", "title in the original language"),
            "title_en": told(TEXT, "英文标题", "title in English"),
            "issuer": told(ANY_TEXT, "发文单位", "who issued it"),
            "number": told(ANY_TEXT, "文号", "number of the document"),
            "date": told(day(), "发布日", "day of issue"),
            "address": told(ANY_TEXT, "可读之处", "where a copy can be read"),
            "note": told(ANY_TEXT, "说明；假设须说明理由", "what a reader should know; for an assumption, the reason"),
        },
        optional=("issuer", "number", "date", "address", "note"),
    ),
    "if": {"properties": {"standing": {"const": Standing.ASSUMPTION.value}}},
    "then": {"properties": {"note": {"type": "string", "minLength": 1}}, "required": ["note"]},
}

FORMS_OF_DOCUMENTS: Final = forms(
    WORDS,
    Form(
        "WordsOfDocument",
        "文件中的中英文文字",
        "words in both languages, as documents have them",
        record({"zh": told(TEXT, "中文", "Chinese"), "en": told(TEXT, "英文", "English")}),
    ),
    Form(
        "Standing",
        "依据的等级",
        "how firm a source is, weakest last",
        codes(Standing, in_words),
    ),
    Form("Source", "一份文件，或一项说明了理由的假设", "a document, or a reasoned assumption", _SOURCE),
    Form(
        "Sources",
        "sources.toml：出处，按代号",
        "sources.toml: sources by key",
        by_name(named("Source")),
        file="pack-sources",
    ),
)
WORDS_OF_DOCUMENT: Final[Shape] = named("WordsOfDocument")
