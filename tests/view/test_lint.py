"""The page's own scripts and styles: what the linter says, and what it cannot see because the scripts share one scope."""

import re
import subprocess
from pathlib import Path

import pytest

from kg.view.explorer import SCRIPTS, STYLES

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "kg" / "view" / "page"
ESLINT = ROOT / "node_modules" / ".bin" / "eslint"


def test_eslint_has_no_complaint() -> None:
    if not ESLINT.exists():
        pytest.skip("ESLint is not installed (npm install)")
    command = [ESLINT, "--max-warnings", "0", "kg/view/page", "eslint.config.js"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert found.returncode == 0, found.stdout + found.stderr


def test_every_script_and_style_is_joined_into_the_page() -> None:
    assert {path.name for path in PAGE.iterdir()} == {*SCRIPTS, *STYLES, "explorer.html"}


def test_what_a_script_declares_is_declared_once_and_used() -> None:
    text = "\n".join((PAGE / name).read_text(encoding="utf-8") for name in SCRIPTS)
    declared = re.findall(r"^(?:async function|function\*?|const|let|class) ([\w$]+)", text, re.MULTILINE)
    assert sorted(declared) == sorted(set(declared))
    assert [name for name in declared if len(re.findall(rf"(?<![\w$]){re.escape(name)}(?![\w$])", text)) < 2] == []


def test_styles_use_the_colours_that_they_declare() -> None:
    text = "\n".join((PAGE / name).read_text(encoding="utf-8") for name in STYLES)
    declared = set(re.findall(r"(--[\w-]+)\s*:", text))
    assert set(re.findall(r"var\((--[\w-]+)", text)) <= declared
