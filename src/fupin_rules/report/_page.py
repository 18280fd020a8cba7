"""
A report as one page that stands alone: for people who would rather look than read.

Nothing is fetched, and the page forbids it to itself; it can be sent as a file, opened without a network and printed.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from typing import Final

from fupin_rules.citations import Standing
from fupin_rules.errors import Fault, PolicyError
from fupin_rules.markup import html, standing_badge
from fupin_rules.report._figures import Figure, Report, Row, Said
from fupin_rules.report._pen import Pen, grouped, number, percent
from fupin_rules.report._pictures import bars, filling, funnel, histogram, pyramid
from fupin_rules.report._style import SCRIPT, style

_LANGUAGES: Final = {"both": ("zh", "en"), "zh": ("zh",), "en": ("en",)}
_SHOWN: Final = 12
_NOTHING: Final = Said("", "")
_SHARE: Final = Said("占比", "share")
_RATE: Final = Said("符合率", "eligible %")
_TOTAL: Final = Said("合计", "total")
_STANDING: Final = Said("依据等级", "standing")
_HATCH: Final = (
    '<svg width="0" height="0" aria-hidden="true" style="position:absolute"><defs>'
    '<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="hatch-ground" width="6" height="6"/><path class="hatch" d="M0 0V6"/></pattern></defs></svg>'
)


def write_page(report: Report, *, language: str = "both") -> str:
    """
    Write the page.

    Args:
        report: What it shows.
        language: `zh`, `en`, or `both`, of which the reader chooses one on the page.

    Raises:
        PolicyError: No such language.
    """
    if language not in _LANGUAGES:
        raise PolicyError(
            Fault("language", f"`{language[:20]}` is not known here", "give `zh`, `en` or `both`", "lang")
        )
    pen = Pen(_LANGUAGES[language])
    title = Said(f"{report.said.zh}：{report.on}", f"{report.said.en}: {report.on}")
    digest = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; base-uri 'none'"
    return "".join(
        [
            f'<!doctype html><html lang="{pen.languages[0]}"><head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{pen.plain(title)}</title><style>{style()}</style></head><body>",
            _switch(pen),
            _HATCH,
            _header(pen, report),
            f"<main>{''.join(_sections(pen, report))}</main>",
            _footer(pen, report),
            f"<script>{SCRIPT}</script></body></html>",
        ]
    )


def _switch(pen: Pen) -> str:
    if len(pen.languages) == 1:
        return ""
    names = {"zh": "中文", "en": "English"}
    inputs = "".join(
        f'<input class="switch" type="radio" name="lang" id="lang-{each}" value="{each}" aria-label="{names[each]}"'
        f"{' checked' if each == 'zh' else ''}>"
        for each in pen.languages
    )
    labels = "".join(f'<label for="lang-{each}">{names[each]}</label>' for each in pen.languages)
    return f"{inputs}<nav>{labels}</nav>"


def _header(pen: Pen, report: Report) -> str:
    households, people = number(report.households), number(report.people)
    counted = Said(f"{households}户，{people}人", f"{households} households, {people} people")
    day = Said(f"评估日 {report.on}", f"assessed on {report.on}")
    parts = [
        f'<header><p class="dim">{pen.say(Said("名册评估报告", "a register under a policy"))}</p>',
        f"<h1>{pen.say(report.said)}</h1><p>{pen.say(counted)} · {pen.say(day)}</p>",
    ]
    if report.set_aside:
        aside = number(report.set_aside)
        said = Said(f"另有{aside}户无法读取，不在其中。", f"{aside} more could not be read and are not among them.")
        parts.append(f"<p>{pen.say(said)}</p>")
    tiles = [
        f'<li style="--tile:var(--{filling(row.id)})"><small>{pen.say(row.said)}</small>'
        f"<b>{number(row.counts[0])}</b><small>{percent(row.share)}</small></li>"
        for row in report.figures["outcomes"].rows
    ]
    if report.line is not None:
        unit = Said("元/人/年", "yuan per person and year")
        badge = _badge(pen, report.line.standing)
        tiles.append(
            f'<li style="--tile:var(--fupin-line)"><small>{pen.say(report.line.said)}</small>'
            f"<b>{html(grouped(report.line.amount))}</b><small>{pen.say(unit)} {badge}</small></li>"
        )
    return "".join([*parts, f'<ul class="tiles">{"".join(tiles)}</ul></header>'])


def _badge(pen: Pen, standing: Standing) -> str:
    badge = standing_badge(standing, "en")
    said = Said(standing.short("zh"), standing.short("en"))
    return f'<span class="badge {badge.tone}">{pen.say(said)}</span>'


# -- sections ----------------------------------------------------------------------------------------------------------


def _sections(pen: Pen, report: Report) -> Iterator[str]:
    figures = report.figures
    yield _section(
        pen,
        figures["funnel"].said,
        _pair(funnel(pen, figures["funnel"], _told(figures["funnel"])), _table(pen, figures["funnel"])),
        figures["funnel"].note,
    )
    yield _reasons(pen, report)
    yield _places(pen, report)
    yield _people(pen, report)
    if "distance" in figures:
        yield _distance(pen, report)
    yield _missing(pen, report)
    yield _sources(pen, report)


def _section(pen: Pen, title: Said, inner: str, note: Said = _NOTHING) -> str:
    told = f'<p class="dim">{pen.say(note)}</p>' if note.zh else ""
    return f"<section><h2>{pen.say(title)}</h2>{told}{inner}</section>"


def _scrolled(table: str) -> str:
    """Give a table a frame that it scrolls in, by the keys too."""
    return f'<div class="wide" tabindex="0">{table}</div>'


def _drawn(pen: Pen, figure: Figure, picture: str, legend: str = "") -> str:
    """Show a figure; one whose rows are left out says so."""
    if not figure.rows and figure.note.zh:
        return f'<p class="dim">{pen.say(figure.note)}</p>'
    return _pair(picture, _table(pen, figure), legend)


def _pair(picture: str, table: str, legend: str = "") -> str:
    """Set a picture beside its table; where there is nothing to be drawn, the table stands alone."""
    if not picture:
        return _scrolled(table)
    return f'<div class="pair"><figure style="margin:0">{legend}{picture}</figure>{_scrolled(table)}</div>'


def _legend(pen: Pen, figure: Figure) -> str:
    items = (
        f'<li><svg viewBox="0 0 16 12" aria-hidden="true"><rect class="{filling(name)}" width="16" height="12"/></svg>'
        f"{pen.say(said)}</li>"
        for name, said in figure.columns
    )
    return f'<ul class="legend">{"".join(items)}</ul>'


def _told(figure: Figure) -> Said:
    """Say in a sentence what a picture shows: its largest rows."""
    rows = sorted((row for row in figure.rows if row.total), key=lambda row: -(row.total or 0))[:3]
    zh = "；".join(f"{row.said.zh} {number(row.total)}" for row in rows)
    en = "; ".join(f"{row.said.en} {number(row.total)}" for row in rows)
    return Said(f"最多的是：{zh}。数字见旁边的表。", f"Largest: {en}. All numbers are in the table beside it.")


def _reasons(pen: Pen, report: Report) -> str:
    parts = []
    for name in ("eligibility", "exclusion"):
        if name in report.figures:
            figure = report.figures[name]
            drawn = _pair(bars(pen, figure, figure.rows, _told(figure)), _table(pen, figure), _legend(pen, figure))
            parts.append(f"<h3>{pen.say(figure.said)}</h3>{drawn}")
    if "check" in report.figures:
        figure = report.figures["check"]
        summary = Said(
            f"{figure.said.zh}（{len(figure.rows)}条，不影响结论）",
            f"{figure.said.en} ({len(figure.rows)}, no effect on outcomes)",
        )
        parts.append(f"<details><summary>{pen.say(summary)}</summary>{_scrolled(_table(pen, figure))}</details>")
    note = Said(
        "每条规则不利于多少户，对多少户尚未定；一户可以计入多条。",
        "How many each rule goes against, and for how many it is open; a household may be in several rows.",
    )
    return _section(pen, Said("凭什么", "for which reasons"), "".join(parts), note)


def _places(pen: Pen, report: Report) -> str:
    towns, villages = report.figures["townships"], report.figures["villages"]
    drawn = _pair(bars(pen, towns, towns.rows, _told(towns)), _table(pen, towns), _legend(pen, towns))
    lines = f"{len(villages.rows)} {'row' if len(villages.rows) == 1 else 'rows'}"
    shown = Said(f"{villages.said.zh}（{len(villages.rows)}行）", f"{villages.said.en} ({lines})")
    table = f"<details><summary>{pen.say(shown)}</summary>{_scrolled(_table(pen, villages))}</details>"
    note = Said(
        "户数太少的村、乡镇合并显示，见文末说明。",
        "Places with few households are shown together; why is said at the end.",
    )
    return _section(pen, Said("在哪里", "where"), drawn + table, note)


def _people(pen: Pen, report: Report) -> str:
    ages, sizes = report.figures["ages"], report.figures["sizes"]
    parts = []
    if ages.rows:
        parts.append(f"<h3>{pen.say(ages.said)}</h3>" + _pair(pyramid(pen, ages, _told(ages)), _table(pen, ages)))
    parts.append(
        f"<h3>{pen.say(sizes.said)}</h3>"
        + _pair(bars(pen, sizes, sizes.rows, _told(sizes)), _table(pen, sizes), _legend(pen, sizes))
    )
    return _section(pen, Said("是些什么人", "who they are"), "".join(parts))


def _distance(pen: Pen, report: Report) -> str:
    figure = report.figures["distance"]
    picture = histogram(pen, figure, _told(figure), Said("收入线", "the line"))
    note = figure.note if figure.rows else _NOTHING
    return _section(pen, figure.said, _drawn(pen, figure, picture, _legend(pen, figure)), note)


def _missing(pen: Pen, report: Report) -> str:
    figure = report.figures["missing"]
    title = Said("还缺什么", "what is still to be asked")
    if not figure.rows:
        return _section(
            pen, title, f"<p>{pen.say(Said('没有因缺事实而不能确定的户。', 'No household is held up.'))}</p>"
        )
    first = Figure(
        figure.id,
        figure.said,
        figure.columns[:1],
        tuple(Row(each.id, each.said, each.counts[:1]) for each in figure.rows[:_SHOWN]),
        is_whole=False,
    )
    drawn = _pair(bars(pen, first, first.rows, _told(first)), _table(pen, figure))
    note = Said(
        "尚不能确定的户卡在哪些事实上；“只缺这一项”的，问到就能定。一户可以计入多条。",
        "Which facts hold undetermined households up; where nothing else is missing, asking settles it. "
        "A household may be in several rows.",
    )
    return _section(pen, title, drawn, note)


def _sources(pen: Pen, report: Report) -> str:
    figure = report.figures["standings"]
    drawn = _drawn(pen, figure, bars(pen, figure, figure.rows, _told(figure)), _legend(pen, figure))
    heads = (
        _head(pen, Said("出处", "source")),
        _head(pen, _STANDING),
        _head(pen, Said("引用处", "cited"), is_number=True),
    )
    head = f"<tr>{''.join(heads)}</tr>"
    rows = []
    for each in report.bases:
        source = each.source
        # Of issuers there is no English name.
        title = Said(f"{source.issuer}《{source.title}》", source.title_en)
        rows.append(
            f'<tr><th scope="row">{pen.say(title)}</th>'
            f'<td data-v="{list(Standing).index(source.standing)}">{_badge(pen, source.standing)}</td>'
            f'<td class="num" data-v="{each.rules}">{each.rules}</td></tr>'
        )
    table = f"<table><thead>{head}</thead><tbody>{''.join(rows)}</tbody></table>"
    listed = Said(f"所据出处（{len(rows)}）", f"sources it rests on ({len(rows)})")
    note = Said(
        "结论的依据有多可靠：每个结论按其依据中最弱的一条计。",
        "How firm the grounds are: each outcome counts by the weakest source it rests on.",
    )
    return _section(
        pen,
        Said("凭据可靠吗", "resting on what"),
        f"{drawn}<details><summary>{pen.say(listed)}</summary>{_scrolled(table)}</details>",
        note,
    )


# -- tables ------------------------------------------------------------------------------------------------------------


def _head(pen: Pen, said: Said, *, is_number: bool = False) -> str:
    kind = ' class="num"' if is_number else ""
    return f'<th scope="col"{kind}><button type="button">{pen.say(said)}</button></th>'


def _rate(row: Row) -> int | None:
    """Tell how many of a row are eligible, in tenths of a percent, halves up."""
    total, eligible = row.total, row.counts[0]
    return None if not total or eligible is None else (2000 * eligible + total) // (2 * total)


def _table(pen: Pen, figure: Figure) -> str:
    # Of a place, how many are eligible there tells more than how many live there.
    rated = figure.id in ("townships", "villages", "sizes") and figure.columns[0][0] == "eligible"
    is_within = any(row.within.zh for row in figure.rows)
    has_total = figure.is_whole and len(figure.columns) > 1
    has_standing = any(row.standing for row in figure.rows)
    heads = [
        *([_head(pen, Said("乡镇", "township"))] if is_within else []),
        _head(pen, figure.said),
        *(_head(pen, said, is_number=True) for _, said in figure.columns),
        *([_head(pen, _TOTAL, is_number=True)] if has_total else []),
        *([_head(pen, _RATE if rated else _SHARE, is_number=True)] if figure.is_whole else []),
        *([_head(pen, _STANDING)] if has_standing else []),
    ]
    rows = [
        "".join(
            [
                '<tr class="rest">' if row.id == "others" else "<tr>",
                f"<td>{pen.say(row.within)}</td>" if is_within else "",
                f'<th scope="row">{pen.say(row.said)}</th>',
                *(_cell(number(count), count) for count in row.counts),
                _cell(number(row.total), row.total) if has_total else "",
                _cell(percent(told), told) if figure.is_whole else "",
                f'<td data-v="{_rank(row)}">{_badge(pen, row.standing)}</td>' if row.standing else "",
                "</tr>",
            ]
        )
        for row in figure.rows
        for told in [_rate(row) if rated else row.share]
    ]
    return f"<table><thead><tr>{''.join(heads)}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _rank(row: Row) -> int:
    return 0 if row.standing is None else list(Standing).index(row.standing)


def _cell(text: str, value: int | None) -> str:
    return f'<td class="num" data-v="{"" if value is None else value}">{text}</td>'


def _footer(pen: Pen, report: Report) -> str:
    least = report.least
    told: Sequence[Said] = (
        Said(
            f"为保护个人，1到{least - 1}之间的数不显示：相邻的类别合并，或改为“–”；合并后的数都在{least}以上，"
            "也不能由其他数字相减得出。0照常显示。本页不含姓名和户编号。",
            f"To protect people, numbers from 1 to {least - 1} are not shown: neighbouring classes are put together, "
            f"or a dash stands there; what is put together is {least} or more, and no subtraction leads below it. "
            "0 is shown. No name and no id of a household is on this page.",
        ),
        Said(
            "占比按最大余额法取一位小数，合计为100%。",
            "Shares are rounded to one decimal by largest remainders, and add up to 100%.",
        ),
        Said("本页只说明规则得出什么；决定由人作出。", "This page tells what rules come to; people decide."),
    )
    version = f"fupin_rules {report.library_version}"
    stamp = f"{report.policy} {report.version} · {report.on} · {report.fingerprint[:12]} · {version}"
    note = f"<p>{pen.say(report.note)}</p>" if report.note.zh else ""
    lines = "".join(f"<p>{pen.say(each)}</p>" for each in told)
    return f'<footer class="dim">{lines}{note}<p>{html(stamp)}</p></footer>'
