// SPDX-License-Identifier: MIT
// Whether exported schemas are schemas of draft 2020-12 that a strict validator takes, and whether the classes in them have the members
// that they have in bodycheck.
//
//   node schemas.mjs MODULES FOLDER CLASSES STEP
// CLASSES is what `differential-engine classes --step STEP` has printed.
import { readFileSync } from 'node:fs';
import { newAjv, readSchema, readTables } from './ajv.mjs';

const [modules, folder, classes, step] = process.argv.slice(2);
const failures = [];

function fails(text) {
  failures.push(text);
  console.error(text);
}

// ---- schemas

// A validator that lets everything pass would prove nothing.
for (const broken of [{ type: 'strin' }, { minLength: -1 }, { pattern: '[' }, { required: 'a' }, { $defs: { a: 7 } }]) {
  let taken = true;
  try {
    newAjv(modules, { strict: true }).compile(broken);
  } catch {
    taken = false;
  }
  if (taken) {
    fails(`the validator takes ${JSON.stringify(broken)} for a schema`);
  }
}

const ids = new Map();
for (const table of readTables(folder)) {
  const schema = readSchema(folder, table);
  const ajv = newAjv(modules, { strict: true, strictTypes: false });
  if (!ajv.validateSchema(schema)) {
    fails(`${table}: ${ajv.errorsText()}`);
    continue;
  }
  try {
    ajv.compile(schema);
  } catch (error) {
    fails(`${table}: ${error.message}`);
  }
  // One schema for all statuses of a table, and one table for each name.
  const text = JSON.stringify(schema);
  if (ids.has(schema.$id) && ids.get(schema.$id) !== text) {
    fails(`${table}: ${schema.$id} names two schemas`);
  }
  ids.set(schema.$id, text);
}

// ---- classes

const { properties } = readSchema(folder, 'test.regular.Classes.0');
const rows = new Map(readFileSync(classes, 'utf8').trimEnd().split('\n').map((line) => line.split(' ')));
let compared = 0;
let leftOut = 0;
const newer = new Set();

function isSurrogate(character) {
  return character >= 0xd800 && character < 0xe000;
}

// Plain properties, one a class, that Unicode changes for characters that it has already, or gives to new ones. Where the two differ about
// one of these, they have Unicode of different ages.
const BASES = new Map([
  ['assigned', /^\P{Cn}$/u],
  ['small', /^\p{Ll}$/u],
  ['shared', /^[\p{scx=Common}\p{scx=Inherited}]$/u],
]);

function isNewer(at, text) {
  return [...BASES].some(([name, expression]) => (rows.get(name)[at] === '1') !== expression.test(text));
}

function compare(name, pattern, members) {
  const expression = new RegExp(pattern, 'u');
  let differ = 0;
  for (let at = 0; at < members.length; at++) {
    const character = at * Number(step);
    const text = isSurrogate(character) ? '' : String.fromCodePoint(character);
    if (text === '' || expression.test(text) === (members[at] === '1')) {
      continue;
    }
    if (isNewer(at, text)) {
      newer.add(character);
    } else if (++differ <= 5) {
      fails(`${name}: U+${character.toString(16)} is ${members[at] === '1' ? 'a' : 'no'} member in bodycheck`);
    }
  }
  compared += members.length;
}

for (const [name, members] of rows) {
  const { pattern, $comment } = properties[name];
  if (pattern !== undefined) {
    compare(name, pattern, members);
  } else if ($comment.includes('Left out: charset')) {
    leftOut++;
  } else {
    fails(`${name}: no pattern, and no word of it`);
  }
}

console.log(`${ids.size} schemas; ${rows.size - leftOut} classes, ${compared} characters compared; ${leftOut} classes are left out; ` +
  `${newer.size} characters are newer than one of the two`);
process.exit(failures.length === 0 ? 0 : 1);
