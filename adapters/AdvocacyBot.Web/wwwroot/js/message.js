import { renderCard } from "./cards.js";
import { avatar, h, icon } from "./dom.js";
import { reactionBar } from "./reactions.js";
import { store } from "./store.js";
import { dateAndTime, t, time } from "./texts.js";

const linker = window.markdownit({ html: false }).linkify;

export const authorName = message => message.author ? store.people.get(message.author)?.name ?? message.author : store.programme;

/** One line that stands for a message: for screen readers. */
export function gist(message) {
  return message.text ?? message.summary ?? firstText(message.card) ?? "";
}

/**
 * A message's list item.
 * @param follows the message goes on from the same author's last one: no name, no picture
 * @param actions {press, react, suggest, dismiss}
 */
export function messageItem(message, follows, actions) {
  const author = store.people.get(message.author);
  const at = new Date(message.at);
  const personal = store.channels.get(message.channel)?.kind === "personal";
  const stamp = h("time", { datetime: message.at, title: dateAndTime(at) }, time(at));
  const alone = message.private && !personal;
  const item = h("li.message", { "data-id": message.id, tabindex: "-1" });
  item.classList.toggle("follows", follows);
  item.classList.toggle("private", alone);
  item.classList.toggle("from-bot", !message.author);

  const body = h("div.message-body");
  if (follows) {
    item.append(h("div.message-side", {}, stamp));
  } else {
    item.append(h("div.message-side", {}, avatar(author)));
    body.append(h("div.message-head", {},
      h("span.author", { dir: "auto" }, authorName(message)), !message.author && h("span.badge", {}, t("bot")), stamp));
  }

  if (message.text !== undefined) {
    body.append(h("p.text", { dir: "auto" }, linked(message.text)));
  }

  if (message.card) {
    const { element } = renderCard(message.card, press => actions.press(message, press));
    element.classList.add("message-card");
    body.append(element);
  }

  if (alone) {
    body.prepend(h("div.only-you", {}, icon("eye"), h("span", {}, t("onlyYou")),
      h("button.dismiss", { type: "button", onclick: () => actions.dismiss(message) }, t("dismiss"))));
    if (!follows) {
      body.prepend(body.querySelector(".message-head"));
    }
  } else if (message.overlay) {
    body.append(h("p.overlay-note", {}, icon("eye"), t("overlay")));
  }

  if (!message.private) {
    const words = message.author && !personal ? message.text : undefined;
    body.append(reactionBar(message, actions.react, words && (() => actions.suggest(words))));
  }

  item.append(body);
  return item;
}

/** Text with its addresses as links, built from nodes: nothing of it is read as HTML. */
function linked(text) {
  const nodes = [];
  let at = 0;
  for (const match of linker.match(text) ?? []) {
    if (!/^https?:/i.test(match.url)) {
      continue;
    }

    nodes.push(text.slice(at, match.index), h("a", { href: match.url, target: "_blank", rel: "noopener noreferrer", dir: "ltr" }, match.text));
    at = match.lastIndex;
  }

  nodes.push(text.slice(at));
  return nodes;
}

function firstText(element) {
  if (typeof element?.text === "string") {
    return element.text;
  }

  for (const child of element?.body ?? element?.items ?? element?.columns ?? []) {
    const found = firstText(child);
    if (found) {
      return found;
    }
  }

  return undefined;
}
