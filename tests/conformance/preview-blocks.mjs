// Draws messages and views about as Slack does, so that they can be looked at without a workspace: node preview-blocks.mjs FOLDER OUT [NAME]...
// FOLDER holds payloads as check-blocks.mjs takes them, NAME.json each; OUT gets NAME.png of all of them, or of those named. Chromium draws: $CHROMIUM, else /usr/bin/chromium.
// Each picture shows the desktop's width and a phone's. Texts have dir="auto", as in Slack's own pages; colours, fonts and sizes are only near.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const STYLE = `
* { box-sizing: border-box }
body { margin: 0; padding: 20px; background: #fff; color: #1d1c1d; font: 15px/1.46 Lato, "DejaVu Sans", "Noto Sans Hebrew", sans-serif }
.screens { display: flex; gap: 28px; align-items: flex-start }
.desktop { width: 660px } .phone { width: 370px; border: 1px solid #ccc; border-radius: 18px; padding: 12px; font-size: 16px }
.message { display: grid; grid-template-columns: 36px 1fr; column-gap: 8px }
.avatar { width: 36px; height: 36px; border-radius: 6px; background: #4a154b; color: #fff; display: grid; place-items: center; font-weight: 900 }
.author { font-weight: 900; line-height: 1.2 } .author span { font-weight: 400; font-size: 12px; color: #616061; margin-left: 6px }
.app { background: #ddd; border-radius: 2px; padding: 0 3px; font-size: 10px !important }
.blocks > * { margin: 8px 0 } .blocks > *:first-child { margin-top: 4px }
.header { font-size: 18px; font-weight: 900; line-height: 1.33; white-space: pre-wrap } .home .header { font-size: 20px }
.rich, .plain { white-space: pre-wrap; overflow-wrap: anywhere }
.context { font-size: 13px; color: #616061; white-space: pre-wrap; overflow-wrap: anywhere }
hr { border: 0; border-top: 1px solid #ddd }
blockquote { margin: 4px 0; padding-inline-start: 12px; border-inline-start: 4px solid #ddd; white-space: pre-wrap }
ul, ol { margin: 0; padding-inline-start: 26px } a { color: #1264a3; text-decoration: none }
code { background: #f8f8f8; border: 1px solid #ddd; border-radius: 3px; color: #e01e5a; font-size: 12px; padding: 1px 3px }
.picture { width: min(100%, 360px); height: 150px; border-radius: 8px; background: linear-gradient(135deg, #36c5f0, #2eb67d 55%, #ecb22e); display: grid; place-items: center; color: #fff; padding: 12px; text-align: center }
.actions { display: flex; flex-wrap: wrap; gap: 8px }
button { font: 700 13px/1 inherit; font-family: inherit; padding: 9px 12px; border: 1px solid #bbb; border-radius: 8px; background: #fff; color: #1d1c1d; max-width: 100% }
button.primary { background: #007a5a; border-color: #007a5a; color: #fff } button.danger { background: #e01e5a; border-color: #e01e5a; color: #fff }
.phone .actions button { flex: 1 1 40% }
label, .label { display: block; font-weight: 700; margin-bottom: 6px } .optional { font-weight: 400; color: #616061 }
.field { border: 1px solid #999; border-radius: 8px; padding: 8px 11px; min-height: 38px; white-space: pre-wrap; overflow-wrap: anywhere } .field.tall { min-height: 78px } .empty { color: #8d8d8d }
.menu { display: flex; justify-content: space-between; gap: 8px } .chip { display: inline-block; background: #e8f5fa; border-radius: 4px; padding: 0 6px; margin: 1px }
.box { display: flex; gap: 8px; margin: 4px 0 } .box i { width: 16px; height: 16px; border: 1px solid #777; border-radius: 3px; flex: none; margin-top: 3px } .box i.round { border-radius: 50% } .box i.on { background: #1264a3 } .box small { color: #616061 }
.modal { border: 1px solid #ccc; border-radius: 10px; box-shadow: 0 6px 20px #0002 } .modal header, .modal footer { padding: 12px 18px; display: flex; gap: 8px; align-items: center } .modal header { font-size: 20px; font-weight: 900; border-bottom: 1px solid #ddd; justify-content: space-between } .modal footer { border-top: 1px solid #ddd; justify-content: flex-end } .modal .blocks { padding: 8px 18px }
.home .tabs { color: #616061; border-bottom: 1px solid #ddd; margin-bottom: 10px; padding-bottom: 6px } .home .tabs b { color: #1d1c1d; border-bottom: 2px solid #611f69; padding-bottom: 6px; margin-right: 14px }
`;

const escaped = (text) => String(text).replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);
const plain = (text) => (text ? `<span dir="auto">${escaped(text.text.replace(/&(amp|lt|gt);/g, (_, name) => ({ amp: '&', lt: '<', gt: '>' })[name]))}</span>` : '');

function run({ type, text, url, style = {} }) {
  let html = type === 'link' ? `<a href="${escaped(url)}">${escaped(text ?? url)}</a>` : escaped(text);
  if (style.code) html = `<code>${html}</code>`;
  if (style.bold) html = `<b>${html}</b>`;
  if (style.italic) html = `<i>${html}</i>`;
  if (style.strike) html = `<s>${html}</s>`;
  return html;
}

const runs = (part) => part.elements.map(run).join('');
const PARTS = {
  rich_text_section: (part) => `<div>${runs(part)}</div>`,
  rich_text_quote: (part) => `<blockquote>${runs(part)}</blockquote>`,
  rich_text_list: (part) => `<${part.style === 'ordered' ? 'ol' : 'ul'}>${part.elements.map((item) => `<li>${runs(item)}</li>`).join('')}</${part.style === 'ordered' ? 'ol' : 'ul'}>`,
};

const optionsOf = (element) => element.options ?? element.option_groups.flatMap((group) => group.options);
const box = (option, chosen, round) => `<div class="box"><i class="${round ? 'round' : ''} ${chosen.some((one) => one.value === option.value) ? 'on' : ''}"></i><div class="plain">${plain(option.text)}${option.description ? `<br><small>${plain(option.description)}</small>` : ''}</div></div>`;
const field = (value, placeholder, { tall = false, menu = false } = {}) => `<div class="field${tall ? ' tall' : ''}${menu ? ' menu' : ''}${value ? '' : ' empty'}"><span dir="auto">${value || plain(placeholder) || '&nbsp;'}</span>${menu ? '<span>▾</span>' : ''}</div>`;
const FIELDS = {
  plain_text_input: (e) => field(escaped(e.initial_value ?? ''), e.placeholder, { tall: e.multiline }),
  number_input: (e) => field(escaped(e.initial_value ?? ''), e.placeholder),
  datepicker: (e) => field(escaped(e.initial_date ?? ''), { text: 'Select a date' }, { menu: true }),
  timepicker: (e) => field(escaped(e.initial_time ?? ''), { text: 'Select a time' }, { menu: true }),
  static_select: (e) => field(plain(e.initial_option?.text), e.placeholder ?? { text: 'Select an item' }, { menu: true }),
  multi_static_select: (e) => field((e.initial_options ?? []).map((one) => `<span class="chip">${plain(one.text)} ×</span>`).join(' '), e.placeholder ?? { text: 'Select items' }, { menu: true }),
  radio_buttons: (e) => optionsOf(e).map((one) => box(one, [e.initial_option ?? []].flat(), true)).join(''),
  checkboxes: (e) => optionsOf(e).map((one) => box(one, e.initial_options ?? [], false)).join(''),
};

const BLOCKS = {
  header: (b) => `<div class="header">${plain(b.text)}</div>`,
  rich_text: (b) => `<div class="rich" dir="auto">${b.elements.map((part) => PARTS[part.type](part)).join('')}</div>`,
  context: (b) => `<div class="context">${b.elements.map(plain).join(' ')}</div>`,
  divider: () => '<hr>',
  image: (b) => `<div class="picture"><span dir="auto">${escaped(b.alt_text)}</span></div>`,
  actions: (b) => `<div class="actions">${b.elements.map((e) => `<button class="${e.style ?? ''}">${plain(e.text)}</button>`).join('')}</div>`,
  input: (b) => `<div><span class="label">${plain(b.label)}${b.optional ? ' <span class="optional">(optional)</span>' : ''}</span>${FIELDS[b.element.type](b.element)}</div>`,
};

const blocks = (list) => `<div class="blocks">${list.map((block) => BLOCKS[block.type](block)).join('')}</div>`;

function screen(payload) {
  if (payload.type === 'modal') {
    const close = payload.close ? `<button>${plain(payload.close)}</button>` : '<button>Cancel</button>';
    return `<div class="modal"><header>${plain(payload.title)}<span>×</span></header>${blocks(payload.blocks)}<footer>${close}${payload.submit ? `<button class="primary">${plain(payload.submit)}</button>` : ''}</footer></div>`;
  }
  if (payload.type === 'home') return `<div class="home"><div class="tabs"><b>Home</b> Messages &nbsp; About</div>${blocks(payload.blocks)}</div>`;
  return `<div class="message"><div class="avatar">A</div><div><div class="author">AdvocacyBot<span class="app">APP</span><span>10:24</span></div>${blocks(payload.blocks)}</div></div>`;
}

const page = (payload) => `<!doctype html><meta charset="utf-8"><style>${STYLE}</style><body><div class="screens"><div class="desktop">${screen(payload)}</div><div class="phone">${screen(payload)}</div></div>
<script>document.documentElement.dataset.height = document.documentElement.scrollHeight</script>`;

const [from, to] = process.argv.slice(2, 4).map((folder) => resolve(folder));
const named = process.argv.slice(4);
if (!from || !to) throw new Error('Say where the payloads are and where the pictures go: node preview-blocks.mjs FOLDER OUT [NAME]...');
mkdirSync(to, { recursive: true });
const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';
const browse = (...more) => execFileSync(chromium, ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--force-device-scale-factor=1', ...more], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
const work = mkdtempSync(join(tmpdir(), 'slack-preview-'));
for (const name of readdirSync(from).filter((file) => file.endsWith('.json')).map((file) => basename(file, '.json')).sort()) {
  if (named.length > 0 && !named.includes(name)) continue;
  const html = join(work, `${name}.html`);
  writeFileSync(html, page(JSON.parse(readFileSync(join(from, `${name}.json`), 'utf8'))));
  const address = pathToFileURL(html).href;
  const height = /data-height="(\d+)"/.exec(browse('--window-size=1100,200', '--dump-dom', address))[1];
  browse(`--window-size=1100,${height}`, `--screenshot=${join(to, `${name}.png`)}`, address);
  console.log(join(to, `${name}.png`));
}
rmSync(work, { recursive: true });
