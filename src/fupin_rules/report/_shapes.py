"""The shape of a report: figures whose numbers are large enough to be shown, or null."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Final

from fupin_rules.report._figures import Figure, Line, Report, Row, Said
from fupin_rules.shapes import (
    DIGEST,
    WORDS,
    Form,
    Shape,
    always,
    by_name,
    day,
    flag,
    forms,
    listed,
    named,
    nullable,
    record,
    text,
    told,
    whole,
)

# A number of ordinary length is exact; one that is cut is marked.
_YUAN: Final = r"^≈?-?[0-9]+(\.[0-9]+)?$"
_SAID: Final = {"zh": told(text(least=1), "中文", "in Chinese"), "en": told(text(least=1), "英文", "in English")}
_NAMED: Final[Mapping[str, Shape]] = {"id": told(text(least=1), "代号", "its stable name"), **_SAID}
_STANDING: Final = told(named("Standing"), "出处的等级", "how firm its source is")
_ROW: Final = record(
    {
        **_NAMED,
        "counts": told(
            listed(nullable(whole(0))),
            "各列的数目，不显示则为null",
            "a number for each column; null where it is not shown",
        ),
        "within": told(nullable(named("Said")), "属于何处，没有则为null", "what it is a part of, such as a township"),
        "standing": told(
            nullable(named("Standing")), "出处的等级，没有则为null", "how firm its source is, if it has one"
        ),
        "span": told(
            nullable(listed(nullable({"type": "integer"}), least=2, most=2)),
            "金额的分级：下限（含）、上限（不含），null为不限",
            "class of amounts: from, included, and until, left out; null is an open end",
        ),
        "share": told(
            nullable({"type": "number", "minimum": 0, "maximum": 100}),
            "占总数的百分比，保留一位小数；各行不合为总数则为null",
            "percentage of the whole, to one place; null where rows are no parts of a whole",
        ),
    }
)
_FIGURE: Final = record(
    {
        "id": told(text(least=1), "代号", "its stable name"),
        "title": told(named("Said"), "标题", "title"),
        "columns": told(listed(record(_NAMED), least=1), "各列", "the columns"),
        "rows": told(listed(named("ReportRow")), "各行", "the rows, in order"),
        "is_whole": told(flag(), "各行是否合为总数", "whether each it counts is in one row and no other"),
        "note": told(nullable(named("Said")), "说明，没有则为null", "what a reader should know, if anything"),
    }
)
_LINE: Final = record(
    {**_SAID, "yuan": told(text(_YUAN), "元每人每年", "yuan per person and year"), "standing": _STANDING}
)
_SOURCE: Final = record(
    {
        "id": told(text(), "出处", "key of the source"),
        "title": told(text(), "原文标题", "title in the original language"),
        "title_en": told(text(), "英文标题", "title in English"),
        "issuer": told(text(), "发文单位", "who issued it"),
        "standing": _STANDING,
        "rules": told(whole(1), "引用它的规则和参数数", "how many rules and parameters of households cite it"),
    }
)
_REPORT: Final = record(
    {
        "kind": told(always("report"), "名册报告", "that it is a report"),
        "policy": told(text(least=1), "政策包", "id of the policy"),
        "version": told(text(), "政策包版本", "version of its pack"),
        "title": told(named("Said"), "标题", "title of the policy"),
        "on": told(day(), "评估日", "day of the assessments"),
        "fingerprint": told(text(DIGEST), "政策指纹", "fingerprint of the policy"),
        "library_version": told(text(least=1), "程序版本", "version of the library"),
        "least": told(whole(0), "显示的最小数", "least number that is shown, beside 0"),
        "households": told(whole(0), "户数", "how many households there are"),
        "people": told(nullable(whole(0)), "人数，不显示则为null", "how many members; null where it is not shown"),
        "set_aside": told(whole(0), "未能读取的户数", "households that could not be read and are not in it"),
        "line": told(nullable(named("ReportLine")), "收入线，没有则为null", "the income line, if the policy has one"),
        "figures": told(by_name(named("ReportFigure")), "各图表，按代号", "figures by their id"),
        "sources": told(listed(_SOURCE), "出处，最可靠的在前", "what it rests on, firmest first"),
    }
)


@functools.cache
def plain_forms() -> Mapping[str, Form]:
    """Give the plain forms of reports by name."""
    return forms(
        Form("Said", "报告中的中英文文字", "words of a report in both languages", WORDS.shape, Said),
        Form("ReportRow", "图表的一行", "one row of a figure", _ROW, Row),
        Form("ReportFigure", "一张图表", "numbers that belong together", _FIGURE, Figure),
        Form("ReportLine", "收入线", "the income line that distances are told from", _LINE, Line),
        Form("Report", "名册报告", "a register under a policy on a day, without persons", _REPORT, Report, "report"),
    )
