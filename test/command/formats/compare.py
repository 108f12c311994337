#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Reads one run in all formats, as the systems that they are for would, and compares what each of them says.

compare.py FOLDER, which holds report.json, .sarif, .github, .gitlab, .xml, .tap.json (made by tap.pl) and .full
"""
import collections
import json
import re
import sys
import urllib.parse
import xml.etree.ElementTree as xml

import junitparser

Remark = collections.namedtuple('Remark', 'path line column rule level standing text')
OPEN = 'open'
problems = []


def check(good, *what):
    if not good:
        problems.append(' '.join(str(word) for word in what))


def read(name):
    with open(f'{sys.argv[1]}/report.{name}', 'rb') as file:
        return file.read()


def unshown(text):
    """Undoes what is done to show unsafe characters; a byte that is not UTF-8 becomes U+FFFD."""
    text = re.sub(r'\\u\{([0-9a-f]+)\}', lambda found: chr(int(found[1], 16)), text)
    return re.sub(r'\\x([0-9a-f]{2})', lambda found: chr(int(found[1], 16)) if found[1] < '80' else '\ufffd', text)


def plain(path):
    """What systems call a file that was named with "./" before it."""
    return re.sub(r'^(\./+)+', '', path)


def split_answer(text):
    """The text of a remark, and the documented error behind it."""
    found = re.match(r'(?s)(.*?)(?:\. Answered with (.*)|(; no error is documented for this))?$', text)
    return found[1], found[2] or (found[3] and 'none')


# ---- JSON: what all others must say


def json_text(result, violation):
    subject = ''
    if violation['in'] == 'body':
        subject = (violation['pointer'] or 'body') + ': '
    elif violation['in'] != 'file':
        subject = violation['in'] + (violation['field'] and ' ' + violation['field']) + ': '
    return entry_of(result) + subject + violation['message']


def entry_of(result):
    return f"entry {result['entry']}{' ' + result['direction'] if 'direction' in result else ''}: " if 'entry' in result else ''


def json_remark(result, violation):
    line = result.get('record', violation['line'])
    standing = 'expected' if violation.get('expected') else 'silenced' if 'silenced' in violation else OPEN
    return Remark(plain(result['input']), line, violation['column'] if line else 0, violation['rule'], violation['severity'], standing,
                  json_text(result, violation))


def json_answer(result):
    if result['verdict'] != 'invalid':
        return None
    error = result['error']
    return f"{error['status']} {error['code']} {error['message']}" if error else 'none'


def from_json():
    """All remarks with their answers; those that no violation stands for are named by the rules `unchecked` and `more`."""
    remarks, answers = [], []
    for result in json.loads(read('json')):
        for violation in result['violations']:
            remarks.append(json_remark(result, violation))
            answered = violation['severity'] == 'error' and violation['in'] != 'file'
            answers.append(json_answer(result) if answered else None)
        line = result.get('record', 0)
        if result.get('truncated'):
            standing = 'expected' if any('expected' in one for one in result['violations']) else OPEN
            remarks.append(Remark(plain(result['input']), line, 0, 'more', None, standing, None))
            answers.append(None)
        if result['verdict'] == 'unchecked' and 'direction' in result:
            standing = 'expected' if result['passed'] else OPEN
            text = f"{entry_of(result)}not checked: {result['reason']}"
            remarks.append(Remark(plain(result['input']), line, 0, 'unchecked', 'error', standing, text))
            answers.append(None)
    return remarks, answers


# ---- SARIF


def sarif_path(location):
    uri = location['physicalLocation']['artifactLocation']['uri']
    check(re.fullmatch(r"[A-Za-z0-9._~/%-]+", uri), 'not a URI:', uri)
    text = urllib.parse.unquote_to_bytes(uri).decode('utf-8', 'surrogateescape')
    return re.sub('[\udc80-\udcff]', '\ufffd', text)


def sarif_remark(result, rules):
    check(rules[result['ruleIndex']]['id'] == result['ruleId'], 'wrong index of', result['ruleId'])
    properties = result['properties']
    standing = properties.get('standing', OPEN)
    check(bool(result['suppressions']) == (standing != OPEN), 'suppressed or not:', result)
    check(result['level'] == (properties['severity'] if standing == OPEN else 'note'), 'level of', result)
    region = result['locations'][0]['physicalLocation']['region']
    text, answer = split_answer(result['message']['text'])
    remark = Remark(sarif_path(result['locations'][0]), region['startLine'], region.get('startColumn', 0), result['ruleId'],
                    properties['severity'], standing, unshown(text))
    if answer and answer != 'none':
        error = properties['error']
        check(answer == f"{error['status']} {error['code']} {error['message']}", 'error of', result)
    return remark, answer


def check_fingerprints(fingerprints):
    check(all(re.fullmatch('[0-9a-f]{32}', one) for one in fingerprints), 'a fingerprint is malformed')
    check(len(set(fingerprints)) == len(fingerprints), 'fingerprints are not unique')


def from_sarif():
    run, = json.loads(read('sarif'))['runs']
    results = run['results']
    check_fingerprints([one['partialFingerprints']['bodycheckRemark/v1'] for one in results])
    rules = run['tool']['driver']['rules']
    check(len({rule['id'] for rule in rules}) == len(rules), 'rules are there twice')
    both = [sarif_remark(result, rules) for result in results]
    unread = any(remark.rule in ('unread', 'mapping', 'har', 'http') for remark, _ in both)
    invocation, = run['invocations']
    check(invocation['executionSuccessful'] == (not unread), 'executionSuccessful', invocation)
    check(bool(invocation['toolExecutionNotifications']) == unread, 'notifications', invocation)
    return [one[0] for one in both], [one[1] for one in both]


# ---- GitHub, as its runner reads a line

LINE = re.compile(r'(?s)(.*?)(?::(\d+))?(?::(\d+))?: (expected |silenced )?(error|warning|note): (.*?) \[([a-z.-]+)\](?: \((.*)\))?')


def line_remark(line):
    """A remark as one line, from the log or the text of a test case."""
    path, number, column, standing, level, text, rule, _ = LINE.fullmatch(line).groups()
    return Remark(plain(unshown(path)), int(number or 0), int(column or 0), rule, level, (standing or OPEN).strip(), unshown(text))


def unescaped(text):
    return text.replace('%3A', ':').replace('%2C', ',').replace('%0D', '\r').replace('%0A', '\n').replace('%25', '%')


def github_remark(line):
    command, properties, message = re.fullmatch(r'::(\w+)(?: ([^:]*))?::(.*)', line).groups()
    message = unescaped(message)
    if command == 'debug':
        return line_remark(message), None
    values = {name: unescaped(value) for name, value in (one.split('=', 1) for one in properties.split(','))}
    check(values['title'].startswith('bodycheck '), 'title of', line)
    text, answer = split_answer(message)
    if 'file' not in values:
        return line_remark(text), answer
    return Remark(unshown(values['file']), int(values.get('line', 0)), int(values.get('col', 0)), values['title'][len('bodycheck '):],
                  {'notice': 'note'}.get(command, command), OPEN, unshown(text)), answer


def from_github():
    lines = read('github').decode().split('\n')
    check(lines.pop() == '', 'the last line does not end')
    both = [github_remark(line) for line in lines]
    return [one[0] for one in both], [one[1] for one in both]


# ---- GitLab


def gitlab_remark(item):
    check(set(item) == {'description', 'check_name', 'fingerprint', 'severity', 'location'}, 'members of', item)
    check(set(item['location']) == {'path', 'lines'} and set(item['location']['lines']) == {'begin'}, 'members of', item['location'])
    check(not item['location']['path'].startswith('./'), 'path of', item)
    text, answer = split_answer(item['description'])
    level = {'major': 'error', 'minor': 'warning', 'info': 'note'}[item['severity']]
    return Remark(item['location']['path'], item['location']['lines']['begin'], 0, item['check_name'], level, OPEN, unshown(text)), answer


def from_gitlab():
    items = json.loads(read('gitlab'))
    check_fingerprints([item['fingerprint'] for item in items])
    both = [gitlab_remark(item) for item in items]
    return [one[0] for one in both], [one[1] for one in both]


# ---- JUnit, strictly as the schema of Jenkins' xUnit plugin has it, and as a reader of it sees it

ALLOWED = {
    'testsuites': {'name', 'tests', 'failures', 'errors'}, 'testsuite': {'name', 'tests', 'failures', 'errors', 'skipped'},
    'testcase': {'name', 'classname'}, 'failure': {'message', 'type'}, 'error': {'message', 'type'}, 'skipped': {'message', 'type'},
    'system-out': set(),
}


def check_counts(element, cases):
    for name, tag in (('failures', 'failure'), ('errors', 'error'), ('skipped', 'skipped')):
        if name in element.attrib:
            check(int(element.get(name)) == sum(case.find(tag) is not None for case in cases), name, 'of', element.tag)
    check(int(element.get('tests')) == len(cases), 'tests of', element.tag)


def check_junitparser(cases):
    suites = junitparser.JUnitXml.fromstring(read('xml'))
    seen = [case for suite in suites for case in suite]
    check([case.name for case in seen] == [case.get('name') for case in cases], 'test cases are lost')
    bad = sum(any(isinstance(one, (junitparser.Failure, junitparser.Error)) for one in case.result) for case in seen)
    check(bad == suites.failures + suites.errors, 'failures and errors are lost')


def from_junit():
    root = xml.fromstring(read('xml'))
    for element in root.iter():
        check(set(element.attrib) == ALLOWED[element.tag], 'attributes of', element.tag, element.attrib)
    cases = list(root.iter('testcase'))
    check_counts(root, cases)
    check_counts(root[0], cases)
    check_junitparser(cases)
    names = [(case.get('classname'), case.get('name')) for case in cases]
    check(len(set(names)) == len(names), 'test cases have the same name')
    lines = [line for case in cases for element in case for line in element.text.split('\n')[:-1]]
    answers = [failure.get('message') for failure in root.iter('failure')]
    return [line_remark(line) for line in lines], answers


# ---- TAP


def tap_remarks(point):
    data = point.get('data') or {}
    for finding in data.get('findings', []):
        standing = 'expected' if 'expected' in finding else 'silenced' if 'silenced' in finding else OPEN
        yield Remark(plain(unshown(data['file'])), int(finding.get('line', 0)), int(finding.get('column', 0)), finding['rule'],
                     finding['severity'], standing, unshown(finding['message']))


def from_tap():
    tap = json.loads(read('tap.json'))
    points = tap['points']
    check(tap['run'] == len(points) and (tap['planned'] or 0) == len(points), 'the plan is not kept')
    for point in points:
        bad = any(one.standing == OPEN and one.level == 'error' for one in tap_remarks(point))
        check(point['ok'] != bad, 'ok or not:', point)
    answers = [point['data']['error'] for point in points if not point['ok'] and 'error' in point.get('data', {})]
    return [remark for point in points for remark in tap_remarks(point)], answers


# ---- all of them


def same(name, wanted, found):
    check(len(wanted) == len(found), f'{name}: {len(found)} instead of {len(wanted)}')
    for one, other in zip(wanted, found):
        if isinstance(one, Remark) and one.rule == 'more':
            other = other._replace(level=None, text=None)
        check(one == other, f'{name}: {other} instead of {one}')


def in_order(remarks):
    return sorted(remarks, key=lambda remark: remark[:4] + ('' if remark.rule == 'more' else remark.text,))


def check_totals(remarks, texts_of_more):
    """The numbers of the last line of `full`, which counts files that cannot be read, and what is unchecked, by themselves."""
    found = re.search(rb'; (\d+) errors?, (\d+) warnings?', read('full'))
    apart = ('unchecked', 'more', 'unread', 'mapping')
    count = collections.Counter(one.level for one in remarks if one.standing == OPEN and one.rule not in apart)
    for text in texts_of_more:
        errors, warnings = re.search(r'(\d+) more errors? and (\d+) more warnings?', text).groups()
        count['error'] += int(errors)
        count['warning'] += int(warnings)
    check((int(found[1]), int(found[2])) == (count['error'], count['warning']), 'totals', found[0], 'instead of', count)


def main():
    remarks, answers = from_json()
    shown = [(one, answer) for one, answer in zip(remarks, answers) if one.standing == OPEN]
    sarif = from_sarif()
    same('sarif', [one._replace(line=one.line or 1) for one in remarks], sarif[0])
    same('sarif answers', answers, sarif[1])
    github = from_github()
    same('github', remarks, github[0])
    same('github answers', [answer if one.standing == OPEN else None for one, answer in zip(remarks, answers)], github[1])
    gitlab = from_gitlab()
    same('gitlab', [one._replace(line=one.line or 1, column=0) for one, _ in shown], gitlab[0])
    same('gitlab answers', [answer for _, answer in shown], gitlab[1])
    junit, junit_answers = from_junit()
    same('junit', in_order(remarks), in_order(junit))
    tap, tap_answers = from_tap()
    same('tap', remarks, tap)
    failed = [result for result in json.loads(read('json')) if not result['passed'] and result['verdict'] == 'invalid']
    wanted = [answer.replace('none', 'no error is documented for this') for answer in map(json_answer, failed)]
    same('tap answers', wanted, tap_answers)
    check(not collections.Counter(wanted) - collections.Counter(junit_answers), 'junit lacks answers')
    check_totals(remarks, [one.text for one in sarif[0] if one.rule == 'more' and one.standing == OPEN])
    for problem in problems[:20]:
        print(f'{sys.argv[1]}: {problem}')
    print(f'{sys.argv[1]}: {len(remarks)} remarks, {len(problems)} problems')
    sys.exit(1 if problems else 0)


main()
