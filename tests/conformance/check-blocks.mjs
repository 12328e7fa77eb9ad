// Judges what we send to Slack: node check-blocks.mjs [FILE | DIRECTORY]...
// Without arguments, or with "-", payloads come on standard input, one JSON object a line: a message {"text", "blocks"} or a view {"type": "modal" | "home", ...}.
// Slack's own types (@slack/types, by the TypeScript compiler) judge the shape; limits that types cannot say, and what we promise beyond them, are checked here.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const here = dirname(fileURLToPath(import.meta.url));

const COUNTS = { // by the type of the object and the name of its list
  actions: { elements: [1, 25] },
  context: { elements: [1, 10] },
  section: { fields: [1, 10] },
  rich_text: { elements: [1, Infinity] },
  rich_text_section: { elements: [1, Infinity] },
  rich_text_quote: { elements: [1, Infinity] },
  rich_text_list: { elements: [1, Infinity] },
  static_select: { options: [1, 100], option_groups: [1, 100] },
  multi_static_select: { options: [1, 100], option_groups: [1, 100] },
  checkboxes: { options: [1, 10] },
  radio_buttons: { options: [1, 10] },
  overflow: { options: [1, 5] },
};

const LENGTHS = { // by the type of the object ("" is any) and the name of its text, a string or a text object
  header: { text: 150 },
  section: { text: 3000 },
  input: { label: 2000, hint: 2000 },
  image: { alt_text: 2000, image_url: 3000, title: 2000 },
  button: { text: 75, value: 2000, url: 3000, accessibility_label: 75 },
  modal: { title: 24, submit: 24, close: 24 },
  text: { text: 3000 },
  plain_text: { text: 3000 },
  link: { url: 3000 },
  plain_text_input: { initial_value: 3000 },
  '': { block_id: 255, action_id: 255, callback_id: 255, private_metadata: 3000, placeholder: 150 },
};

const OPTION = { text: 75, value: 75, description: 75 };
const MESSAGE_JSON = 13_000; // slackapi/bolt-js issue 2509: refused from about 13,200
const VIEW_BYTES = 250_000;

const wordsOf = (value) => (value !== null && typeof value === 'object' ? value.text : value);

/** Every object with the path to it. */
function* objects(value, path = '$') {
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) yield* objects(item, `${path}[${i}]`);
  } else if (value !== null && typeof value === 'object') {
    yield { node: value, path };
    for (const [key, inner] of Object.entries(value)) yield* objects(inner, `${path}.${key}`);
  }
}

function* strings(value, path = '$') {
  if (typeof value === 'string') yield { text: value, path };
  else if (value !== null && typeof value === 'object') for (const [key, inner] of Object.entries(value)) yield* strings(inner, `${path}.${key}`);
}

function* lengths(node, path, rules) {
  for (const [name, most] of Object.entries(rules ?? {})) {
    const text = wordsOf(node[name]);
    if (typeof text === 'string' && text.length > most) yield `${path}.${name}: ${text.length} characters, at most ${most}`;
    if (text === '') yield `${path}.${name}: empty`;
  }
}

function* limits(payload) {
  for (const { node, path } of objects(payload)) {
    yield* lengths(node, path, LENGTHS['']);
    yield* lengths(node, path, LENGTHS[node.type]);
    for (const [name, [least, most]] of Object.entries(COUNTS[node.type] ?? {})) {
      const count = node[name]?.length;
      if (count !== undefined && (count < least || count > most)) yield `${path}.${name}: ${count} items, ${least} to ${most}`;
    }
    if (/options$/.test(path.replace(/\[\d+\]$/, '')) || /initial_option$/.test(path)) yield* lengths(node, path, OPTION);
    yield* elements(node, path);
  }
}

