"""The texts of a new pack, file by file; `@name@` is filled in. Comments lead whoever writes on."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_HEAD: Final = """\
# What the pack is, and which days it covers. The whole format: docs/reference/pack-format.md
format = 1
id = @id@                 # the name of this folder
version = "0.1.0"                  # raise it whenever a number or a rule changes
title = { zh = @title_zh@, en = @title_en@ }
"""

_DAYS: Final = """\
from = @from@                  # first day covered
until = @until@                 # first day that is no longer covered
subjects = @subjects@
"""

SOURCES: Final = """\
# Where numbers and rules come from. Nothing loads without a source.
# standing: stated (the text is held with the pack), found (a copy can be read), local (another place's text, as an
# example), unverified (from memory), assumption (ours; `note` says why). Every answer shows the weakest it rests on.
# Replace this one by the text you work from, with its issuer, number, date and address.

[@source@]
title = "待补：所依据的文件"
title_en = "to be replaced: the text this pack follows"
standing = "assumption"
note = "Written by `fupin pack new` as an example; no text says so yet."
"""

PARAMETER: Final = """\
# A number that the pack below leaves open: give it for each period, with its source. From @low@ to @high@.
[@name@]
meaning = { zh = @meaning_zh@, en = @meaning_en@ }
unit = @unit@

[[@name@.value]]
from = @from@
amount = @amount@                        # an example, half-way: put the number of your text
source = "@source@"

"""

ALONE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "pack.toml": _HEAD
        + _DAYS
        + """
# How the eligible are ranked where there are more of them than places: by how many priorities hold.
[ranking.household]
method = "count"
source = "@source@"

# What decides between equals.
[[ranking.household.tie_break]]
by = "net_income_per_person"
prefer = "lower"
source = "@source@"
""",
        "parameters.toml": """\
# Numbers that change with the years. A rule names them; each value has its first day and its source.
[income_line]
meaning = { zh = "收入线", en = "income line" }
unit = "yuan / person / year"

[[income_line.value]]
from = @from@
amount = 3000                      # an example
source = "@source@"
""",
        "definitions.toml": """\
# Expressions with a name, for rules to read. Facts are listed in docs/reference/fields.md.
[net_income_per_person]
label = { zh = "人均纯收入", en = "net income per person" }
value = '''
(income.wage_income_yuan + income.operating_income_yuan - income.operating_cost_yuan)
/ count(m for m in members)
'''
source = "@source@"
""",
        "rules.toml": """\
# Rules of five kinds. A fact that is not known leaves a rule open; it never counts as no.

# eligibility: all must hold.
[[rule]]
id = "income_below_line"
kind = "eligibility"
label = { zh = "人均纯收入低于收入线", en = "net income per person is below the income line" }
when = "net_income_per_person < income_line"
source = "@source@"

# exclusion: none may hold, unless an exception does.
[[rule]]
id = "excluded_car"
kind = "exclusion"
label = { zh = "拥有小轿车", en = "owns a car" }
when = "assets.owns_car"
source = "@source@"

[[rule.unless]]
id = "for_a_living"
label = { zh = "残疾人专用或谋生工具", en = "for a disabled person, or to earn a living" }
when = "assets.car_is_for_disabled_or_livelihood"
source = "@source@"

# priority: ranks among the eligible, and makes nobody eligible.
[[rule]]
id = "priority_disability"
kind = "priority"
label = { zh = "有残疾人", en = "a member is disabled" }
when = '''any("disability" in m.health for m in members)'''
source = "@source@"

# exit: all must hold for a household to leave. Exactly on the line is neither below it nor above it.
[[rule]]
id = "exit_income"
kind = "exit"
label = { zh = "人均纯收入超过收入线", en = "net income per person is above the income line" }
when = "net_income_per_person > income_line"
source = "@source@"

