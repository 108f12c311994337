# SPDX-License-Identifier: MIT
"""Shows what run.sh has measured: of each file and of all, how many lines and sides of branches are reached; which are not; and whether those
are what unreached.known lists."""
import argparse
import collections
import json
import os
import re
import sys

ROOT = os.getcwd() + "/"
KNOWN = "test/coverage/unreached.known"
texts = {}


def text_of(file, start, end):
    """The source between two places, lines and columns from 1, with single blanks."""
    if file not in texts:
        with open(file, encoding="utf-8") as source:
            texts[file] = source.read().split("\n")
    lines = texts[file][start[0] - 1 : end[0]]
    lines[-1] = lines[-1][: end[1] - 1]
    lines[0] = lines[0][start[1] - 1 :]
    return " ".join(" ".join(lines).split())


def line_text(file, line):
    return text_of(file, (line, 1), (line, sys.maxsize))


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
        for line, column, end_line, end_column, taken, passed, *_ in file["branches"]:
            place = name, (line, column), (end_line, end_column)
            sides[place][0] += taken
            sides[place][1] += passed
    return sides


def function_of(functions, file, line):
    starts = [start for start in functions[file] if start <= line]
    return functions[file][max(starts)] if starts else "-"


def is_switch(file, start):
    return text_of(file, (start[0], 1), start).endswith("switch (")


def side_name(file, start, taken):
    if is_switch(file, start):
        return "none of the cases"
    return "never true" if taken else "never false"


def places(lines, functions, sides):
    """FILE, LINE, how often it was reached, and what unreached.known calls it. Sides on a line that is not reached are none of them."""
    for (file, line), count in lines.items():
        yield file, line, count, f"{file}: {function_of(functions, file, line)}: {line_text(file, line)}"
    for (file, start, end), counts in sides.items():
        if lines.get((file, start[0]), 1):
            name = f"{file}: {function_of(functions, file, start[0])}: {text_of(file, start, end)}: "
            yield file, start[0], counts[0], name + side_name(file, start, True)
            if not is_switch(file, start):
                yield file, start[0], counts[1], name + side_name(file, start, False)


def read_known():
    """Beginnings of what may be unreached, and what must be, with the lines that say so."""
    may, must = {}, collections.defaultdict(list)
    with open(KNOWN, encoding="utf-8") as file:
        for number, row in enumerate(file, 1):
            row = row.rstrip("\n")
            if row.startswith("? "):
                may[row[2:]] = number
            elif row and not row.startswith("#"):
                must[row].append(number)
    return may, must


def runs_here(file, kernels):
    """Kernels of other machines are left out, and where none is for bodies of an unknown layout, all that is compiled into such alone."""
    kernel = re.fullmatch("lib/accept/kernel_(.*)[.]c", file)
    return kernel[1] in kernels if kernel else "avx2" in kernels or not file.startswith("lib/accept/")


def differences(found, kernels):
    """A message for each place that is unreached and not listed, or listed and reached."""
    may, must = read_known()
    reached, unreached = set(), collections.defaultdict(list)
    for file, line, count, name in found:
        if count:
            reached.add(name)
        elif runs_here(file, kernels):
            unreached[name].append(f"{file}:{line}")
    for name, at in sorted(unreached.items()):
        for place in [] if name.startswith(tuple(may)) else at[len(must[name]) :]:
            yield f"{place}: not reached, and not listed in {KNOWN}: {name}"
    for name, numbers in must.items():
        for number in numbers[len(unreached[name]) :] if runs_here(name.partition(":")[0], kernels) else []:
            yield f"{KNOWN}:{number}: {'is reached' if name in reached else 'there is no such place'}: {name}"
    for beginning, number in may.items():
        if not any(name.startswith(beginning) for name in [*reached, *unreached]):
            yield f"{KNOWN}:{number}: there is no such place: {beginning}"


def check(found, kernels):
    messages = list(differences(found, kernels))
    if messages:
        sys.exit("\n".join(messages))
    print(f"What is not reached is what {KNOWN} lists.")


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
    parser.add_argument("build", help="the folder with all.lcov, all.text and kernels.txt")
    parser.add_argument("--unreached", action="store_true", help="list what is not reached instead, as unreached.known has it")
    parser.add_argument("--check", action="store_true", help="compare what is not reached with unreached.known")
    options = parser.parse_args()
    lines, functions = read_lines(options.build)
    sides = read_branches(options.build)
    found = sorted(places(lines, functions, sides))
    if options.unreached:
        print("\n".join(f"{line}\t{name}" for _, line, count, name in found if count == 0))
    else:
        show(lines, sides)
    if options.check:
        with open(options.build + "/kernels.txt", encoding="utf-8") as kernels:
            check(found, kernels.read().split())


main()
