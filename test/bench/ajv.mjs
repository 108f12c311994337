// SPDX-License-Identifier: MIT
//
// ajv over the bodies and schemas that `bodycheck-bench --write` made, from bytes as they come from a socket and from strings that are
// there already:
//   node ajv.mjs MODULES FOLDER SET RESULTS SECONDS REPETITIONS
// A process does one set, so that what its compiler learned is of this set.
import { createRequire } from 'node:module';
import { appendFileSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const [modules, folder, set, results, seconds, repetitions] = process.argv.slice(2);
const load = createRequire(join(resolve(modules), 'package.json'));
const Ajv = load('ajv').default;
const addFormats = load('ajv-formats').default;

const validators = new Map();
function validatorOf(table) {
  if (!validators.has(table)) {
    const ajv = new Ajv({ strict: false });
    addFormats(ajv);
    validators.set(table, ajv.compile(JSON.parse(readFileSync(join(folder, `${table}.draft7.json`), 'utf8'))));
  }
  return validators.get(table);
}

function readSet(name) {
  const bytes = readFileSync(join(folder, `${name}.bodies`));
  const lines = readFileSync(join(folder, `${name}.list`), 'utf8').trimEnd().split('\n');
  const bodies = [];
  let at = 0;
  for (const line of lines) {
    const [size, table] = line.split('\t');
    const body = Buffer.from(bytes.subarray(at, at + Number(size)));
    bodies.push({ bytes: body, text: body.toString(), validate: validatorOf(table) });
    at += Number(size);
  }
  return bodies;
}

function fromBytes(bodies) {
  let good = 0;
  for (const body of bodies) {
    good += body.validate(JSON.parse(body.bytes.toString())) ? 1 : 0;
  }
  return good;
}

function fromString(bodies) {
  let good = 0;
  for (const body of bodies) {
    good += body.validate(JSON.parse(body.text)) ? 1 : 0;
  }
  return good;
}

const contestants = [
  ['ajv from bytes', fromBytes],
  ['ajv from string', fromString],
];

function verify(name, bodies) {
  const expected = name.startsWith('broken') ? 0 : bodies.length;
  for (const [contestant, run] of contestants) {
    const good = run(bodies);
    if (good !== expected) {
      console.error(`${name}: ${contestant}: ${good} of ${bodies.length} bodies are good, not ${expected}`);
      process.exit(1);
    }
  }
}

// Nanoseconds for `passes` over the bodies: of all its threads or by the clock, whichever is less. The first counts helpers that worked
// alongside, the second whatever else ran on the machine.
function timed(run, bodies, passes) {
  const used = process.cpuUsage();
  const begin = process.hrtime.bigint();
  for (let i = 0; i < passes; i++) {
    run(bodies);
  }
  const elapsed = Number(process.hrtime.bigint() - begin);
  const { user, system } = process.cpuUsage(used);
  return Math.min(elapsed, (user + system) * 1000);
}

// Passes that take as long as a measurement should, once the compiler has had its time.
function passesFor(run, bodies) {
  let passes = 1;
  for (const begin = process.hrtime.bigint(); Number(process.hrtime.bigint() - begin) < Number(seconds) * 10e9;) {
    run(bodies);
  }
  while (timed(run, bodies, passes) < Number(seconds) * 1e9) {
    passes *= 2;
  }
  return passes;
}

function quantile(sorted, part) {
  const place = part * (sorted.length - 1);
  const low = sorted[Math.floor(place)];
  return low + (sorted[Math.ceil(place)] - low) * (place - Math.floor(place));
}

function time(name, bodies) {
  const passes = contestants.map(([, run]) => passesFor(run, bodies));
  const times = contestants.map(() => []);
  for (let i = 0; i < Number(repetitions); i++) {
    contestants.forEach(([, run], j) => times[j].push(timed(run, bodies, passes[j]) / (passes[j] * bodies.length)));
  }
  contestants.forEach(([contestant], j) => {
    const sorted = times[j].sort((a, b) => a - b);
    const [low, median, high] = [0.25, 0.5, 0.75].map((part) => quantile(sorted, part).toFixed(1));
    console.log(`${name}: ${contestant}: ${median} ns (${low} to ${high})`);
    appendFileSync(results, `time\t${name}\t${contestant}\t${median}\t${low}\t${high}\t\n`);
  });
}

const bodies = readSet(set);
verify(set, bodies);
time(set, bodies);
