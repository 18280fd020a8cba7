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
    "cli/test_cli.py::test_packs_are_listed_shown_checked_and_tested",
    "cli/test_cli.py::test_the_canary_is_nowhere_in_any_output",
    "cli/test_cli.py::test_the_same_bytes_whatever_the_hash_seed",
    "cli/test_cli_cases.py::test_the_canary_is_nowhere_in_any_output",
    "cli/test_cli_cases.py::test_the_commands_of_the_reference_do_what_it_says",
    "cli/test_cli_cases.py::test_what_the_plan_says_is_what_the_command_takes",
    "cli/test_cli_compare.py::test_an_item_is_taken_up_by_the_procedure",
    "cli/test_cli_packs.py::test_a_new_pack_can_be_begun_over_every_shipped_one",
    "columnar/test_columnar_columns.py::test_a_fact_that_the_register_does_not_hold_is_not_known_of_anybody",
    "columnar/test_columnar_files.py::test_on_spark",
    "columnar/test_columnar_files.py::test_so_it_is_for_keys_of_either_kind_in_any_order",
    "columnar/test_columnar_registers.py::test_a_household_in_a_frame_is_told_what_it_would_be_told_by_itself",
    "columnar/test_columnar_registers.py::test_an_answer_asked_for_by_itself_is_that_of_all",
    "columnar/test_columnar_registers.py::test_so_it_is_whatever_the_engine[pandas",
    "comparison/test_comparison_edits.py::test_an_edit_is_found_with_somebody_who_shows_it",
    "comparison/test_comparison_impact.py::test_every_engine_counts_alike_by_township[p",
    "comparison/test_comparison_laws.py",
    "comparison/test_comparison_small_domains.py",
    "differential/",
    "docs/test_docs.py",
    "docs/test_error_codes.py::test_no_fault_that_somebody_may_meet_is_without_a_code",
    "docs/test_examples.py",
    "engine/test_engine_compiled.py::test_the_generated_function_agrees_with_the_reference_evaluator",
    "engine/test_engine_exact.py::test_a_change_that_is_proved_smallest_is_the_smallest_of_all",
    "engine/test_engine_exact.py::test_a_proved_change_is_never_larger_than_a_searched_one",
    "engine/test_engine_exact.py::test_an_exact_outcome_is_what_every_completion_says",
    "engine/test_engine_exact.py::test_search_and_solver_never_contradict_each_other",
    "expr/test_expr_laws.py",
    "laws/",
    "packs/",
    "registry/test_registry.py::test_most_simulated_households_are_small",
    "registry/test_registry_filled_forms.py::test_nothing_that_is_known_is_lost_on_the_forms",
    "registry/test_registry_json_lines.py::test_a_damaged_line_reads_or_fails_the_same",
    "registry/test_registry_json_lines.py::test_a_hostile_value_reads_or_fails_the_same",
    "registry/test_registry_json_lines.py::test_a_number_at_its_bounds_reads_or_fails_the_same",
    "registry/test_simulated_yucheng.py",
    "report/test_report_figures.py::test_with_nothing_held_back_all_numbers_are_those_of_assess",
    "review/test_review_laws.py",
    "review/test_review_shipped.py",
    "schemas/test_schemas.py::test_whatever_is_answered_under_a_shipped_pack_fits_its_schema",
    "schemas/test_schemas.py::test_whatever_the_cases_of_a_pack_come_to_fits_its_schema",
    "schemas/test_schemas_of_files.py::test_whatever_is_answered_about_a_case_fits_its_schema",
    "schemas/test_schemas_of_files.py::test_whatever_is_entered_in_a_journal_fits_its_schema",
    "schemas/test_schemas_read.py",
    "testing/test_testing_case_machine.py::test_a_core_that_breaks_a_promise_does_not_get_through",
    "testing/test_testing_case_machine.py::test_a_machine_built_from_the_guards_goes_through",
    "testing/test_testing_case_machine.py::test_chance_alone_takes_a_walk_as_far",
    "testing/test_testing_case_machine.py::test_walks_reach_every_state_of_a_small_procedure",
    "testing/test_testing_check_policy.py::test_a_policy_that_breaks_a_law_is_found_out",
    "testing/test_testing_check_policy.py::test_a_waived_law_needs_a_reason_and_something_that_breaks_it",
    "testing/test_testing_check_policy.py::test_every_shipped_pack_keeps_the_laws_or_says_why_not",
    "testing/test_testing_check_policy.py::test_the_same_seed_gives_the_same_answer",
    "testing/test_testing_explore.py::test_every_state_is_reached_every_move_is_taken_and_nothing_is_broken",
    "testing/test_testing_explore.py::test_results_do_not_depend_on",
    "testing/test_testing_mutants.py::test_a_registration_with_six_of_the_seven_signatures_is_noticed",
    "testing/test_testing_mutants.py::test_every_change_of_the_small_procedure_is_noticed",
    "testing/test_testing_mutants.py::test_nearly_every_change_of_a_shipped_procedure_is_noticed",
    "testing/test_testing_pytest_plugin.py::test_a_pack_that_cannot_be_tried_is_refused_before_anything_runs",
    "testing/test_testing_pytest_plugin.py::test_with_v_a_case_that_passed_is_explained",
    "testing/test_testing_strategies.py::test_near_a_policy_every_threshold_is_met",
    "testing/test_testing_tamper.py::test_a_registration_with_six_signatures",
    "testing/test_testing_tamper.py::test_one_seed_chooses_one_set_of_places",
    "testing/test_testing_tamper.py::test_only_a_checkpoint_shows",
    "workflow/test_workflow_diagram.py::test_every_form_says_every_part_of_every_guard_in_the_words_of_a_refusal",
    "workflow/test_workflow_diagram.py::test_labels_come_out_of_a_drawing_as_they_were_whatever_they_hold",
    "workflow/test_workflow_diagram.py::test_the_tables_line_up_and_no_line_is_wider_than_a_page",
    "workflow/test_workflow_options.py::test_what_is_called_ready_is_accepted_and_what_is_called_blocked",
    "workflow/test_workflow_pinned.py::test_every_installed_procedure_is_found_by_what_its_cases_are_pinned_to",
    "workflow/test_workflow_replay.py::test_a_journal_gives_the_same_case_and_the_same_bytes",
    "workflow/test_workflow_replay.py::test_results_depend_on_no_hash_seed_no_time_zone_and_no_locale",
    "workflow/test_workflow_replay.py::test_whatever_stands_in_an_entry_the_check_ends_in_findings",
    "workflow/test_workflow_validate.py::test_a_procedure_that_would_take_for_ever_to_check_is_refused",
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
