// schema-peer.js - the same texts and the same schema with the validator and the reader that JavaScript has
// SPDX-License-Identifier: GPL-3.0-or-later
//
// usage: node schema-peer.js MODULES SCHEMA FOLDER
// Prints one line of JSON: milliseconds of processor time for all texts of FOLDER, the best of three runs.

const fs = require('fs')
const path = require('path')

const [modules, schemaFile, folder] = process.argv.slice(2)
const Ajv = require(path.join(modules, 'ajv'))
const yaml = require(path.join(modules, 'js-yaml'))

const validate = new Ajv.default({ allErrors: false, strict: false }).compile(JSON.parse(fs.readFileSync(schemaFile)))
const texts = fs.readdirSync(folder).map(name => fs.readFileSync(path.join(folder, name), 'utf8'))

function best (pass) {
  let least = Infinity
  for (let run = 0; run < 3; run++) {
    const start = process.cpuUsage()
    pass()
    const used = process.cpuUsage(start)
    least = Math.min(least, (used.user + used.system) / 1000)
  }
  return least
}

function check (value) {
  if (!validate(value)) throw new Error(JSON.stringify(validate.errors))
}

const values = texts.map(text => yaml.load(text))
console.log(JSON.stringify({
  whole: best(() => texts.forEach(text => check(yaml.load(text)))),
  check: best(() => values.forEach(check))
}))
