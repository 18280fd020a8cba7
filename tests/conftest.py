"""What all tests share: profiles of Hypothesis, helper modules beside the tests, and where lines are not counted."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# `importlib` mode gives test modules no folder to import from; helper modules stand beside them.
for folder in ("", "comparison", "differential", "expr", "policy", "review", "schemas", "web", "workflow"):
    sys.path.insert(0, str(Path(__file__).parent / folder))

settings.register_profile("default", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("default"), derandomize=False)
settings.register_profile("sweep", settings.get_profile("default"), max_examples=3000)
settings.load_profile(os.environ.get("FUPIN_HYPOTHESIS", "default"))

# Sweeps over many cases, and what runs long: they reach next to no line that other tests leave out, and counting lines
# would take them twice or three times as long. `nox -s tests` runs them by themselves (`-m uncounted`).
UNCOUNTED = (
    "differential/",
    "laws/",
    "packs/",
    "registry/test_simulated_yucheng.py",
    "review/test_review_laws.py",
    "review/test_review_shipped.py",
    "docs/test_docs.py",
    "docs/test_examples.py",
    "expr/test_expr_laws.py",
    "schemas/test_schemas_read.py",
    "comparison/test_comparison_laws.py",
    "comparison/test_comparison_small_domains.py",
    "comparison/test_comparison_impact.py::test_every_engine_counts_alike_by_township[p",
    "columnar/test_columnar_files.py::test_on_spark",
    "columnar/test_columnar_registers.py::test_so_it_is_whatever_the_engine[pandas",
    "columnar/test_columnar_registers.py::test_a_household_in_a_frame_is_told_what_it_would_be_told_by_itself",
    "engine/test_engine_exact.py::test_a_proved_change_is_never_larger_than_a_searched_one",
    "engine/test_engine_exact.py::test_an_exact_outcome_is_what_every_completion_says",
    "engine/test_engine_exact.py::test_a_change_that_is_proved_smallest_is_the_smallest_of_all",
    "workflow/test_workflow_replay.py::test_whatever_stands_in_an_entry_the_check_ends_in_findings",
    "workflow/test_workflow_replay.py::test_results_depend_on_no_hash_seed_no_time_zone_and_no_locale",
    "workflow/test_workflow_diagram.py::test_the_tables_line_up_and_no_line_is_wider_than_a_page",
    "testing/test_testing_explore.py::test_results_do_not_depend_on",
    "testing/test_testing_mutants.py::test_nearly_every_change_of_a_shipped_procedure_is_noticed",
    "testing/test_testing_mutants.py::test_a_registration_with_six_of_the_seven_signatures_is_noticed",
    "testing/test_testing_strategies.py::test_near_a_policy_every_threshold_is_met",
    "testing/test_testing_check_policy.py::test_every_shipped_pack_keeps_the_laws_or_says_why_not",
    "testing/test_testing_check_policy.py::test_a_policy_that_breaks_a_law_is_found_out",
    "testing/test_testing_case_machine.py::test_chance_alone_takes_a_walk_as_far",
    "testing/test_testing_case_machine.py::test_a_core_that_breaks_a_promise_does_not_get_through",
    "testing/test_testing_tamper.py::test_only_a_checkpoint_shows",
    "testing/test_testing_tamper.py::test_a_registration_with_six_signatures",
    "testing/test_testing_tamper.py::test_one_seed_chooses_one_set_of_places",
    "testing/test_testing_pytest_plugin.py::test_a_pack_that_cannot_be_tried_is_refused_before_anything_runs",
    "testing/test_testing_pytest_plugin.py::test_with_v_a_case_that_passed_is_explained",
    "cli/test_cli.py::test_packs_are_listed_shown_checked_and_tested",
    "cli/test_cli_cases.py::test_the_commands_of_the_reference_do_what_it_says",
    "cli/test_cli_cases.py::test_what_the_plan_says_is_what_the_command_takes",
)
# Of procedures, the large ones are explored there too; whatever is asked of one of them shares its exploration.
LARGE = ("testing/test_testing_explore.py", ("[yucheng-2016", "[two-two-one-one-2018", "[national-2014", "[exit-2016"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests while which no lines are counted."""
    for item in items:
        place = item.nodeid.removeprefix("tests/")
        file, names = LARGE
        if place.startswith(UNCOUNTED) or (place.startswith(file) and any(name in place for name in names)):
            item.add_marker("uncounted")
