"""A small good pack, as text, that tests bend in one place at a time."""

from collections.abc import Mapping
from pathlib import Path

GOOD: Mapping[str, str] = {
    "pack.toml": """\
format = 1
id = "relief"
version = "1.0.0"
title = { zh = "救助", en = "relief" }
from = 2016-01-01
until = 2018-01-01
subjects = ["household"]

[eligible_when.household]
when = "poor or on_allowance"
source = "order"

[ranking.household]
method = "weights"
source = "order"

[[ranking.household.tie_break]]
by = "wage"
prefer = "lower"
source = "order"
""",
    "parameters.toml": """\
[line]
meaning = { zh = "收入线", en = "income line" }
unit = "yuan / person / year"

[[line.value]]
from = 2016-01-01
amount = 3000
source = "order#art-2"

[[line.value]]
from = 2017-01-01
amount = 3200.50
source = "order#art-2"

[dangerous]
meaning = { zh = "危房等级", en = "grades of unsafe houses" }
list = "HouseGrade"

[[dangerous.value]]
from = 2016-01-01
codes = ["C", "D"]
source = "memory"
""",
    "definitions.toml": """\
[wage]
label = { zh = "人均工资", en = "wage per person" }
value = "income.wage_income_yuan / count(m for m in members)"
source = "order"
""",
    "rules.toml": """\
[[rule]]
id = "poor"
kind = "eligibility"
label = { zh = "收入低", en = "income is low" }
when = "wage < line"
source = "order#art-2"

[[rule]]
id = "on_allowance"
kind = "eligibility"
label = { zh = "低保", en = "on the allowance" }
when = "any(m.on_dibao for m in members)"
source = "order"

[[rule]]
id = "car"
kind = "exclusion"
label = { zh = "有车", en = "owns a car" }
when = "assets.owns_car"
source = "memory"

[[rule.unless]]
id = "livelihood"
label = { zh = "谋生", en = "for a living" }
when = "assets.car_is_for_disabled_or_livelihood"
source = "guess"

[[rule]]
id = "unsafe"
kind = "priority"
label = { zh = "危房", en = "unsafe house" }
when = "living.house_grade in dangerous"
weight = 2
source = "order"

[[rule]]
id = "above"
kind = "exit"
label = { zh = "超过", en = "above the line" }
when = "wage > line"
source = "order"

[[rule]]
id = "grade_unknown"
kind = "check"
label = { zh = "等级不明", en = "the grade is not known" }
when = "not is_known(living.house_grade)"
source = "order"
""",
    "sources.toml": """\
[order]
title = "某县通知"
title_en = "order of a county (invented)"
issuer = "某县"
date = 2015-12-31
standing = "stated"

[memory]
title = "口述"
title_en = "from memory"
standing = "unverified"

[guess]
title = "本库假设"
title_en = "assumption of this library"
standing = "assumption"
note = "no text was found; without it a fisher's van would exclude"
""",
    "cases.toml": """\
[[base]]
id = "poor"
[base.facts]
id = "1"
members_complete = true
members = [{ id = "1", on_dibao = false }]
income = { wage_income_yuan = 3000 }

[[case]]
id = "below"
on = 2016-06-01
base = "poor"
set = { "income.wage_income_yuan" = "2999.99", "assets.owns_car" = false }
reason = { zh = "低一分", en = "one fen below" }
[case.expect]
outcome = "eligible"
[case.expect.rules]
poor = true
car = false

[[case]]
id = "car-unknown"
on = 2016-06-01
base = "poor"
reason = { zh = "等于线", en = "on the line" }
[case.expect]
outcome = "ineligible"
[case.expect.rules]
car = "unknown"
""",
}


def write_pack(folder: Path, changes: Mapping[str, Mapping[str, str]] | None = None) -> Path:
    """Write the good pack into `folder/relief`, with pieces of text replaced; each must be there once."""
    pack = folder / "relief"
    pack.mkdir(parents=True)
    for name, text in GOOD.items():
        bent = text
        for old, new in (changes or {}).get(name, {}).items():
            assert bent.count(old) == 1, f"{old!r} stands {bent.count(old)} times in {name}"
            bent = bent.replace(old, new)
        (pack / name).write_text(bent, encoding="utf-8")
    return pack
