// Judges Adaptive Cards: node check-cards.mjs [FILE | DIRECTORY]...
// Without arguments, or with "-", cards come on standard input, one JSON object a line.
// Parsing is done by Microsoft's own package; what it lets pass but our channels need is checked here.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import AdaptiveCards from 'adaptivecards/dist/adaptivecards.js'; // the package's module entry has imports that Node refuses

// adaptivecards 3.0.6 tests `lang` with a regular expression that remembers its place (flag g), so that it refuses every second card.
AdaptiveCards.CardElement.langProperty.regEx = new RegExp(AdaptiveCards.CardElement.langProperty.regEx.source, 'i');

const CHARTS = new Set([
  'Chart.Donut', 'Chart.Gauge', 'Chart.HorizontalBar', 'Chart.HorizontalBar.Stacked', 'Chart.Line', 'Chart.Pie',
  'Chart.VerticalBar', 'Chart.VerticalBar.Grouped',
]);

/** Every object of the card that has a type, with the path to it and the object it stands in. */
function* typed(value, path = '$', parent = null) {
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) yield* typed(item, `${path}[${i}]`, parent);
  } else if (value !== null && typeof value === 'object') {
    const isTyped = typeof value.type === 'string' && !path.endsWith('.data') && !path.endsWith('.msteams');
    if (isTyped) yield { node: value, path, parent };
    for (const [key, inner] of Object.entries(value)) yield* typed(inner, `${path}.${key}`, isTyped ? value : parent);
  }
}

// Teams refuses larger messages (learn.microsoft.com, "Format your bot messages": about 28 KB).
const MAX_BYTES = 28 * 1024;

const hasText = (value) => typeof value === 'string' && value.trim() !== '';
const startsRightToLeft = (text) => /^[^\p{L}]*[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFF]/u.test(text);

function* officialVerdict(json) {
  const context = new AdaptiveCards.SerializationContext(new AdaptiveCards.Version(1, 5));
  const card = new AdaptiveCards.AdaptiveCard();
  card.parse(json, context);
  const events = Array.from({ length: context.eventCount }, (_, i) => context.getEventAt(i));
  for (const { event, message } of [...events, ...card.validateProperties().validationEvents]) {
    const unknown = event === AdaptiveCards.ValidationEvent.UnknownElementType && /"([^"]+)"/.exec(message)?.[1];
    if (!(unknown && CHARTS.has(unknown))) yield `${AdaptiveCards.ValidationEvent[event]}: ${message}`;
  }
}

function* structure(json) {
  if (json.type !== 'AdaptiveCard') yield `$: type is ${JSON.stringify(json.type)}, not "AdaptiveCard"`;
  if (json.version !== '1.5') yield `$: version is ${JSON.stringify(json.version)}, not "1.5"`;
  const bytes = Buffer.byteLength(JSON.stringify(json));
  if (bytes > MAX_BYTES) yield `$: ${bytes} bytes, more than ${MAX_BYTES}`;
  const ids = new Map();
  for (const { node, path, parent } of typed(json)) {
    if (CHARTS.has(node.type) && !hasText(node.fallback?.type)) {
      yield `${path}: ${node.type} has no fallback element, other clients show nothing`;
    }
    if (node.type.startsWith('Input.')) {
      if (!hasText(node.id)) yield `${path}: ${node.type} has no id, its value is never sent`;
      if (!hasText(node.label)) yield `${path}: ${node.type} has no label`;
    }
    if (node.type.startsWith('Action.')) yield* action(node, path);
    if (node.type === 'Image' && !hasText(node.altText)) yield `${path}: Image has no altText`;

    // An element and its fallback are never shown together.
    if (node.id !== undefined && !(path.endsWith('.fallback') && parent?.id === node.id)) {
      if (ids.has(node.id)) yield `${path}: id ${JSON.stringify(node.id)} is already used at ${ids.get(node.id)}`;
      else ids.set(node.id, path);
    }
  }
}

function* action(node, path) {
  if (!hasText(node.title)) yield `${path}: ${node.type} has no title`;
  if (node.type === 'Action.Execute' || node.type === 'Action.Submit') {
    const keys = Object.keys(node.data ?? {});
    if (keys.length !== 1 || !hasText(node.data.t)) yield `${path}: data holds [${keys}], not one token "t"`;
  }
}

function* direction(json) {
  if (!hasText(json.lang)) yield '$: no lang, screen readers guess the language';
  const rightToLeft = /^(he|iw|ar|fa|ur|yi)\b/i.test(json.lang ?? '');
  if ((json.rtl ?? false) !== rightToLeft) yield `$: rtl is ${json.rtl} where lang is ${JSON.stringify(json.lang)}`;
  for (const { node, path } of typed(json)) {
    if (node.type !== 'Container' && node.type !== 'Column' || node.rtl === undefined || node.rtl === rightToLeft) continue;

    // A part may run the other way only for words of the other way, e.g. an English post in a Hebrew card.
    const wrong = [...typed(node)].find(({ node: part }) => /\p{L}/u.test(part.text ?? '') && startsRightToLeft(part.text) !== node.rtl);
    if (wrong) yield `${path}: ${node.type} has rtl ${node.rtl} around text of the other direction`;
  }
}

function problems(text) {
  try {
    const json = JSON.parse(text);
    return [...officialVerdict(json), ...structure(json), ...direction(json)];
  } catch (error) {
    return [`${error.name}: ${error.message}`];
  }
}

function* cards(args) {
  if (args.length === 0 || args.includes('-')) {
    const lines = readFileSync(0, 'utf8').split('\n');
    for (const [i, line] of lines.entries()) if (hasText(line)) yield { name: `line ${i + 1}`, text: line };
  }
  for (const arg of args.filter((name) => name !== '-')) {
    const files = statSync(arg).isDirectory()
      ? readdirSync(arg, { recursive: true }).filter((name) => name.endsWith('.json')).sort().map((name) => join(arg, name))
      : [arg];
    for (const name of files) yield { name, text: readFileSync(name, 'utf8') };
  }
}

let passed = 0;
let failed = 0;
for (const { name, text } of cards(process.argv.slice(2))) {
  const found = problems(text);
  console.log([`${found.length === 0 ? 'ok  ' : 'FAIL'} ${name}`, ...found.map((problem) => `     ${problem}`)].join('\n'));
  if (found.length === 0) passed++;
  else failed++;
}
if (passed + failed === 0) console.log('There is no card to judge: name files or folders, or send one card a line.');
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
