// SPDX-License-Identifier: MIT
// Validates SARIF files against the published schema of SARIF 2.1.0.
//
//   node sarif.cjs FOLDER-WITH-NODE_MODULES FILE...
'use strict'
const fs = require('fs')
const path = require('path')
const modules = path.join(path.resolve(process.argv[2]), 'node_modules')
const Ajv = require(path.join(modules, 'ajv'))
const schemas = path.join(modules, '@microsoft/jest-sarif/lib/schemas')
const [name] = fs.readdirSync(schemas).filter(file => file.startsWith('sarif-2.1.0'))
const ajv = new Ajv({ schemaId: 'id', allErrors: true, meta: false })
ajv.addMetaSchema(require(path.join(modules, 'ajv/lib/refs/json-schema-draft-04.json')))
const validate = ajv.compile(JSON.parse(fs.readFileSync(path.join(schemas, name))))

// A validator that lets everything pass would prove nothing.
const broken = { version: '2.1.0', runs: [{ tool: { driver: { name: 'x' } }, results: [{ message: {}, level: 'bad' }] }] }
if (validate(broken) || validate({})) {
  console.error('the schema accepts what is no SARIF')
  process.exit(1)
}

let failed = 0
for (const file of process.argv.slice(3)) {
  if (!validate(JSON.parse(fs.readFileSync(file)))) {
    failed++
    console.error(file, JSON.stringify(validate.errors.slice(0, 5), null, 1))
  }
}
console.log(`${process.argv.length - 3} files against ${name}: ${failed} failed`)
process.exit(failed ? 1 : 0)