# check: something to ask about; no outcome changes by it.
[[rule]]
id = "check_work_without_labour"
kind = "check"
label = { zh = "无劳动力却登记了务工时间", en = "somebody without capacity to work is entered with months of work" }
when = '''any(m.work_months > 0 and m.labour in {"none", "lost"} for m in members)'''
source = "@source@"
""",
        "cases.toml": """\
# Households with the outcome that they must have: for every rule a hit, a miss and an open case, and both sides of
# every line by one fen. `fupin pack test` runs them. All are made up; never write a real person's data here.
[[base]]
id = "two"
subject = "household"

[base.facts]
id = "S-001"
members_complete = true

[base.facts.income]
wage_income_yuan = 4999.99
operating_income_yuan = 2000
operating_cost_yuan = 1000

[base.facts.assets]
owns_car = false

[[base.facts.members]]
id = "1"
relation = "head"
health = ["healthy"]
labour = "ordinary"
work_months = 6

[[base.facts.members]]
id = "2"
relation = "spouse"
health = ["healthy"]
labour = "none"
work_months = 0

[[case]]
id = "one-fen-below"
on = @from@
base = "two"
reason = { zh = "两人合计比收入线少一分", en = "two people together one fen below the line" }

[case.expect]
outcome = "eligible"
exit = "not_met"

[[case]]
id = "exactly-on-the-line"
on = @from@
base = "two"
reason = { zh = "恰好等于收入线", en = "exactly on the line" }

[case.set]
"income.wage_income_yuan" = 5000

[case.expect]
outcome = "ineligible"
exit = "not_met"

[[case]]
id = "one-fen-above"
on = @from@
base = "two"
reason = { zh = "两人合计比收入线多一分", en = "two people together one fen above the line" }

[case.set]
"income.wage_income_yuan" = 5000.01

[case.expect]
outcome = "ineligible"
exit = "met"

[[case]]
id = "wages-not-known"
on = @from@
base = "two"
forget = ["income.wage_income_yuan"]
reason = { zh = "工资不详", en = "the wages are not known" }

[case.expect]
outcome = "undetermined"
missing = ["income.wage_income_yuan"]

[[case]]
id = "car"
on = @from@
base = "two"
reason = { zh = "有小轿车", en = "owns a car" }

[case.set]
"assets.owns_car" = true
"assets.car_is_for_disabled_or_livelihood" = false

[case.expect]
outcome = "ineligible"

[case.expect.rules]
excluded_car = true

[[case]]
id = "car-for-a-living"
on = @from@
base = "two"
reason = { zh = "小轿车用于谋生", en = "the car is to earn a living" }

[case.set]
"assets.owns_car" = true
"assets.car_is_for_disabled_or_livelihood" = true

[case.expect]
outcome = "eligible"

[case.expect.rules]
excluded_car = false

[[case]]
id = "car-not-known"
on = @from@
base = "two"
forget = ["assets.owns_car"]
reason = { zh = "有无小轿车不详", en = "whether there is a car is not known" }

[case.expect]
outcome = "undetermined"

[[case]]
id = "disability"
on = @from@
base = "two"
reason = { zh = "配偶有残疾", en = "the spouse is disabled" }

[case.set]
"members[2].health" = ["disability"]

[case.expect]
outcome = "eligible"
exit = "not_met"

[case.expect.rules]
priority_disability = true
check_work_without_labour = false

[[case]]
id = "no-disability"
on = @from@
base = "two"
reason = { zh = "无人残疾", en = "nobody is disabled" }

[case.expect.rules]
priority_disability = false

[[case]]
id = "health-not-known"
on = @from@
base = "two"
forget = ["members[2].health"]
reason = { zh = "健康状况不详，不影响识别", en = "health is not known, which does not matter for being eligible" }

[case.expect]
outcome = "eligible"

[case.expect.rules]
priority_disability = "unknown"

[[case]]
id = "work-without-labour"
on = @from@
base = "two"
reason = { zh = "无劳动力却登记务工", en = "work entered without capacity to work" }

