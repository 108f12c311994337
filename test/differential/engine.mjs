// SPDX-License-Identifier: MIT
// Compares what bodycheck thinks of bodies with what ajv thinks of them by the exported schemas.
//
//   differential-engine bodies RULES | node engine.mjs MODULES FOLDER
//
// Where the two differ, one of the reasons of the README must hold for each error of bodycheck's report, or of ajv's, at the very place
// that it is of. A difference without one is a failure.
import { newAjv, readSchema, readTables } from './ajv.mjs';
import { readText } from './text.mjs';

const [modules, folder] = process.argv.slice(2);
const SHOWN = 10;
const DEPTH = 128; // bodycheck's limits
const VALUE = 4096;
const NAMES = 2048;

function compile(schema) {
  return newAjv(modules, { strict: false, strictNumbers: true }).compile(schema);
}

const tables = readTables(folder).map((name) => {
  const schema = readSchema(folder, name);
  return { name, validate: compile(schema), schema };
});

// ---- what JSON.parse and ajv think

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function parse(bytes) {
  try {
    return { value: JSON.parse(utf8.decode(bytes)) };
  } catch {
    return undefined;
  }
}

// ---- reasons for what only bodycheck refuses: each looks at the place of an error

// Of two members with one name JSON.parse keeps the last; nobody sees the value of the first.
function isDuplicate(text, rule, offset) {
  const token = text.tokenAt(offset);
  return (rule === 'duplicate' && token?.repeats === true) || text.isDropped(offset) ||
    (rule === 'items' && token?.holdsRepeats === true);
}

// "1.0" is an integer for JSON Schema, and so is what JSON.parse rounds to one.
function isSpelling(text, rule, offset) {
  const token = text.tokenAt(offset);
  return rule === 'type' && token?.kind === 'number' && token.isSpelled();
}

// JSON.parse rounds numbers to 53 bits, those of bodies and the bounds of schemas.
function isRounded(text, rule, offset) {
  const token = text.tokenAt(offset);
  return ['range', 'enum', 'format'].includes(rule) && token?.kind === 'number' && token.isRounded();
}

// "\ud800" alone is taken by JSON.parse.
function isLoneSurrogate(text, rule, offset) {
  const token = text.tokenAround(offset);
  return rule === 'encoding' && token?.kind === 'string' && /\p{Cs}/u.test(JSON.parse(token.utf8()));
}

function isLimit(text, rule, offset) {
  const token = text.tokenAt(offset);
  return rule === 'limit' && (text.depthAt(offset) > DEPTH || text.names > NAMES || (token !== undefined && token.text.length > VALUE));
}

// What the export has left out it says beside the member.
function isLeftOut(text, rule, offset, schema) {
  const { member } = text.tokenAt(offset) ?? text.tokenAround(offset) ?? {};
  return member !== undefined && [schema, ...Object.values(schema.$defs ?? {})].some(({ properties }) =>
    properties?.[member]?.$comment.includes(`Left out: ${rule} `));
}

const SPELLED = 'an integer is written with a fraction or an exponent';
const ROUNDED = 'a number or its bound is rounded';

const refusals = [
  ['a member stands twice', isDuplicate],
  [SPELLED, isSpelling],
  [ROUNDED, isRounded],
  ['half of a surrogate pair', isLoneSurrogate],
  ['a limit of bodycheck', isLimit],
  ['a rule that the schema says it leaves out', isLeftOut],
];

// The names of the reasons for all errors; undefined where one has none.
function explainRefusal(bytes, errors, schema = {}) {
  const text = readText(bytes);
  const names = errors.map(({ rule, offset }) => refusals.find(([, holds]) => holds(text, rule, offset, schema))?.[0]);
  return names.length > 0 && names.every((name) => name !== undefined) ? names : undefined;
}

// ---- reasons for what only ajv refuses

const MISSING = 'the body is missing, as it may';

function isMissing(bytes, schema) {
  return bytes.length === 0 && schema.$comment.includes(' The body may be missing.');
}

function valueAt(value, pointer) {
  return pointer.split('/').slice(1).reduce((at, name) => at[name.replaceAll('~1', '/').replaceAll('~0', '~')], value);
}

// The reason for a refused number: it is a token of the body that is rounded, or no integer to bodycheck, which then holds it against nothing.
function explainNumber(tokens, number) {
  const token = tokens.find(({ kind, text }) => kind === 'number' && Number(text) === number);
  return token?.isRounded() ? ROUNDED : token?.isSpelled() ? SPELLED : undefined;
}

// Those for all errors of ajv, but for the errors that tell of others below them.
function explainAcceptance(bytes, value, errors) {
  const { tokens } = readText(bytes);
  const leaves = errors.filter(({ keyword }) => keyword !== 'if' && keyword !== 'anyOf');
  const names = leaves.map(({ keyword, instancePath }) => ['minimum', 'maximum', 'enum', 'const', 'type'].includes(keyword)
    ? explainNumber(tokens, valueAt(value, instancePath)) : undefined);
  return names.length > 0 && names.every((name) => name !== undefined) ? names : undefined;
}

// ---- that the bodies would show what is wrong with a schema: without any of these keywords some would get another verdict

const missed = new Set(['type', 'enum', 'const', 'pattern', 'minLength', 'maxLength', 'minimum', 'maximum', 'required', 'properties',
  'additionalProperties', 'items', 'minItems', 'maxItems', 'minProperties', 'maxProperties', 'contains', 'allOf', 'anyOf', 'if', 'then', '$ref']);
const poorer = new Map();

