import { $, arrange, h, icon } from "./dom.js";
import { authorName, gist, messageItem } from "./message.js";
import { announce } from "./notices.js";
import { inOrder, isUnread, markRead, of, store } from "./store.js";
import { day, t } from "./texts.js";

const groupedFor = 5 * 60 * 1000;

/** The messages of the open channel. */
export class Stream {
  #items = new Map();
  #atEnd = true;

  /** actions: {press, react, suggest, dismiss, older, read}. */
  constructor(actions) {
    this.actions = actions;
    this.box = $("stream");
    this.box.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    $("older").addEventListener("click", () => actions.older());
    $("jump").addEventListener("click", () => {
      this.toEnd();
      $("text").focus();
    });
    document.addEventListener("visibilitychange", () => this.#see());

    // Pictures and phone keyboards change heights after the fact.
    new ResizeObserver(() => this.#atEnd && this.toEnd()).observe($("messages"));
    new ResizeObserver(() => this.#atEnd && this.toEnd()).observe(this.box);
  }

  /** Another channel, person or language: everything anew. */
  reset() {
    this.#items.clear();
    this.#atEnd = true;
    $("messages").replaceChildren();
    this.render();
    this.toEnd();
    this.#see();
  }

  render() {
    const { more, loaded } = of(store.channel);
    const messages = inOrder(store.channel);
    const older = $("older");
    older.hidden = !more;
    older.textContent = t("older");
    this.#empty(loaded && messages.length === 0);

    const wanted = [];
    let previous;
    let marked = store.newFrom === 0;
    for (const message of messages) {
      const newDay = !previous || day(new Date(previous.at)) !== day(new Date(message.at));
      if (newDay) {
        wanted.push(this.#divider(`day ${message.at.slice(0, 10)} ${message.seq}`, "day", day(new Date(message.at))));
      }

      const firstNew = !marked && message.seq > store.newFrom && message.seq <= store.newUntil && message.author !== store.me.id;
      if (firstNew) {
        marked = true;
        wanted.push(this.#divider("new", "new", t("newMessages")));
      }

      const follows = !newDay && !firstNew && previous?.author === message.author && previous.private === message.private
        && new Date(message.at) - new Date(previous.at) < groupedFor;
      wanted.push(this.#item(message, follows));
      previous = message;
    }

    arrange($("messages"), wanted);
    for (const key of [...this.#items.keys()].filter(key => !wanted.includes(this.#items.get(key).node))) {
      this.#items.delete(key);
    }
  }

  /** A message came, changed or went while the channel is open. */
  changed(message, isNew) {
    this.render();
    if (isNew && message.author !== store.me.id) {
      announce(`${t("newFrom", { name: authorName(message) })}: ${gist(message)}`);
    }

    if (this.#atEnd) {
      this.toEnd();
    } else if (isNew) {
      this.#showJump();
    }

    this.#see();
  }

  /** Keeps what is looked at in place while older messages come in above it. */
  async keepingPlace(load) {
    const fromEnd = this.box.scrollHeight - this.box.scrollTop;
    await load();
    this.render();
    this.box.scrollTop = this.box.scrollHeight - fromEnd;
  }

  toEnd() {
    this.box.scrollTop = this.box.scrollHeight;
    this.#atEnd = true;
    $("jump").hidden = true;
  }

  node(messageId) {
    return this.#items.get(messageId)?.node;
  }

  #item(message, follows) {
    const known = this.#items.get(message.id);
    if (known && known.change === message.change && known.follows === follows) {
      return known.node;
    }

    const node = messageItem(message, follows, this.actions);
    if (known?.node.contains(document.activeElement)) {
      this.#keepFocus(known.node, node);
    }

    this.#items.set(message.id, { node, change: message.change, follows });
    return node;
  }

  /** The button that was pressed is gone with the old card: the same place in the new one takes the focus. */
  #keepFocus(old, node) {
    const index = [...old.querySelectorAll("button")].indexOf(document.activeElement);
    queueMicrotask(() => ([...node.querySelectorAll("button")][index] ?? node).focus({ preventScroll: true }));
  }

  #divider(key, kind, text) {
    if (this.#items.get(key)?.text !== text) {
      this.#items.set(key, { node: h(`li.divider.divider-${kind}`, {}, h("span", {}, text)), text });
    }

    return this.#items.get(key).node;
  }

  #empty(is) {
    const empty = $("empty");
    empty.hidden = !is;
    if (is) {
      empty.replaceChildren(h("h2", {}, t("emptyTitle")), h("p", {}, t("emptyHint")));
    }
  }

  #scrolled() {
    this.#atEnd = this.box.scrollHeight - this.box.scrollTop - this.box.clientHeight < 60;
    if (this.#atEnd) {
      $("jump").hidden = true;
      this.#see();
    }
  }

  #showJump() {
    const jump = $("jump");
    jump.replaceChildren(icon("down"), t("jumpToNew"));
    jump.hidden = false;
  }

  /** What is on the screen of an open window at its end has been read. */
  #see() {
    const channel = store.channels.get(store.channel);
    if (channel && this.#atEnd && !document.hidden && isUnread(channel)) {
      markRead(channel.id);
      this.actions.read();
    }
  }
}
