"""The arrows of docs/architecture: which part may import which, and no circles between modules."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "kg"

BASE = {"records", "ids", "errors"}
READERS = BASE | {"ontology", "reference", "settings", "saved_queries", "geonames", "tables"}
ALLOWED: dict[str, set[str]] = {
    "records": set(),
    "ids": set(),
    "errors": set(),
    "saved_queries": BASE,
    "ontology": BASE | {"saved_queries"},
    "ontology_docs": READERS,
    "reference": BASE | {"tables"},
    "reference_import": READERS | {"reference_sources"},
    "reference_sources": BASE,
    "settings": BASE,
    "geonames": BASE,
    "tables": BASE,
    "report": READERS,
    "read": READERS,
    "extract": READERS,
    "link": READERS,
    "graph": READERS,
    "view": READERS | {"graph"},
    "ask": READERS | {"graph"},
    "serve": READERS | {"graph", "view", "ask"},
    "build": READERS | {"read", "extract", "link", "graph", "view", "report"},
    "scale": READERS | {"read", "extract", "link", "graph", "view", "report", "build"},
    "evaluate": READERS | {"graph"},
}
FREE = {"cli", "cli_link", "cli_rules", "cli_serve", "__main__"}
"""Parts that may import everything."""

ONLY_IN = {
    "spacy": {"extract"},
    "pyvis": {"view"},
    "pyshacl": {"graph"},
    "typer": {"cli", "cli_link", "cli_rules", "cli_serve"},
}
"""Libraries that one part alone knows."""


def modules():
    return {
        ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): path
        for path in PACKAGE.rglob("*.py")
        if "data" not in path.relative_to(PACKAGE).parts
    }


def imports(path, *, at_import=False):
    """Return the dotted names that a module imports; with `at_import`, only those that run when it is imported."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = set()
    if at_import:
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
        inside = {id(child) for function in functions for child in ast.walk(function)}
    found = set()
    for node in ast.walk(tree):
        if id(node) in inside:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide what is imported"
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def part(module):
    """Return the part of a dotted name of ours: "kg.graph.write" → "graph"; None for the package itself."""
    names = module.split(".")
    return names[1] if len(names) > 1 else None


MODULES = modules()


@pytest.mark.parametrize("module", sorted(MODULES))
def test_arrows_point_one_way(module):
    own = part(module)
    if own is None or own in FREE:
        return
    assert own in ALLOWED, f"say in {Path(__file__).name} what kg.{own} may import"
    used = {part(name) for name in imports(MODULES[module]) if name.startswith("kg.") and _is_part(part(name))}
    forbidden = used - ALLOWED[own] - {own}
    assert not forbidden, f"{module} must not import kg.{', kg.'.join(sorted(forbidden))}"


@pytest.mark.parametrize("library", sorted(ONLY_IN))
def test_one_part_alone_knows_a_library(library):
    users = {part(m) for m, path in MODULES.items() if library in {name.split(".")[0] for name in imports(path)}}
    assert users <= ONLY_IN[library], f"{library} is imported by {sorted(users)}"


def test_no_circles():
    graph = {m: {n for n in imports(path, at_import=True) if n in MODULES} - {m} for m, path in MODULES.items()}
    packages = {m for m in MODULES if MODULES[m].name == "__init__.py"}
    # A package's own modules name it in "from kg.x.y import z": only what its __init__ imports counts for it.
    graph = {m: {n for n in used if not (n in packages and m.startswith(n + "."))} for m, used in graph.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"modules import each other in a circle: {' → '.join(error.args[1])}")


def test_the_rules_find_a_forbidden_arrow(tmp_path):
    bad = tmp_path / "bad.py"
    bad.write_text("def f():\n    from kg.link import Linker\n")
    assert part("kg.link.Linker") == "link"
    assert "kg.link" in imports(bad)
    assert "kg.link" not in imports(bad, at_import=True)
    assert "link" not in ALLOWED["graph"]


def _is_part(name):
    return (PACKAGE / f"{name}.py").exists() or (PACKAGE / name).is_dir()
