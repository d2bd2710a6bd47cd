"""The commands in the READMEs print what the READMEs say. (Their Python examples run as doctests.)"""

import os
import pathlib
import re
import shlex
import subprocess
import sys

import pytest
from conftest import ROOT

READMES = ("README.md", "README.zh.md")


def consoles(name):
    """The commands and their output in the ```console blocks of a file."""
    text = (ROOT / name).read_text(encoding="utf-8")
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for part in block.split("$ ")[1:]:
            command, _, output = part.partition("\n")
            yield pytest.param(command, output, id=f"{name}: {command}")


@pytest.mark.parametrize("command, output", [case for name in READMES for case in consoles(name)])
def test_command_prints_what_the_readme_says(command, output):
    environment = os.environ | {"PATH": f"{pathlib.Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    result = subprocess.run(shlex.split(command), capture_output=True, encoding="utf-8", cwd=ROOT, env=environment)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == output


def test_both_readmes_show_a_command():
    assert all(len(list(consoles(name))) >= 1 for name in READMES)
