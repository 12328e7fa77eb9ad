import { Acts } from "./acts.js";
import { actAs, ApiError, get } from "./api.js";
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

const acts = new Acts({ arrived, removed, refresh, form: shown => panel.show(shown) });
const stream = new Stream({
  press: (message, pressed) => acts.press(message, pressed, stream.node(message.id)),
  react: (message, reaction, added) => acts.react(message, reaction, added),
  suggest: words => acts.suggest(words),
  dismiss: message => acts.dismiss(message),
  older,
  read: () => sidebar.renderChannels(),
});
const sidebar = new Sidebar({ become: id => go(id, store.channel) });
const composer = new Composer(text => {
  // One who writes wants to see what comes of it.
  stream.toEnd();
  return acts.say(text);
});
const panel = new Panel((form, action, inputs) => acts.submit(form, action, inputs));

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
