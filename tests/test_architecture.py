"""The layers of the code, kept by a test: who may import whom, where the clock is, what loads."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "coach"

LAYERS = {
    "model": {"model"},
    "policy": {"model", "policy"},
    "reading": {"model", "reading"},
    "planning": {"model", "reading", "policy", "planning"},
    "catalogue": {"model", "catalogue"},
    "storage": {"model", "storage"},
    "exchange": {"model", "exchange"},
    "service": {
        "model",
        "policy",
        "reading",
        "planning",
        "catalogue",
        "storage",
        "exchange",
        "service",
    },
    "cli": {"model", "service", "exchange", "cli", "ui"},
    "ui": {"model", "service", "ui"},
}
SHARED = {"dates", "descriptions", "wording"}
PURE = ("model", "policy", "reading", "planning")
IMPURE_MODULES = {
    "io",
    "os",
    "pathlib",
    "random",
    "secrets",
    "shutil",
    "socket",
    "subprocess",
    "tempfile",
    "time",
    "uuid",
    "sqlite3",
}
CLOCK_CALLS = {("date", "today"), ("datetime", "now"), ("datetime", "utcnow"), ("time", "time")}
ONLY_IN = {
    "textual": "ui",
    "rich": "ui",
    "tinydb": "storage",
    "click": "cli",
}
NETWORK = {"socket", "http", "urllib", "ftplib", "smtplib", "requests", "httpx", "aiohttp"}

MODULES = sorted(PACKAGE.rglob("*.py"))


def layer_of(path: Path) -> str:
    """The package a module is in; the modules beside the packages have none."""
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else ""


def imports(path: Path) -> Iterator[str]:
    """Every imported module; imports inside functions and those for the type checker count too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def dotted(path: Path) -> str:
    """The name by which a module is imported."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_imports_only_the_layers_below_it(path: Path) -> None:
    layer = layer_of(path)
    for name in imports(path):
        parts = name.split(".")
        if layer and parts[0] == "coach" and len(parts) > 2:
            assert parts[1] in LAYERS[layer] | SHARED, f"{named(path)} imports {name}"
        # The planner gives values: their sentences are written where they are stored or shown.
        assert (layer, name.rpartition(".")[0]) != ("planning", "coach.wording"), named(path)


def test_no_module_imports_itself_by_way_of_others() -> None:
    known = {dotted(path) for path in MODULES}
    graph = {
        dotted(path): {
            module
            for name in imports(path)
            if (module := name if name in known else name.rpartition(".")[0]) in known
            and module != dotted(path)
        }
        for path in MODULES
    }
    while graph:
        free = {module for module, needs in graph.items() if not needs & graph.keys()}
        needed = set().union(*graph.values())
        free |= {module for module in graph if module not in needed}
        assert free, f"import circle among {sorted(graph)}"
        graph = {module: needs for module, needs in graph.items() if module not in free}


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_library_stays_in_its_layer_and_nothing_reaches_the_network(
    path: Path,
) -> None:  # INV-42
    for name in imports(path):
        top = name.split(".")[0]
        assert layer_of(path) == ONLY_IN.get(top, layer_of(path)), f"{named(path)} imports {name}"
        assert top not in NETWORK, f"{named(path)} imports {name}"


@pytest.mark.parametrize(
    "path", [p for p in MODULES if layer_of(p) in PURE or p.stem in SHARED], ids=named
)
def test_a_pure_module_has_no_files_no_clock_and_no_chance(path: Path) -> None:
    assert not {name.split(".")[0] for name in imports(path)} & IMPURE_MODULES
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = ast.unparse(node.func.value).split(".")[-1]
            assert (owner, node.func.attr) not in CLOCK_CALLS, f"{named(path)}:{node.lineno}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id != "open", f"{named(path)}:{node.lineno}"


def test_only_the_service_asks_for_the_time() -> None:
    asking = set()
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                owner = ast.unparse(node.func.value).split(".")[-1]
                if (owner, node.func.attr) in CLOCK_CALLS:
                    asking.add(named(path))
    assert asking == {"coach/service/service.py"}


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_files_and_functions_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 700, f"{named(path)} is long"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            length = node.end_lineno - node.lineno + 1
            assert length <= 50, f"{named(path)}:{node.lineno} {node.name} has {length} lines"


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_every_public_name_has_a_docstring(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), f"{named(path)} has no docstring"
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            public = not node.name.startswith("_")
            assert not public or ast.get_docstring(node), f"{named(path)}:{node.lineno} {node.name}"


def loaded_by(*arguments: str) -> set[str]:
    """The top-level modules that a fresh interpreter has loaded after running the arguments."""
    code = (
        "import sys\n"
        f"sys.argv = ['coach', *{arguments[1:]!r}]\n"
        f"{arguments[0]}\n"
        "print('\\n'.join(sorted({name.split('.')[0] for name in sys.modules})))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "COACH_DATA_DIR": os.devnull},
    )
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "arguments",
    [("import coach.service.service",), ("from coach.__main__ import main; main()", "--version")],
    ids=["service", "version"],
)
def test_answers_without_a_screen_load_no_screen_library(arguments: tuple[str, ...]) -> None:
    loaded = loaded_by(*arguments)
    assert "coach" in loaded
    assert not loaded & {"textual", "rich", "pypdf", "icalendar", "asyncio", "filelock"}


def test_version_loads_nothing_but_the_package() -> None:
    loaded = loaded_by("from coach.__main__ import main; main()", "--version")
    assert not loaded & {"click", "msgspec", "tinydb", "json"}


@pytest.mark.parametrize(("opener", "words"), [("open_app", ()), ("open_demo", ("demo",))])
def test_opening_the_app_loads_no_parser_of_commands(opener: str, words: tuple[str, ...]) -> None:
    loaded = loaded_by(
        f"import coach.cli, coach.cli.app, coach.ui.screens.schedule\n"
        f"coach.cli.app.{opener} = lambda session: print('opened')\n"
        f"coach.cli.app.lacks_terminal = lambda: False\n"
        f"coach.cli.run({list(words)})"
    )
    assert "opened" in loaded
    assert "click" not in loaded


def test_the_app_loads_no_openssl() -> None:
    loaded = loaded_by(
        "import coach.__main__, coach.cli.app\n"
        "coach.cli.app.lacks_terminal = lambda: False\n"
        "coach.cli.app.open_app = lambda session: __import__('coach.ui.app')\n"
        "coach.__main__._leave = lambda code: None\n"
        "coach.__main__.main()"
    )
    assert "textual" in loaded
    assert not loaded & {"_ssl", "_hashlib", "_bz2", "_lzma"}