[case.set]
"members[2].work_months" = 1

[case.expect.rules]
check_work_without_labour = true

[[case]]
id = "work-after-losing-labour"
on = @from@
base = "two"
reason = { zh = "丧失劳动力却登记务工", en = "work entered after the capacity to work was lost" }

[case.set]
"members[2].labour" = "lost"
"members[2].work_months" = 1

[case.expect.rules]
check_work_without_labour = true

[[case]]
id = "labour-not-known"
on = @from@
base = "two"
forget = ["members[2].labour"]
reason = { zh = "务工一个月，劳动能力不详", en = "a month of work, and whether there is capacity for it is not known" }

[case.set]
"members[2].work_months" = 1

[case.expect.rules]
check_work_without_labour = "unknown"

[[case]]
id = "work-not-known"
on = @from@
base = "two"
forget = ["members[2].work_months"]
reason = { zh = "务工时间不详", en = "how long somebody worked is not known" }

[case.expect.rules]
check_work_without_labour = "unknown"
""",
    }
)

ON_OTHERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "pack.toml": _HEAD
        + """\
# Everything of these packs is in force here too; `fupin pack show` lists it, with the pack that each rule comes from.
extends = @extends@
"""
        + _DAYS,
        "rules.toml": """\
# Only what differs from the packs below. To replace a rule, give it the id it has there, and say
#   overrides = true
#   direction = "narrows"          # or "widens", "changes": what it does to the outcome; `pack check --deep` proves it
# To do without one:
#   [[drop]]
#   id = "…"
#   source = "@source@"
#   direction = "widens"
# A parameter (the income line of a county) is replaced in parameters.toml, a definition in definitions.toml, likewise.

# A rule of this pack's own, as an example. A check is something to ask about; no outcome changes by it.
[[rule]]
id = "own_wages_without_work"
kind = "check"
label = { zh = "有工资性收入，却没有成员务工", en = "there are wages, yet no member has worked" }
when = "income.wage_income_yuan > 0 and all(m.work_months == 0 for m in members)"
source = "@source@"
""",
        "cases.toml": """\
# Households with what must come of them: for every rule a hit, a miss and an open case, and both sides of every line
# by one fen. `fupin pack test` runs them. All are made up; never write a real person's data here.
[[base]]
id = "two"
subject = "household"

[base.facts]
id = "S-001"
members_complete = true

[base.facts.income]
wage_income_yuan = 0.01

[[base.facts.members]]
id = "1"
relation = "head"
work_months = 0

[[base.facts.members]]
id = "2"
relation = "spouse"
work_months = 0

[[case]]
id = "wages-without-work"
on = @from@
base = "two"
reason = { zh = "有工资，无人务工", en = "wages, and nobody has worked" }

[case.expect.rules]
own_wages_without_work = true

[[case]]
id = "wages-and-work"
on = @from@
base = "two"
reason = { zh = "有工资，有人务工", en = "wages, and somebody has worked" }

[case.set]
"members[1].work_months" = 3

[case.expect.rules]
own_wages_without_work = false

[[case]]
id = "no-wages-and-no-work"
on = @from@
base = "two"
reason = { zh = "无工资，也无人务工", en = "no wages, and nobody has worked" }

[case.set]
"income.wage_income_yuan" = 0

[case.expect.rules]
own_wages_without_work = false

[[case]]
id = "wages-not-known"
on = @from@
base = "two"
forget = ["income.wage_income_yuan"]
reason = { zh = "工资不详，无人务工", en = "wages are not known, and nobody has worked" }

[case.expect.rules]
own_wages_without_work = "unknown"

[[case]]
id = "work-not-known"
on = @from@
base = "two"
forget = ["members[1].work_months"]
reason = { zh = "务工时间不详", en = "whether anybody has worked is not known" }

[case.expect.rules]
own_wages_without_work = "unknown"
""",
    }
)
