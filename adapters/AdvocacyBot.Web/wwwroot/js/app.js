import { actAs, ApiError, get, newId, post, remove } from "./api.js";
import { Composer } from "./composer.js";
import { $, h } from "./dom.js";
import { Hub } from "./hub.js";
import { announce, complain } from "./notices.js";
import { Panel } from "./panel.js";
import { Sidebar } from "./sidebar.js";
import { of, put, readMark, recall, remember, store } from "./store.js";
import { Stream } from "./stream.js";
import { speak, spoken, t } from "./texts.js";

let hub;
let refreshing;
let turn = 0;

/** Ids of requests that were not answered: a repetition of the same carries the same one. */
const unanswered = new Map();

const stream = new Stream({ press, react, dismiss, older, read: () => sidebar.renderChannels() });
const sidebar = new Sidebar({ become: id => go(id, store.channel) });
const composer = new Composer(say);
const panel = new Panel(submit);

window.addEventListener("hashchange", () => follow().catch(error => complain(t("loadFailed", { reason: error.message }))));
window.addEventListener("focus", () => refresh());
start();

async function start() {
  try {
    await loadState();
    await follow();
  } catch (error) {
    document.body.append(h("div.failed", { role: "alert" }, h("p", {}, t("loadFailed", { reason: error.message })),
      h("button.button.primary", { type: "button", onclick: () => location.reload() }, t("retry"))));
  }
}

async function loadState() {
  const state = await get("state");
  store.programme = state.programme;
  store.strings = state.strings;
  store.people = new Map(state.people.map(person => [person.id, person]));
}

function go(personId, channelId) {
  location.hash = `${personId}/${channelId ?? ""}`;
}

/** Brings the page to what the address says: #person/channel. */
async function follow() {
  const [personId, channelId] = decodeURIComponent(location.hash.slice(1)).split("/");
  const person = store.people.get(personId) ?? store.people.get(recall("person")) ?? [...store.people.values()].find(p => p.roles.length === 0);
  if (!person) {
    throw new ApiError(t("noAnswer"), 0);
  }

  const mine = ++turn;
  if (person.id !== store.me?.id) {
    await become(person);
  }

  if (mine === turn) {
    await open(store.channels.get(channelId) ?? store.channels.values().next().value, mine);
  }
}

async function become(person) {
  hub?.close();
  store.me = person;
  store.messages.clear();
  remember("person", person.id);
  actAs(person.id);
  dress(person);
  await loadChannels();
  hub = new Hub(person.id, { message: arrived, removed, reactions, ready: resumed, connection });

  // What changes from here on is told; without an answer it is read all the same.
  await Promise.race([hub.ready, new Promise(done => setTimeout(done, 2000))]);
}

async function loadChannels() {
  store.channels = new Map((await get("channels")).channels.map(channel => [channel.id, channel]));
}

/** Language and direction are the person's. */
function dress(person) {
  speak(store.strings, person.language);
  document.documentElement.lang = person.language;
  document.documentElement.dir = person.dir;
  $("skip").textContent = t("skipToMessages");
  $("stream").setAttribute("aria-label", t("messages"));
}

async function open(channel, mine) {
  store.channel = channel.id;
  store.newFrom = readMark(channel.id);
  store.newUntil = channel.lastSeq;
  const hash = `#${store.me.id}/${channel.id}`;
  if (location.hash !== hash) {
    history.replaceState(null, "", hash);
  }

  document.title = `${channel.name} · ${store.programme}`;
  $("channelName").textContent = channel.name;
  $("channelMeta").textContent = channel.kind === "personal" ? t("onlyYou") : about(channel);
  $("app").hidden = false;
  sidebar.render();
  composer.open(channel);
  if (!of(channel.id).loaded) {
    $("messages").replaceChildren();
    try {
      await page(channel.id, "");
    } catch (error) {
      complain(t("loadFailed", { reason: error.message }));
    }
  }

  if (mine === turn) {
    stream.reset();
    sidebar.renderChannels();
  }
}

function about(channel) {
  const zone = new Intl.DateTimeFormat(spoken(), { timeZone: channel.timeZone, timeZoneName: "shortGeneric" })
    .formatToParts(new Date()).find(part => part.type === "timeZoneName").value;
  return `${new Intl.DisplayNames([spoken()], { type: "language" }).of(channel.language)} · ${zone}`;
}

async function page(channelId, before) {
  const read = await get(`channels/${encodeURIComponent(channelId)}/messages?limit=50${before}`);
  const kept = of(channelId);
  read.messages.forEach(put);
  kept.more = read.more;
  kept.loaded = true;
}

