let strings = {};
let language = "en";
let plurals = new Intl.PluralRules("en");

export function speak(all, code) {
  strings = all[code] ?? all.en;
  language = code;
  plurals = new Intl.PluralRules(code);
  formats.clear();
}

export const spoken = () => language;

/** The text of a key with its {placeholders} filled. */
export function t(key, values = {}) {
  return (strings[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** As t, in the plural form of the count. */
export function plural(key, count) {
  const form = `${key}_${plurals.select(count)}`;
  return t(form in strings ? form : `${key}_other`, { count: number(count) });
}

const formats = new Map();

function format(name, options) {
  if (!formats.has(name)) {
    formats.set(name, new Intl.DateTimeFormat(language, options));
  }

  return formats.get(name);
}

export const time = date => format("time", { hour: "numeric", minute: "2-digit" }).format(date);
export const dateAndTime = date => format("full", { dateStyle: "full", timeStyle: "short" }).format(date);
export const number = value => new Intl.NumberFormat(language).format(value);
export const list = items => new Intl.ListFormat(language, { type: "conjunction" }).format(items);

/** "Today", "Yesterday" or the date. */
export function day(date) {
  const midnight = new Date();
  midnight.setHours(0, 0, 0, 0);
  const age = Math.ceil((midnight - date) / 86400000);
  return age <= 0 ? t("today")
    : age === 1 ? t("yesterday")
    : format("day", { weekday: "long", day: "numeric", month: "long" }).format(date);
}
