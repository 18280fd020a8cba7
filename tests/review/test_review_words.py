"""What a review is called in the reference, and that it says everything in both languages."""

from __future__ import annotations

import json
import re
from pathlib import Path

from bent_packs import CATALOGUE, bent

from fupin_rules import review
from fupin_rules.policy import FindingCode
from fupin_rules.review import CODES, WhyOpen, review_pack

PAGE = (Path(__file__).parents[2] / "docs/reference/review.md").read_text(encoding="utf-8")


def test_the_reference_lists_every_finding_as_the_library_says_it() -> None:
    table = PAGE.partition("## Findings")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \| (\w+) \| (.*) · (.*) \| (.*) \|$", table, re.MULTILINE)
    assert rows == [
        (code.value, about.severity.value, about.title[1], about.title[0], about.mend[1])
        for code, about in CODES.items()
    ]
    assert set(CODES) == set(FindingCode)


def test_the_reference_names_all_that_is_public_and_every_reason_why_something_stays_open() -> None:
    assert set(review.__all__) - {"CODES", "About", "Severity", "WhyOpen"} <= set(re.findall(r"`(\w+)", PAGE))
    table = PAGE.partition("## What could not be told")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \| ", table, re.MULTILINE)[1:] == [each.value for each in WhyOpen]


def test_a_finding_is_said_in_both_languages_and_as_plain_data(tmp_path: Path) -> None:
    (bad,) = (each for each in CATALOGUE if each.id == "out-of-one-and-into-the-other-by-one-fen")
    found = review_pack(bent(bad, tmp_path), seconds=60)
    text = found.as_text("en")
    assert text.startswith("relief 1.0.0: 1 finding, 0 waived, ")
    assert "double_turn above: one fen of wage income turns `poor` and `above` at once" in text
    assert "    income is above the line (above): no\n" in text
    zh = found.as_text("zh")
    assert "double_turn above：工资性收入相差一分，`poor` 与 `above` 同时变化" in zh
    assert "    收入超过线 (above)：否\n" in zh
    assert "relief/rules.toml, line " in text
    plain = json.loads(json.dumps(found.to_plain(), ensure_ascii=False))
    (raised,) = plain["raised"]
    assert raised["code"] == "double_turn"
    assert raised["related"] == ["poor"]
    assert [each["claims"]["poor"] for each in raised["seen"]] == [True, False]
    assert plain["open"] == []
    assert "<pre>" in found._repr_html_()
