"""The shapes of the files in the folder `forms` of a pack: a form, and what fills its open places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from fupin_rules.documents import CITED, EXPRESSION, TEXT, WORDS_OF_DOCUMENT
from fupin_rules.registry.forms._form import FormRows, Key
from fupin_rules.registry.forms._load import FORMAT, MAX_COLUMNS, MAX_PLACES, MAX_SLOTS
from fupin_rules.shapes import Form, Shape, always, codes, either, flag, forms, listed, named, record, text, told, whole

_HEADER: Final = told(
    WORDS_OF_DOCUMENT, "栏名，默认为事实的名称", "its header; the words of the fact unless it says so"
)
_FORMAT: Final = told(always(FORMAT), "格式号", "number of this format")
_MORE: Final[Mapping[str, Shape]] = {
    "hint": told(WORDS_OF_DOCUMENT, "填写说明", "what to write there"),
    "aliases": told(listed(text()), "也可读作", "other headers it is read under"),
    "required": told(flag(), "必填", "it is asked for in every row"),
}
_PLACES: Final = told(whole(0, MAX_PLACES), "保留小数位，0为原样", "decimal places of the result; 0 leaves it as it is")


def _column(way: Mapping[str, Shape], *, optional: tuple[str, ...] = ()) -> Shape:
    return record({**way, "header": _HEADER, **_MORE, "source": CITED}, optional=(*optional, *_MORE, "source"))


_COLUMN: Final = either(
    _column({"key": told(codes(Key), "何者的编号", "whose number it holds")}),
    _column({"fact": told(TEXT, "事实的路径", "path of the fact")}, optional=("header",)),
    _column({"value": EXPRESSION, "places": _PLACES}, optional=("places",)),
    _column({"count": EXPRESSION, "places": _PLACES}, optional=("places",)),
    _column({"sum": EXPRESSION, "where": EXPRESSION, "places": _PLACES}, optional=("where", "places")),
    _column({"remark": told(always(value=True), "未能得出的栏目", "the columns that cannot be worked out")}),
)
_FORM: Final = record(
    {
        "format": _FORMAT,
        "id": told(TEXT, "代号，同文件名", "its name, that of its file"),
        "title": told(WORDS_OF_DOCUMENT, "表名", "title"),
        "note": told(WORDS_OF_DOCUMENT, "说明", "what a reader should know"),
        "rows": told(codes(FormRows), "每行是什么", "what one row is"),
        "source": CITED,
        "columns_source": CITED,
        "marks": told(listed(text(), least=1), "识别本表的栏名", "headers that only this form has together"),
        "slots": told(
            record({"count": told(whole(1, MAX_SLOTS), "几项", "how many"), "source": CITED}),
            "待定的采集项",
            "open places",
        ),
        "columns": told(listed(named("ColumnOfForm"), most=MAX_COLUMNS), "栏目", "columns, in order"),
    },
    optional=("note", "slots", "columns"),
)
_FILL: Final = record(
    {
        "format": _FORMAT,
        "fill": told(
            listed(
                record(
                    {
                        "form": told(TEXT, "哪张表", "the form"),
                        "slot": told(whole(1, MAX_SLOTS), "第几项", "which place"),
                        "fact": told(TEXT, "事实的路径", "path of the fact"),
                        "header": _HEADER,
                        **_MORE,
                        "source": CITED,
                    },
                    optional=("header", *_MORE),
                )
            ),
            "所填各项",
            "what fills which place",
        ),
    },
    optional=("fill",),
)

FORMS_OF_FORMS: Final = forms(
    Form("ColumnOfForm", "表的一栏", "a column of a form", _COLUMN),
    Form("FormOfPack", "forms/*.toml：一张表", "forms/*.toml: a form of a pack", _FORM, file="pack-form"),
    Form(
        "FillOfPack",
        "forms/fill.toml：待定项的填法",
        "forms/fill.toml: what fills open places",
        _FILL,
        file="pack-fill",
    ),
)
