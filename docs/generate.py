"""
Write the pages of the reference that are drawn from the data: fields, code lists, packs, sheets.

Run `python docs/generate.py` after a change of the model, the layouts or a pack; a test holds the pages to the data.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path

from fupin_rules.expr import render
from fupin_rules.model import Field, Household, Sort, Village, catalogue
from fupin_rules.policy import Policy, Rule, RuleKind, find_pack, installed_packs, load_cases, load_policy
from fupin_rules.quantities import PLAIN, plain

FOLDER = Path(__file__).parent / "reference"
NOTE = "<!-- Written by docs/generate.py from the data; change the data, not this page. -->\n\n"


def row(*cells: str) -> str:
    """Write one row of a table; bars inside a cell are escaped."""
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |\n"


def head(*cells: str) -> str:
    """Write the head of a table."""
    return row(*cells) + "|" + " --- |" * len(cells) + "\n"


# -- fields ----------------------------------------------------------------------------------------------------------


def value_words(field: Field) -> str:
    """Say what values a field may have."""
    spec = field.spec
    match spec.sort:
        case Sort.NUMBER:
            assert spec.low is not None
            assert spec.high is not None
            unit = "" if spec.unit == PLAIN else f" `{spec.unit}`"
            places = f", {spec.places} places" if spec.places else ""
            return f"{plain(spec.low)} to {plain(spec.high)}{unit}{places}"
        case Sort.CODE | Sort.CODES:
            assert spec.code_list is not None
            several = " (several)" if spec.sort is Sort.CODES else ""
            return f"[{spec.code_list.__name__}](code-lists.md#{spec.code_list.__name__.lower()}){several}"
        case Sort.FLAG:
            return "yes or no"
        case Sort.DAY:
            return "day"
        case Sort.TEXT:
            return "text, not read by rules"
        case Sort.PRIVATE:
            return "personal text, masked"


def fields_page() -> str:
    """Draw the page of fields."""
    household, village = catalogue(Household), catalogue(Village)
    page = "# Fields\n\n" + NOTE
    page += (
        "Every fact may be unknown. The code is that of the national system, read in programs that run on top of it;\n"
    )
    page += "a field without one is ours.\n"
    for title, fields in (
        ("Household (贫困户登记表)", household.fields),
        ("Member (贫困户家庭成员信息表)", household.members),
        ("Village (行政村基本情况登记表)", village.fields),
    ):
        page += f"\n## {title}\n\n" + head("path", "中文", "English", "code", "values")
        for path, field in fields.items():
            page += row(f"`{path}`", field.spec.zh, field.spec.en, field.spec.national_code, value_words(field))
    return page


def code_lists_page() -> str:
    """Draw the page of code lists."""
    known = (catalogue(Household).fields, catalogue(Household).members, catalogue(Village).fields)
    lists = {f.spec.code_list.__name__: f.spec.code_list for fs in known for f in fs.values() if f.spec.code_list}
    page = "# Code lists\n\n" + NOTE
    page += "A bare number is never a code: the same digits mean other things in another year's list.\n"
    for name, code_list in sorted(lists.items()):
        page += f"\n## {name}\n\n{code_list.__doc__}\n\n" + head(
            "value", "national code", "中文", "English", "also met as"
        )
        for code in code_list:
            page += row(f"`{code.value}`", code.national, code.zh, code.en, "、".join(code.aliases))
    return page


# -- packs -----------------------------------------------------------------------------------------------------------


def pack_page() -> str:
    """Draw the page of packs."""
    page = "# Packs\n\n" + NOTE
    policies = {name: load_policy(folder) for name, folder in installed_packs().items()}
    page += head("pack", "days", "extends", "rules of its own", "cases", "title")
    for name, policy in policies.items():
        own = [rule for rule in policy.rules if rule.pack == name]
        page += row(
            f"[`{name}`](#{name})",
            str(policy.days),
            ", ".join(policy.lineage[:-1]),
            str(len(own)),
            str(len(load_cases(find_pack(name)))),
            f"{policy.zh} · {policy.en}",
        )
    for name, policy in policies.items():
        page += f"\n## {name}\n\n{policy.zh} · {policy.en}\n"
        if policy.note_en:
            page += f"\n{policy.note_zh}\n\n{policy.note_en}\n"
        page += "".join(_parts(name, policy))
    page += "\n## Sources\n\nHosts of copies are not authorities; the standing says how firm a source is.\n\n"
    page += head("key", "title", "issuer, number, day", "standing", "where, and what to know")
    sources = {(key, source.title): source for policy in policies.values() for key, source in policy.sources.items()}
    for (key, _), source in sorted(sources.items()):
        day = source.published.isoformat() if source.published else ""
        issued = ", ".join(part for part in (source.issuer, source.number, day) if part)
        about = ". ".join(part for part in (source.address, source.note) if part)
        page += row(f"`{key}`", f"{source.title} · {source.title_en}", issued, source.standing.value, about)
    return page


def _parts(name: str, policy: Policy) -> Iterator[str]:
    parameters = [each for each in policy.parameters.values() if each.pack == name]
    if parameters:
        yield "\n### Parameters\n\n" + head("name", "meaning", "value", "unit", "days", "source", "standing")
    for parameter in parameters:
        for dated in parameter.values:
            value = ", ".join(sorted(dated.value)) if isinstance(dated.value, frozenset) else str(dated.value)
            number = plain(dated.value) if isinstance(dated.value, Fraction) else value
            cited = f"{dated.citation.source.id} {dated.citation.locator}".strip()
            meaning = f"{parameter.zh} · {parameter.en}"
            unit = "" if parameter.unit is None else str(parameter.unit)
            yield row(
                f"`{parameter.name}`", meaning, number, unit, str(dated.period), cited, dated.citation.standing.value
            )
    definitions = [each for each in policy.definitions.values() if each.pack == name]
    scopes = {each: policy.on(policy.days.start).scope(each) for each in policy.subjects}
    if definitions:
        yield "\n### Definitions\n\n" + head("name", "meaning", "worked out as", "source", "standing")
    for definition in definitions:
        words = f"{render(definition.expr, scopes[definition.subject], 'en')}"
        cited = f"{definition.citation.source.id} {definition.citation.locator}".strip()
        meaning = f"{definition.zh} · {definition.en}"
        yield row(f"`{definition.name}`", meaning, words, cited, definition.citation.standing.value)
    for kind in RuleKind:
        rules = [rule for rule in policy.rules if rule.pack == name and rule.kind is kind]
        if rules:
            yield f"\n### {kind.value.capitalize()}\n\n" + head(
                "rule", "about", "中文", "English", "when", "source", "standing"
            )
        for rule in rules:
            yield _rule_row(rule, render(rule.when, scopes[rule.subject], "en"))
            for each in rule.unless:
                words = render(each.when, scopes[rule.subject], "en")
                source = each.citation.source
                yield row(f"unless `{each.id}`", "", each.zh, each.en, words, source.id, source.standing.value)


def _rule_row(rule: Rule, words: str) -> str:
    cited = f"{rule.citation.source.id} {rule.citation.locator}".strip()
    return row(f"`{rule.id}`", rule.subject.value, rule.zh, rule.en, words, cited, rule.citation.standing.value)


def pages() -> Mapping[str, str]:
    """Draw all pages, by file name."""
    return {"fields.md": fields_page(), "code-lists.md": code_lists_page(), "packs.md": pack_page()}


if __name__ == "__main__":
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
