"""Reads what `cnic` writes with the tools of others, by the examples of docs/tables.md.

Each example must give the cells of `cnic response --format json`, and the table of what happens without options must be as it
stands there; --bless writes it.
"""

import csv
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import datafusion
import duckdb
import pandas
import polars
import pyarrow
import pyarrow.csv
import pyarrow.json
import pyarrow.parquet

ROOT = Path(__file__).resolve().parent.parent
CNIC = ROOT / "target/debug/cnic"
LIST = ROOT / "interop/list.txt"
PAGE = ROOT / "docs/tables.md"
DEFAULTS = re.compile(r"(<!-- defaults -->\n).*(<!-- end of defaults -->)", re.DOTALL)

# A stream whose last response has a column that no other has, behind the sample of every tool.
RESPONSES = 25_000
LATE = {"domain": ["example.org"], "status": ["ACTIVE"]}

# What a format or a tool cannot keep apart: these read a hole as the given value.
HOLES = {("CSV", "pandas"): ""}
EMPTY_CELLS = {("CSV", "DataFusion"): None}

# The tools, as they read CSV without options.
TOOLS = {
    "DuckDB": lambda path: duckdb.read_csv(path),
    "polars": lambda path: polars.read_csv(path),
    "pandas": lambda path: pandas.read_csv(path),
    "pyarrow": lambda path: pyarrow.csv.read_csv(path),
    "DataFusion": lambda path: datafusion.SessionContext().read_csv(path),
}


def cnic(*arguments):
    """Runs `cnic` in the current folder, and returns what it wrote."""
    return subprocess.run([CNIC, *arguments], check=True, capture_output=True, text=True).stdout


def columns_of(table):
    """Returns the columns of anybody's table, by name, in Python's own values."""
    if isinstance(table, duckdb.DuckDBPyRelation):
        rows = table.fetchall()
        return {name: [row[at] for row in rows] for at, name in enumerate(table.columns)}
    if isinstance(table, polars.DataFrame):
        return table.to_dict(as_series=False)
    if isinstance(table, pandas.DataFrame):
        # Whatever stands for a missing value there is None here.
        return {
            name: [None if pandas.api.types.is_scalar(cell) and pandas.isna(cell) else cell for cell in table[name]]
            for name in table.columns
        }
    if isinstance(table, datafusion.DataFrame):
        return table.to_pydict()
    return table.to_pydict()


def log():
    """Yields the text of the stream."""
    head = "[RESPONSE]\ncode = 200\ndescription = Command completed successfully\n"
    for number in range(RESPONSES - 1):
        yield f"{head}property[domain][0] = example{number}.com\nEOF\n"
    yield head
    for name, cells in LATE.items():
        yield f"property[{name}][0] = {cells[0]}\n"
    yield "EOF\n"


def examples():
    """Yields the format, the tool and the code of each example of the page."""
    for section in PAGE.read_text().split("\n## ")[1:]:
        format = section.splitlines()[0]
        for code in re.findall(r"```python\n(.*?)```", section, re.DOTALL):
            yield format, code.splitlines()[0].removeprefix("# "), code


def check(format, tool, code, expected):
    """Runs an example and compares its table with the cells of the response."""
    names = {
        "csv": csv, "datafusion": datafusion, "duckdb": duckdb, "json": json,
        "pandas": pandas, "polars": polars, "pyarrow": pyarrow,
    }  # fmt: skip
    exec(code, names)
    read = columns_of(names["table"])
    if format == "JSON lines":
        # By its domain, since DataFusion reads a file in parts and gives the lines in any order.
        found = [dict(columns) for columns in read["columns"]]
        found = [columns for columns in found if list(columns["domain"]) == LATE["domain"]]
        found = [{name: list(cells) for name, cells in late.items()} for late in found]
        assert found == [LATE], f"{format}, {tool}: {found}"
        assert len(read["columns"]) == RESPONSES, f"{format}, {tool}: {len(read['columns'])} lines"
        print(f"ok: {format}, {tool}: {RESPONSES} lines")
        return
    assert "domain" in read and "expirationdate" in read, f"{format}, {tool}: {list(read)}"
    hole, empty = HOLES.get((format, tool)), EMPTY_CELLS.get((format, tool), "")
    for name, cells in read.items():
        wanted = [{None: hole, "": empty}.get(cell, cell) for cell in expected[name]]
        assert cells == wanted, f"{format}, {tool}: column {name} is {cells}, not {wanted}"
    if format != "JSON" or tool not in ("DuckDB", "DataFusion"):
        assert list(read) == list(expected), f"{format}, {tool}: columns {list(read)}"
    print(f"ok: {format}, {tool}: {len(read)} columns")


def in_words(cell, original):
    """Says what became of a cell."""
    if cell == original and type(cell) is type(original):
        return "kept"
    if cell is None:
        return "null"
    if cell == "":
        return "`\"\"`"
    return f"{type(cell).__name__} `{cell}`"


def cells_without_options(tool, text):
    """Returns the columns of a CSV text as a tool reads it, or None if it does not read it."""
    path = "one.csv"
    Path(path).write_text(text)
    try:
        return columns_of(TOOLS[tool](path))
    except Exception:
        return None


def defaults(expected):
    """Makes the table of what happens without options."""
    lines = [f"| Cell | {' | '.join(TOOLS)} |", "|---" * (len(TOOLS) + 1) + "|"]

    def line(title, text, name, row, original):
        told = []
        for tool in TOOLS:
            columns = cells_without_options(tool, text)
            if columns is None:
                told.append("an error")
            elif name not in columns or len(columns[name]) <= row:
                told.append("not there")
            else:
                told.append(in_words(columns[name][row], original))
        lines.append(f"| {title} | {' | '.join(told)} |")

    text = Path("list.csv").read_text()
    for name, cells in expected.items():
        row = 1 if None in cells or "" in cells else 0
        cell = cells[row]
        # One column beside it, so that no tool fails because of another one.
        column = cnic("response", "--format", "csv", "--columns", f"domain,{name}", str(LIST))
        title = {None: "a hole", "": "an empty cell"}.get(cell, f"`{cell}`")
        if name != "domain":
            line(title, column, name, row, cell)
    late = "domain,postcode\n" + "".join(
        f"example{n}.com,{'SW1A' if n == 4000 else 10115}\n" for n in range(5000)
    )
    line("`10115`, then `SW1A` in row 4,000", late, "postcode", 0, "10115")
    line("an empty file", "", "domain", 0, "")
    assert text.count("\n") == 4
    return "\n".join(lines) + "\n"


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        document = cnic("response", "--format", "json", str(LIST))
        Path("list.json").write_text(document)
        Path("list.csv").write_text(cnic("response", "--format", "csv", str(LIST)))
        Path("list.jsonl").write_text(cnic("response", "--format", "jsonl", str(LIST)))
        cnic("response", "--format", "parquet", "-o", "list.parquet", str(LIST))
        expected = json.loads(document)["columns"]
        Path("log.txt").write_text("".join(log()))
        Path("log.jsonl").write_text(cnic("response", "--all", "log.txt"))

        ran = 0
        for format, tool, code in examples():
            check(format, tool, code, expected)
            ran += 1
        assert ran == 5 * len(TOOLS), f"{ran} examples"

        page = PAGE.read_text()
        blessed = DEFAULTS.sub(lambda match: match[1] + defaults(expected) + match[2], page)
        if "--bless" in sys.argv:
            PAGE.write_text(blessed)
        elif blessed != page:
            sys.exit("docs/tables.md: what happens without options has changed; see interop/run --bless")
        print("ok: what happens without options")


main()
