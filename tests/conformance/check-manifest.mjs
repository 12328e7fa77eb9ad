// Judges a Teams app package's manifest and translations with the schemas that Microsoft publishes in @microsoft/app-manifest.
// Standard input: {"manifest": {…}, "translations": {"he.json": {…}}}. Exit code 0 where all is well; says what is not.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import Ajv from 'ajv';
import Draft4 from 'ajv-draft-04';
import formats from 'ajv-formats';

const require = createRequire(import.meta.url);
const schemas = path.join(path.dirname(require.resolve('@microsoft/app-manifest/package.json')), 'build', 'json-schemas', 'teams');
const input = JSON.parse(readFileSync(0, 'utf8'));
const version = input.manifest.manifestVersion;

const problems = [
  ...judge('manifest.json', 'MicrosoftTeams.schema.json', input.manifest),
  ...Object.entries(input.translations).flatMap(([file, json]) => judge(file, 'MicrosoftTeams.Localization.schema.json', json)),
];
console.log(problems.length === 0 ? `valid for version ${version}` : problems.join('\n'));
process.exit(problems.length === 0 ? 0 : 1);

function judge(file, schemaFile, json) {
  const schema = JSON.parse(readFileSync(path.join(schemas, `v${version}`, schemaFile), 'utf8').replace(/^\uFEFF/, ''));
  const Compiler = /draft-04/.test(schema.$schema ?? '') ? Draft4 : Ajv;
  const ajv = new Compiler({ allErrors: true, strict: false, unicodeRegExp: false });
  formats(ajv);
  const isValid = ajv.compile(schema);
  return isValid(json) ? [] : isValid.errors.map(error => `${file}${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
}
