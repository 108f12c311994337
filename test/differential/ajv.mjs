// SPDX-License-Identifier: MIT
// The exported schemas of a folder, as ajv sees them. OPERATION.STATUS.json is the schema of a body; tables.txt lists them.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export function readTables(folder) {
  return readFileSync(join(folder, 'tables.txt'), 'utf8').trimEnd().split('\n').map((line) => line.replace(' ', '.'));
}

export function readSchema(folder, table) {
  return JSON.parse(readFileSync(join(folder, `${table}.json`), 'utf8'));
}

// "format" is an annotation, as draft 2020-12 has it by default; patterns say what is checked of it.
export function newAjv(modules, options = {}) {
  const load = createRequire(join(resolve(modules), 'package.json'));
  const Ajv = load('ajv/dist/2020').default;
  return new Ajv({ validateFormats: false, allowUnionTypes: true, strictRequired: false, ...options });
}