// The members of `properties` and `$defs` are no keywords.
function without(keyword, schema, named = false) {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) {
    return Array.isArray(schema) ? schema.map((item) => without(keyword, item)) : schema;
  }
  return Object.fromEntries(Object.entries(schema).filter(([name]) => named || name !== keyword).map(([name, value]) =>
    [name, without(keyword, value, !named && (name === 'properties' || name === '$defs'))]));
}

function validatorWithout(keyword, at) {
  const key = `${keyword} ${at}`;
  if (!poorer.has(key)) {
    const schema = without(keyword, tables[at].schema);
    const same = JSON.stringify(schema) === JSON.stringify(tables[at].schema);
    poorer.set(key, same ? undefined : compile(schema));
  }
  return poorer.get(key);
}

function lookForMissed(at, value, verdict) {
  for (const keyword of missed) {
    const validate = validatorWithout(keyword, at);
    if (validate && validate(value) !== verdict) {
      missed.delete(keyword);
    }
  }
}

// ---- one body

const counts = { bodies: 0, valid: 0, invalid: 0, unexplained: 0 };
const reasons = new Map([MISSING, ...refusals.map(([name]) => name)].map((name) => [name, 0]));
const seen = tables.map(() => ({ valid: 0, invalid: 0 }));

function explain(table, bytes, valid, errors, parsed) {
  if (!valid) {
    return explainRefusal(bytes, errors, table.schema);
  }
  if (!parsed) {
    return isMissing(bytes, table.schema) ? [MISSING] : undefined;
  }
  return explainAcceptance(bytes, parsed.value, table.validate.errors);
}

function tellUnexplained(table, bytes, valid, errors, parsed) {
  if (++counts.unexplained <= SHOWN) {
    const theirs = parsed ? JSON.stringify(table.validate.errors) : 'not JSON';
    console.error(`unexplained: ${table.name}: bodycheck ${valid ? 'accepts' : JSON.stringify(errors)}, ajv ${valid ? theirs : 'accepts'}: ` +
      JSON.stringify(bytes.toString().slice(0, 2000)));
  }
}

function compare(at, valid, errors, bytes) {
  const table = tables[at];
  const parsed = parse(bytes);
  const theirs = parsed !== undefined && table.validate(parsed.value);
  counts.bodies++;
  if (parsed) {
    lookForMissed(at, parsed.value, theirs);
  }
  if (valid === theirs) {
    const verdict = valid ? 'valid' : 'invalid';
    counts[verdict]++;
    seen[at][verdict]++;
    return;
  }
  const names = explain(table, bytes, valid, errors, parsed);
  if (!names) {
    tellUnexplained(table, bytes, valid, errors, parsed);
  }
  for (const name of new Set(names)) {
    reasons.set(name, reasons.get(name) + 1);
  }
}

// ---- that a reason does not hold where it should not

function checkReasons() {
  const bytes = Buffer.from('{"a":12,"b":{"a":1.5},"c":"\\ud83d\\ude00","d":9007199254740991}');
  const nowhere = [['duplicate', 8], ['duplicate', 13], ['items', 0], ['type', 5], ['type', 17], ['range', 5], ['range', 48],
    ['encoding', 27], ['limit', 0], ['length.min', 5], ['mandatory', 0], ['syntax', 3]];
  for (const [rule, offset] of nowhere) {
    if (explainRefusal(bytes, [{ rule, offset }])) {
      throw new Error(`a reason is found for ${rule} at ${offset}, where there is none`);
    }
  }
  if (explainAcceptance(bytes, JSON.parse(bytes), [{ keyword: 'maximum', instancePath: '/d' }])) {
    throw new Error('a number that is not rounded is taken for one that is');
  }
}

// ---- the stream

function readHead(line) {
  const [at, verdict, size, ...errors] = line.split(' ');
  return {
    at: Number(at),
    valid: verdict === 'valid',
    size: Number(size),
    errors: errors.map((error) => {
      const [rule, offset] = error.split(':');
      return { rule, offset: Number(offset) };
    }),
  };
}

// Compares what is whole in a buffer; returns the rest.
function takeBodies(buffer) {
  let from = 0;
  for (;;) {
    const end = buffer.indexOf(10, from);
    if (end < 0) {
      return buffer.subarray(from);
    }
    const { at, valid, size, errors } = readHead(buffer.toString('latin1', from, end));
    if (buffer.length < end + size + 2) {
      return buffer.subarray(from);
    }
    compare(at, valid, errors, buffer.subarray(end + 1, end + 1 + size));
    from = end + size + 2;
  }
}

checkReasons();
let rest = Buffer.alloc(0);
for await (const chunk of process.stdin) {
  rest = takeBodies(rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk);
}
if (rest.length > 0) {
  throw new Error('the stream ends within a body');
}

const poor = tables.filter((_, at) => seen[at].valid === 0 || seen[at].invalid === 0).map(({ name }) => name);
console.log(`${counts.bodies} bodies of ${tables.length} tables: both accept ${counts.valid}, both refuse ${counts.invalid}`);
for (const [name, count] of reasons) {
  console.log(`  ${count} differ: ${name}`);
}
console.log(`  ${counts.unexplained} differ without a reason`);
if (poor.length > 0) {
  console.log(`  without a body that both accept, or that both refuse: ${poor.join(' ')}`);
}
if (missed.size > 0) {
  console.log(`  no body shows what these are for: ${[...missed].join(' ')}`);
}
process.exit(counts.unexplained > 0 || missed.size > 0 || counts.valid * 10 < counts.bodies || counts.invalid * 10 < counts.bodies ? 1 : 0);
