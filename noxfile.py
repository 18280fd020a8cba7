"""
One entry for developers, the same here and in CI: `nox -s check` runs everything; `nox -l` lists the rest.

Sessions use the environment that nox itself is installed in: `pip install -e ".[dev]"` made it.
"""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nox
from nox.command import CommandFailed

nox.options.default_venv_backend = "none"
nox.options.sessions = ["check"]


def _format(session: nox.Session) -> None:
    session.run("ruff", "format", "--check", ".")


def _lint(session: nox.Session) -> None:
    session.run("ruff", "check", ".")


def _types(session: nox.Session) -> None:
    session.run("mypy")


def _packs(session: nox.Session) -> None:
    for pack in sorted(each.name for each in Path("src/fupin_rules/packs").iterdir() if each.is_dir()):
        session.run("fupin", "pack", "check", pack)
        session.run("fupin", "pack", "test", pack)


ON_ALL_CORES = ("-n", "auto", "--dist", "worksteal")
# It makes the page, and opens it once for all its tests.
IN_A_BROWSER = "tests/browser/test_browser_page.py"


def _tests(session: nox.Session) -> None:
    # Which are not counted, and why, stands in `tests/conftest.py`.
    session.run("pytest", *ON_ALL_CORES, "-m", "uncounted", "tests")
    session.run("coverage", "erase")
    counted = ("-m", "not uncounted", f"--ignore={IN_A_BROWSER}")
    session.run("coverage", "run", "-m", "pytest", *ON_ALL_CORES, *counted, *session.posargs)
    session.run("coverage", "combine", "--quiet")
    try:
        # One number, so that the closing lines of pytest stay in sight; the lines that no test reaches when it is low.
        session.run("coverage", "report", "--format=total")
    except CommandFailed:
        session.run("coverage", "report")


def _page(session: nox.Session) -> None:
    if shutil.which("npm") is None:
        session.warn("npm is not installed: the page for browsers is neither made nor tried")
        return
    session.run("python", "examples/browser/make_page.py", "build/page")
    session.run("pytest", "--quiet", IN_A_BROWSER)


OLDEST = ("attrs==24.2", "cattrs==24.1", "python-dateutil==2.9.0.post0", "python-calamine==0.4", "XlsxWriter==3.2")


def _oldest(session: nox.Session) -> None:
    place = session.create_tmp()
    session.run("python", "-m", "venv", "--clear", f"{place}/venv")
    python = f"{place}/venv/bin/python"
    session.run(python, "-m", "pip", "install", "--quiet", *OLDEST, "pytest", "pytest-xdist", "hypothesis")
    session.run(python, "-m", "pip", "install", "--quiet", "--no-deps", ".")
    session.run(
        python,
        "-m",
        "pytest",
        "--quiet",
        *ON_ALL_CORES,
        "tests/expr",
        "tests/model",
        "tests/policy",
        "tests/documents",
        "tests/journal",
        "tests/test_vocabulary.py",
    )


SITE = "build/site"


def _site(session: nox.Session) -> None:
    # The library of this folder, in notebooks too: their kernels are processes of their own.
    env = {"PYTHONPATH": str(Path("src").resolve())}
    # fmt: off
    session.run(
        "python", "-m", "sphinx", "--builder", "html", "--jobs", "auto", "--quiet",
        "--fresh-env", "--fail-on-warning", "--keep-going", "docs", SITE,
        env=env,
    )
    # fmt: on
    session.run("pytest", "--quiet", "tests/docs/test_site.py", env={"FUPIN_SITE": SITE})


@nox.session
def format(session: nox.Session) -> None:  # noqa: A001  the name people type
    """Check the formatting."""
    _format(session)


@nox.session
def lint(session: nox.Session) -> None:
    """Look for what does not belong."""
    _lint(session)


@nox.session
def types(session: nox.Session) -> None:
    """Check types, strictly."""
    _types(session)


@nox.session
def packs(session: nox.Session) -> None:
    """Check every shipped pack and run its cases."""
    _packs(session)


@nox.session
def tests(session: nox.Session) -> None:
    """Run tests, laws and the code in the docs, with branch coverage."""
    _tests(session)


@nox.session
def page(session: nox.Session) -> None:
    """Make the page for browsers in `build/page`, and try it in one."""
    _page(session)


@nox.session
def site(session: nox.Session) -> None:
    """Build the documentation site into `build/site`, notebooks executed, and look at it with the network cut off."""
    _site(session)


@nox.session
def oldest(session: nox.Session) -> None:
    """Run tests with the oldest dependencies that the library admits (`python-dateutil` 2.9 among them)."""
    _oldest(session)


@nox.session
def schemas(session: nox.Session) -> None:
    """Write the JSON Schemas of the reference and the declarations for TypeScript; needs Node.js and npm."""
    session.run("python", "docs/schemas.py")


@nox.session
def sweep(session: nox.Session) -> None:
    """Run the heavy checks: writers killed and many, changes of procedures, 10,000 pairs of policies, requests."""
    session.run(
        "pytest",
        "-n",
        "auto",
        "--dist",
        "worksteal",
        "tests/journal",
        "tests/testing",
        "tests/comparison",
        "tests/differential",
        "tests/engine",
        "tests/report",
        "tests/schemas",
        "tests/web",
        env={"FUPIN_SWEEP": "1"},
    )


@nox.session
def benchmark(session: nox.Session) -> None:
    """Measure steps, decisions, registers, lines, proofs and questions against what is written by hand and by peers."""
    session.run("python", "-m", "pip", "install", "--quiet", "-e", ".[benchmark]")
    for name in ("workflow", "peers", "frames", "json_lines", "comparison", "interview", "over_http"):
        session.run("python", f"benchmarks/{name}.py", *session.posargs)


@nox.session
def check(session: nox.Session) -> None:
    """Run everything."""
    for step in (_format, _lint):
        step(session)
    # Each of these keeps one core busy at most; the tests keep all.
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(step, session) for step in (_site, _page, _types, _packs)]:
            done.result()
    for step in (_oldest, _tests):
        step(session)
