// Reads texts as a chat client shows them: node read-markdown.mjs < TEXTS, one JSON string a line.
// Answers each with a JSON line: what is read, and the names of everything that is more than plain text.
import { readFileSync } from 'node:fs';
import markdownit from 'markdown-it';

const renderer = markdownit({ html: false });

// The official renderer replaces these before it looks for Markdown (adaptivecards/lib/text-formatters.js).
const MACRO = /\{\{(DATE|TIME)\(/;

function read(text) {
  const seen = new Set(MACRO.test(text) ? ['macro'] : []);
  const words = [];
  for (const token of renderer.parse(text, {})) {
    if (token.type !== 'inline') {
      if (token.tag !== 'p') seen.add(token.tag || token.type);
      if (token.content) words.push(token.content, '\n');
      continue;
    }
    for (const part of token.children) {
      if (part.type === 'text' || part.type === 'text_special') words.push(part.content);
      else if (part.type === 'softbreak' || part.type === 'hardbreak') words.push('\n');
      else seen.add(part.tag || part.type);
    }
    words.push('\n');
  }
  return { text: words.join(''), tags: [...seen] };
}

for (const line of readFileSync(0, 'utf8').split('\n')) {
  if (line !== '') console.log(JSON.stringify(read(JSON.parse(line))));
}
