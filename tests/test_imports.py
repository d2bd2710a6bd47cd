"""The architecture: imports go one way, and heavy packages wait until they are needed."""

import ast
import subprocess
import sys

from conftest import ROOT

ORDER = (
    "errors document wording shipped files rubric raw script characters numbering decoding "
    "forms.web_lines forms.web forms.pdf_lines forms.pdf_furniture forms.pdf forms.word_styles forms.word_package forms.word_numbering forms.word_lines forms.word "
    "reader gbk realign repair layout outline dates places agencies metadata sentences sections reading "
    "concrete estimates ngrams features context labels calibration evaluation card explanation model classifiers training coverage assessment scoring page tables cli"
).split()
MODULES = {
    ".".join(path.relative_to(ROOT / "lawgov").with_suffix("").parts): path for path in (ROOT / "lawgov").rglob("*.py") if path.stem != "__init__"
}


def imported(module):
    """The modules of lawgov that a module imports when it is itself imported."""
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("lawgov"):
            yield (node.module or "").removeprefix("lawgov").lstrip(".") or "__init__"


def test_every_module_has_its_place():
    assert sorted(ORDER) == sorted(MODULES)


def test_no_module_imports_one_to_its_right():
    for place, module in enumerate(ORDER):
        for other in imported(module):
            assert other == "__init__" or ORDER.index(other) < place, f"{module} imports {other}"


def test_only_the_command_prints():
    for path in MODULES.values():
        calls = (n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Call))
        printed = [n for n in calls if isinstance(n.func, ast.Name) and n.func.id == "print"]
        assert not printed, path.name


def loaded_by(statement):
    code = f"import sys; {statement}; print(*sorted({{m.partition('.')[0] for m in sys.modules}}))"
    return set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())


def test_importing_lawgov_loads_nothing_heavy():
    assert not loaded_by("import lawgov") & {"numpy", "scipy", "sklearn", "pandas", "rich", "click", "opencc", "pypinyin", "jinja2", "lxml", "docx", "pypdfium2"}


def test_the_commands_help_loads_nothing_heavy():
    assert not loaded_by("import lawgov.cli") & {"numpy", "scipy", "sklearn", "pandas", "rich", "opencc", "pypinyin", "jinja2", "lxml", "docx", "pypdfium2"}


def test_names_of_the_package_resolve():
    import lawgov

    assert all(getattr(lawgov, name) is not None for name in lawgov.__all__)
    assert set(lawgov.__all__) <= set(dir(lawgov))