function* elements(node, path) {
  const options = node.options ?? node.option_groups?.flatMap((group) => group.options);
  if (options) {
    const values = options.map((option) => option.value);
    if (new Set(values).size !== values.length) yield `${path}: two options have the same value`;
    for (const chosen of [node.initial_option ?? [], node.initial_options ?? []].flat()) {
      if (!options.some((option) => JSON.stringify(option) === JSON.stringify(chosen))) yield `${path}: what is chosen is not among the options`;
    }
  }
  if (/^(multi_)?static_select$/.test(node.type) && Boolean(node.options) === Boolean(node.option_groups)) yield `${path}: options or groups, one of them`;
  if (node.type === 'image' && !/^https?:\/\//.test(node.image_url)) yield `${path}: image_url is no web address`;
  if (node.type === 'link' && !/^(https?|mailto):/.test(node.url)) yield `${path}: a link to ${node.url.split(':')[0]}`;
  if (node.type === 'datepicker' && node.initial_date !== undefined && !/^\d{4}-\d\d-\d\d$/.test(node.initial_date)) yield `${path}: initial_date`;
  if (node.type === 'timepicker' && node.initial_time !== undefined && !/^\d\d:\d\d$/.test(node.initial_time)) yield `${path}: initial_time`;
  if (node.type === 'button' && node.url === undefined && !node.value) yield `${path}: a button that does nothing`;
  if (node.type === 'mrkdwn') yield `${path}: mrkdwn, where words could become more than words`;
  if (['user', 'usergroup', 'channel', 'broadcast', 'date', 'team'].includes(node.type)) yield `${path}: ${node.type}`;
}

function* surface(payload) {
  const isView = payload.type !== undefined;
  const most = isView ? 100 : 50;
  const { blocks } = payload;
  if (!Array.isArray(blocks) || blocks.length === 0) return yield '$: no blocks';
  if (blocks.length > most) yield `$: ${blocks.length} blocks, at most ${most}`;
  const hasField = blocks.some((block) => block.type === 'input');
  if (!isView) {
    const size = JSON.stringify(blocks).length;
    if (size > MESSAGE_JSON) yield `$: blocks of ${size} characters, messages are refused from about 13200`;
    if (hasField) yield '$: a field in a message';
    if (!payload.text) yield '$: no text: notifications and screen readers get none';
    if (/<(?!$)/.test(payload.text ?? '')) yield '$.text: a bare <';
    if (/&(?!(amp|lt|gt);)/.test(payload.text ?? '')) yield '$.text: a bare &';
  } else {
    const bytes = Buffer.byteLength(JSON.stringify(payload));
    if (bytes > VIEW_BYTES) yield `$: ${bytes} bytes, at most ${VIEW_BYTES}`;
    if (payload.type === 'modal' && !payload.title) yield '$: a modal without a title';
    if (payload.type === 'modal' && hasField && !payload.submit) yield '$: fields and no submit button';
    if (payload.type === 'home' && (payload.title || payload.submit || payload.close)) yield '$: a Home tab has no title and no buttons of its own';
  }
  yield* unique(blocks.map((block) => block.block_id), 'block_id');
  yield* unique(blocks.flatMap((block) => [...(block.elements ?? []), ...(block.element ? [block.element] : [])].map((element) => element.action_id)), 'action_id');
}

function* unique(ids, name) {
  const seen = new Set();
  for (const id of ids.filter((one) => one !== undefined)) {
    if (seen.has(id)) yield `$: ${name} ${JSON.stringify(id)} twice`;
    seen.add(id);
  }
}

const OPENERS = { '\u202A': '\u202C', '\u202B': '\u202C', '\u202D': '\u202C', '\u202E': '\u202C', '\u2066': '\u2069', '\u2067': '\u2069', '\u2068': '\u2069' };

function* words(payload) {
  for (const { text, path } of strings(payload)) {
    if (!text.isWellFormed?.() && /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(text)) yield `${path}: half a character`;
    if (/<[!@#]/.test(text)) yield `${path}: the beginning of a mention`;
    const open = [];
    for (const c of text) {
      if (OPENERS[c]) open.push(OPENERS[c]);
      else if ((c === '\u202C' || c === '\u2069') && open.pop() !== c) yield `${path}: closes a direction that is not open`;
    }
    if (open.length > 0) yield `${path}: leaves a direction open`;
  }
}

/** The compiler's verdict on all payloads at once: starting it takes longer than judging. */
function typeErrors(payloads) {
  const lines = ["import type { HomeView, KnownBlock, ModalView } from '@slack/types';", "type Only<T extends string> = Extract<KnownBlock, { type: T }>;"];
  const owners = new Map();
  const literals = new Map();
  const say = (owner, type, value) => {
    const text = `(${JSON.stringify(value)}) satisfies ${type};`;
    if (!literals.has(text)) literals.set(text, { line: lines.push(text) - 1, owners: [] });
    literals.get(text).owners.push(owner);
    owners.set(literals.get(text).line, literals.get(text).owners);
  };
  for (const [i, payload] of payloads.entries()) {
    if (payload === null || !Array.isArray(payload.blocks)) continue;
    for (const [at, block] of payload.blocks.entries()) say({ i, where: `blocks[${at}]` }, `Only<${JSON.stringify(String(block?.type))}>`, block);
    const { blocks, text, ...view } = payload;
    if (payload.type !== undefined) say({ i, where: 'view' }, payload.type === 'home' ? 'HomeView' : 'ModalView', { ...view, blocks: [] });
  }

  const name = join(here, 'emitted-blocks.ts');
  const source = ts.createSourceFile(name, lines.join('\n'), ts.ScriptTarget.ES2022, true);
  const options = { strict: true, noEmit: true, skipLibCheck: true, types: [], target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext };
  const host = ts.createCompilerHost(options);
  const fromDisk = host.getSourceFile.bind(host);
  host.getSourceFile = (file, ...rest) => (file === name ? source : fromDisk(file, ...rest));
  const exists = host.fileExists.bind(host);
  host.fileExists = (file) => file === name || exists(file);
  const found = new Map();
  const add = (i, problem) => found.set(i, [...(found.get(i) ?? []), problem]);
  for (const diagnostic of ts.getPreEmitDiagnostics(ts.createProgram([name], options, host))) {
    const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, ' / ').slice(0, 400);
    const line = diagnostic.file?.fileName === name ? source.getLineAndCharacterOfPosition(diagnostic.start).line : -1;
    if (!owners.has(line)) throw new Error(`The types cannot be judged: ${message}`);
    for (const { i, where } of owners.get(line)) add(i, `types: ${where}: ${message}`);
  }
  return found;
}

function* payloadsOf(args) {
  if (args.length === 0 || args.includes('-')) {
    for (const [i, line] of readFileSync(0, 'utf8').split('\n').entries()) if (line.trim() !== '') yield { name: `line ${i + 1}`, text: line };
  }
  for (const arg of args.filter((one) => one !== '-')) {
    const files = statSync(arg).isDirectory() ? readdirSync(arg).filter((file) => file.endsWith('.json')).sort().map((file) => join(arg, file)) : [arg];
    for (const file of files) yield { name: file, text: readFileSync(file, 'utf8') };
  }
}

const given = [...payloadsOf(process.argv.slice(2))];
const parsed = given.map(({ text }) => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
});
const byTypes = typeErrors(parsed);
let passed = 0;
let failed = 0;
for (const [i, { name }] of given.entries()) {
  const problems = parsed[i] === null ? ['no JSON'] : [...new Set([...(byTypes.get(i) ?? []), ...surface(parsed[i]), ...limits(parsed[i]), ...words(parsed[i])])];
  console.log([`${problems.length === 0 ? 'ok  ' : 'FAIL'} ${name}`, ...problems.map((problem) => `     ${problem}`)].join('\n'));
  if (problems.length === 0) passed++;
  else failed++;
}
if (passed + failed === 0) console.log('There is nothing to judge: name files or folders, or send one payload a line.');
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
