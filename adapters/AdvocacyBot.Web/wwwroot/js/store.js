/** What the page knows: people, channels, messages by channel, and how far each channel was read. */
export const store = {
  programme: "",
  strings: {},
  people: new Map(),
  channels: new Map(),
  /** By channel id: {byId: Map, more, loaded}. */
  messages: new Map(),
  me: undefined,
  channel: undefined,
  /** Up to where the open channel was read when it was opened, and up to where it went: "New" stands between. */
  newFrom: 0,
  newUntil: 0,
};

export function of(channelId) {
  if (!store.messages.has(channelId)) {
    store.messages.set(channelId, { byId: new Map(), more: false, loaded: false });
  }

  return store.messages.get(channelId);
}

export const inOrder = channelId => [...of(channelId).byId.values()].sort((a, b) => a.seq - b.seq);

/** Takes a message in unless a newer version is there; true where something changed. */
export function put(message) {
  const known = of(message.channel).byId;
  const old = known.get(message.id);
  if (old && old.change >= message.change) {
    return false;
  }

  known.set(message.id, message);
  const channel = store.channels.get(message.channel);
  if (channel && message.seq > channel.lastSeq) {
    channel.lastSeq = message.seq;
  }

  return true;
}

const key = channelId => `advocacybot.read.${store.me.id}.${channelId}`;

/** Private windows may refuse storage; then everything counts as unread after a reload. */
const memory = new Map();

export function readMark(channelId) {
  try {
    return Number(localStorage.getItem(key(channelId)) ?? 0);
  } catch {
    return memory.get(key(channelId)) ?? 0;
  }
}

export function markRead(channelId) {
  const seq = store.channels.get(channelId)?.lastSeq ?? 0;
  try {
    localStorage.setItem(key(channelId), String(seq));
  } catch {
    memory.set(key(channelId), seq);
  }
}

export const isUnread = channel => channel.lastSeq > readMark(channel.id);

export function remember(name, value) {
  try {
    localStorage.setItem(`advocacybot.${name}`, value);
  } catch {
    memory.set(name, value);
  }
}

export function recall(name) {
  try {
    return localStorage.getItem(`advocacybot.${name}`);
  } catch {
    return memory.get(name);
  }
}
