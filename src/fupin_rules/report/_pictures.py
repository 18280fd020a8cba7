"""
The pictures of a report, drawn by hand as SVG: bars, a pyramid, a histogram, the way from applying to eligible.

Each says in words what it shows, has its numbers in a table beside it, and takes its colours from the page. They are
narrow, so that a telephone shows them with letters that can be read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from fupin_rules.report._figures import Figure, Row, Said
from fupin_rules.report._pen import Pen, number, pick
from fupin_rules.tables import fold

WIDTH: Final = 440
_BAR: Final = 14
_LETTERS: Final = 54  # columns of a line of labels
_ROOM: Final = 118  # for the numbers behind a bar

# How a column is filled; what was put together has a filling of its own.
_FILLS: Final = {
    "eligible": "f-yes",
    "ineligible": "f-no",
    "undetermined": "f-open",
    "against": "f-against",
    "open": "f-open",
    "held_up": "f-open",
    "male": "f-yes",
    "female": "f-against",
}


def filling(column: str) -> str:
    """Name the filling of a column."""
    return _FILLS.get(column, "f-other")


def picture(pen: Pen, name: str, title: Said, told: Said, height: float, inner: str) -> str:
    """Frame a picture with its words for who does not see it."""
    return (
        f'<svg viewBox="0 0 {WIDTH} {height:g}" role="img" aria-labelledby="{name}-t {name}-d">'
        f'<title id="{name}-t">{pen.plain(title)}</title><desc id="{name}-d">{pen.plain(told)}</desc>{inner}</svg>'
    )


def bars(pen: Pen, figure: Figure, rows: Sequence[Row], told: Said) -> str:
    """Draw a stacked bar for each row that may be shown, its label above it; nothing where there is none."""
    rows = [row for row in rows if any(count is not None for count in row.counts)]
    if not rows:
        return ""
    most = max((sum(count or 0 for count in row.counts) for row in rows), default=0) or 1
    y, parts = 0.0, []
    for row in rows:
        label, lines = _label(pen, row.said, y)
        y += 16 * lines + 3
        parts.append(label + _stack(figure, row, most, y))
        y += _BAR + 9
    return picture(pen, figure.id, figure.said, told, y, "".join(parts))


def _label(pen: Pen, said: Said, y: float) -> tuple[str, int]:
    if said.zh == said.en:
        folded = fold(said.zh, _LETTERS)
        return pen.lines([("zh", folded)], 0, y + 13, 16).replace(' lang="zh"', ""), len(folded)
    lines = [(language, fold(pick(said, language), _LETTERS)) for language in pen.languages]
    return pen.lines(lines, 0, y + 13, 16), max(len(folded) for _, folded in lines)


def _stack(figure: Figure, row: Row, most: int, y: float) -> str:
    x, parts = 0.0, []
    for (column, _), count in zip(figure.columns, row.counts, strict=True):
        wide = (count or 0) * (WIDTH - _ROOM) / most
        if wide:
            parts.append(_box(x, y, max(wide, 0.5), _BAR, filling(column)))
        x += wide
    # Parts of a whole add up; what a rule fails and what it leaves open are two things.
    at = f'class="n" x="{x + 5:.1f}" y="{y + 11.5:g}"'
    told = number(row.total) if figure.is_whole else " + ".join(number(count) for count in row.counts)
    return f"{''.join(parts)}<text {at}>{told}</text>"


def _box(x: float, y: float, wide: float, high: float, kind: str) -> str:
    return f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}"/>'


def funnel(pen: Pen, figure: Figure, told: Said) -> str:
    """Draw how many are left after each way out, and how many took it."""
    whole = sum(row.total or 0 for row in figure.rows) or 1
    left, y = whole, 0.0
    scale = (WIDTH - _ROOM) / whole
    parts = [pen.text(Said("申请或在册", "applied, or on the register"), f'class="t" x="0" y="{y + 13:g}"')]
    parts += [_box(0, y + 18, whole * scale, 18, "f-all"), _count(whole * scale, y + 32, number(whole))]
    y += 50
    for row in figure.rows:
        count, is_last = row.total or 0, row is figure.rows[-1]
        label, lines = _label(pen, row.said, y)
        parts.append(label)
        y += 16 * lines + 3
        if is_last:
            parts += [_box(0, y, count * scale, 18, filling(row.id)), _count(count * scale, y + 14, number(count))]
        else:
            left -= count
            kind = (
                "f-open" if row.id == "undetermined" else "f-no" if "eligible" not in row.id.split("+") else "f-other"
            )
            parts.append(_box(0, y, left * scale, 18, "f-rest"))
            parts.append(_box(left * scale, y, max(count * scale, 0.5 if count else 0), 18, kind))
            parts.append(_count((left + count) * scale, y + 14, f"−{number(count)}"))
        y += 32
    return picture(pen, figure.id, figure.said, told, y, "".join(parts))


def _count(x: float, y: float, text: str) -> str:
    return f'<text class="n" x="{x + 5:.1f}" y="{y:g}">{text}</text>'


def pyramid(pen: Pen, figure: Figure, told: Said) -> str:
    """Draw the first column to the left and the others to the right, the oldest on top."""
    middle, half, step = 78, (WIDTH - 78) / 2 - 40, 19
    sides = [(row.counts[0] or 0, sum(count or 0 for count in row.counts[1:])) for row in figure.rows]
    most = max((max(each) for each in sides), default=0) or 1
    left, right = WIDTH / 2 - middle / 2, WIDTH / 2 + middle / 2
    heads = [figure.columns[0][1], _both([said for _, said in figure.columns[1:]])]
    parts = [
        pen.text(heads[0], f'class="t e" x="{left:g}" y="12"'),
        pen.text(heads[1], f'class="t" x="{right:g}" y="12"'),
    ]
    y = 20.0
    for row, (one, other) in reversed(list(zip(figure.rows, sides, strict=True))):
        wide, wider = one * half / most, other * half / most
        parts += [
            _box(left - wide, y, wide, step - 4, filling("male")),
            _box(right, y, wider, step - 4, filling("female")),
            f'<text class="n e" x="{left - wide - 4:.1f}" y="{y + 11.5:g}">{number(one)}</text>',
            f'<text class="n" x="{right + wider + 4:.1f}" y="{y + 11.5:g}">{number(other)}</text>',
            pen.text(_short(row.said), f'class="s m" x="{WIDTH / 2:g}" y="{y + 11.5:g}"'),
        ]
        y += step
    return picture(pen, figure.id, figure.said, told, y + 2, "".join(parts))


def _both(said: Sequence[Said]) -> Said:
    return Said("、".join(each.zh for each in said), ", ".join(each.en for each in said))


def _short(said: Said) -> Said:
    """Leave to the table what does not fit between the bars."""
    zh, en = (each if len(each) <= most else each[: most - 1] + "…" for each, most in ((said.zh, 7), (said.en, 11)))
    return Said(zh, en)


def histogram(pen: Pen, figure: Figure, told: Said, line: Said) -> str:
    """Draw classes of amounts along an axis, the height being how many there are for each width of a class."""
    known = [row for row in figure.rows if row.span is not None and row.span != (None, None)]
    ends = [end for row in known for end in row.span or () if end is not None]
    if not ends:
        return ""
    spans_of = [row.span or (None, None) for row in known]
    closed = [(low, high) for low, high in spans_of if low is not None and high is not None]
    width = min((high - low for low, high in closed), default=500)
    low, high = min(ends) - width, max(ends) + width
    spans = [_ends(row, low, high) for row in known]
    tall = [(row.total or 0) * width / (end - start) for row, (start, end) in zip(known, spans, strict=True)]
    most, base, top = max(tall, default=0) or 1, 190.0, 26.0
    scale = (WIDTH - 8) / (high - low)
    parts = []
    for row, (start, end) in zip(known, spans, strict=True):
        y = base
        # What has no end is drawn as wide as a class, and pale: its height says nothing.
        pale = None in (row.span or ())
        parts.append('<g opacity=".45">' if pale else "")
        for (column, _), count in zip(figure.columns, row.counts, strict=True):
            part = (count or 0) * width / (end - start) * (base - top) / most
            y -= part
            if part:
                parts.append(_box(4 + (start - low) * scale + 0.5, y, (end - start) * scale - 1, part, filling(column)))
        parts.append("</g>" if pale else "")
    zero = 4 - low * scale
    parts.append(f'<path class="axis" d="M0 {base:g}H{WIDTH}M{zero:.1f} 14V{base + 5:g}"/>')
    at = 'class="t e"' if zero > WIDTH * 0.6 else 'class="t"'
    parts.append(pen.text(line, f'{at} x="{zero + (-5 if zero > WIDTH * 0.6 else 5):.1f}" y="12"'))
    step = next(each for each in (500, 1000, 2000, 5000, 10_000, 20_000, 50_000) if (high - low) / each <= 7)
    for tick in range(-(-low // step) * step, high + 1, step):
        sign = "−" if tick < 0 else "+" if tick else ""
        x = min(max(4 + (tick - low) * scale, 22), WIDTH - 18)
        parts.append(f'<text class="s m" x="{x:.1f}" y="{base + 17:g}">{sign}{abs(tick):,}</text>')
    unit = Said("元/人/年", "yuan per person and year")
    parts.append(pen.text(unit, f'class="s e" x="{WIDTH}" y="{base + 34:g}"'))
    return picture(pen, figure.id, figure.said, told, base + 40, "".join(parts))


def _ends(row: Row, low: int, high: int) -> tuple[int, int]:
    start, end = row.span or (None, None)
    return (low if start is None else start, high if end is None else end)
