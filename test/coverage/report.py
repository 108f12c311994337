# SPDX-License-Identifier: MIT
"""Shows what run.sh has measured: of each file and of all, how many lines and sides of branches are reached, and which are not."""
import argparse
import collections
import json
import os

ROOT = os.getcwd() + "/"
texts = {}


def text_of(file, line):
    if file not in texts:
        with open(file, encoding="utf-8") as source:
            texts[file] = source.read().split("\n")
    return " ".join(texts[file][line - 1].split())


def read_lines(build):
    """How often each line ran, and the functions with their first lines."""
    lines, functions, file = {}, collections.defaultdict(dict), None
    with open(build + "/all.lcov", encoding="utf-8") as rows:
        for row in rows:
            kind, _, rest = row.rstrip("\n").partition(":")
            if kind == "SF":
                file = rest.removeprefix(ROOT)
            elif kind == "DA":
                line, count = rest.split(",")[:2]
                lines[file, int(line)] = int(count)
            elif kind == "FN":
                line, name = rest.split(",")
                functions[file][int(line)] = name.split(":")[-1]
    return lines, functions


def read_branches(build):
    """How often each side was taken, over all that a function of a header was compiled into."""
    sides = collections.defaultdict(lambda: [0, 0])
    with open(build + "/all.text", encoding="utf-8") as file:
        files = json.load(file)["data"][0]["files"]
    for file in files:
        name = file["filename"].removeprefix(ROOT)
        for line, column, _, _, taken, passed, *_ in file["branches"]:
            sides[name, line, column][0] += taken
            sides[name, line, column][1] += passed
    return sides


def function_of(functions, file, line):
    starts = [start for start in functions[file] if start <= line]
    return functions[file][max(starts)] if starts else "-"


def unreached(lines, functions, sides):
    """FILE:LINE, FUNCTION, "line" or how many sides of its branches, text. Sides of a line that is not reached have no row of their own."""
    missed = collections.Counter()
    for (file, line, _), counts in sides.items():
        missed[file, line] += counts.count(0) if lines.get((file, line), 1) else 0
    found = {place: str(count) for place, count in missed.items() if count}
    found.update((place, "line") for place, count in lines.items() if count == 0 and text_of(*place) != "}")
    for (file, line), what in sorted(found.items()):
        yield f"{file}:{line}\t{function_of(functions, file, line)}\t{what}\t{text_of(file, line)}"


def show(lines, sides):
    """A row for each file: lines reached, all lines, percent; the same of branches."""
    table = collections.defaultdict(lambda: [0, 0, 0, 0])
    for (file, _), count in lines.items():
        for name in file, "all":
            table[name][0] += count > 0
            table[name][1] += 1
    for (file, _, _), counts in sides.items():
        for name in file, "all":
            table[name][2] += 2 - counts.count(0)
            table[name][3] += 2
    all_files = table.pop("all")
    for name, (line, line_count, side, side_count) in [*sorted(table.items()), ("all", all_files)]:
        print(f"{name:36} lines {share(line, line_count)}   branches {share(side, side_count)}")


def share(part, whole):
    return f"{part:5} of {whole:5} {100 * part / whole if whole else 100:6.2f} %"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build", help="the folder with all.lcov and all.text")
    parser.add_argument("--unreached", action="store_true", help="list what is not reached instead")
    options = parser.parse_args()
    lines, functions = read_lines(options.build)
    sides = read_branches(options.build)
    if options.unreached:
        print("\n".join(unreached(lines, functions, sides)))
    else:
        show(lines, sides)


main()