async function older() {
  const first = Math.min(...[...of(store.channel).byId.values()].map(message => message.seq));
  $("older").disabled = true;
  try {
    await stream.keepingPlace(() => page(store.channel, `&before=${first}`));
  } catch (error) {
    complain(error.message);
  }

  $("older").disabled = false;
}

function arrived(message) {
  const isNew = !of(message.channel).byId.has(message.id);
  if (!of(message.channel).loaded) {
    const channel = store.channels.get(message.channel);
    if (channel && message.author !== store.me.id) {
      channel.lastSeq = Math.max(channel.lastSeq, message.seq);
    }
  } else if (!put(message)) {
    return;
  }

  if (message.channel === store.channel) {
    stream.changed(message, isNew);
  } else {
    sidebar.renderChannels();
  }
}

function removed({ id, channel }) {
  if (of(channel).byId.delete(id) && channel === store.channel) {
    stream.render();
  }
}

function reactions({ id, channel, change, reactions: now }) {
  const message = of(channel).byId.get(id);
  if (message && message.change < change) {
    arrived({ ...message, change, reactions: now });
  }
}

/** The numbers begin again: the server has another database than before. */
function resumed(seq, before) {
  if (before !== undefined && seq < before) {
    location.reload();
  }
}

function connection(up) {
  const banner = $("banner");
  if (up && !banner.hidden) {
    announce(t("reconnected"));
  }

  banner.textContent = t("disconnected");
  banner.hidden = up;
}

async function say(text) {
  const channel = store.channel;
  const sent = await request("messages", { channel, text }, `say ${channel} ${text}`);
  if (sent.problem) {
    complain(t("sendFailed", { reason: sent.problem }));
    return false;
  }

  // One who writes wants to see what comes of it.
  stream.toEnd();
  take(sent.answer);
  return true;
}

async function press(message, { token, inputs, button }) {
  const item = stream.node(message.id);
  if (item?.getAttribute("aria-busy") === "true") {
    return;
  }

  item?.setAttribute("aria-busy", "true");
  button?.classList.add("busy");
  const sent = await request("actions", { channel: message.channel, messageId: message.id, token, inputs }, `press ${message.id} ${token}`);
  item?.removeAttribute("aria-busy");
  button?.classList.remove("busy");
  if (sent.problem) {
    complain(t("sendFailed", { reason: sent.problem }));
  } else {
    take(sent.answer);
  }
}

async function submit(form, action, inputs) {
  const sent = await request(
    "forms", { channel: form.channel, messageId: form.messageId, token: form.token, action, inputs }, `form ${form.token} ${action} ${JSON.stringify(inputs)}`);
  if (sent.problem) {
    // The message it came from may be gone; a form that is left must close whatever happens.
    return action === "cancel" && sent.status ? { done: true } : { problem: t("sendFailed", { reason: sent.problem }) };
  }

  if (sent.answer.reply === "errors") {
    return { errors: sent.answer.errors };
  }

  take(sent.answer);
  return { done: true };
}

async function react(message, reaction, added) {
  const sent = await request(
    "reactions", { channel: message.channel, messageId: message.id, reaction, added }, `react ${message.id} ${reaction} ${added}`);
  if (sent.problem) {
    complain(t("sendFailed", { reason: sent.problem }));
  } else {
    take(sent.answer);
  }
}

async function dismiss(message) {
  try {
    await remove(`messages/${message.id}`);
  } catch (error) {
    if (error.status !== 404) {
      complain(error.message);
      return;
    }
  }

  removed(message);
  $("text").focus();
}

/** @returns {answer} or, where it was refused or not heard, {problem, status}. */
async function request(path, body, what) {
  const id = unanswered.get(what) ?? newId();
  unanswered.set(what, id);
  try {
    const answer = await post(path, body, id);
    unanswered.delete(what);
    return { answer };
  } catch (error) {
    if (!(error instanceof ApiError)) {
      throw error;
    }

    if (error.status) {
      unanswered.delete(what);
    }

    return { problem: error.message, status: error.status };
  }
}

/** What the bot answered. */
function take(answer) {
  for (const message of [answer.posted, answer.message]) {
    if (message) {
      arrived(message);
    }
  }

  if (answer.form) {
    panel.show({ ...answer.form, channel: store.channel });
  }

  refresh();
}

/** Roles, names and languages can be changed by commands. */
function refresh() {
  clearTimeout(refreshing);
  refreshing = setTimeout(async () => {
    const before = JSON.stringify(store.me);
    try {
      await loadState();
    } catch {
      return;
    }

    const now = store.people.get(store.me?.id);
    if (now && JSON.stringify(now) !== before) {
      store.me = now;
      dress(now);
      await loadChannels().catch(() => {});
      const channel = store.channels.get(store.channel);
      if (channel) {
        await open(channel, ++turn);
      }
    }
  }, 300);
}
