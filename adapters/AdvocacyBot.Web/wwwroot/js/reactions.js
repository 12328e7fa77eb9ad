import { $, h, icon } from "./dom.js";
import { store } from "./store.js";
import { list, number, t } from "./texts.js";

const offered = ["👍", "❤️", "🎉", "👏", "🚀", "💡", "😂", "👀"];

/**
 * Chips with counts, the button that opens the picker, and, beside a colleague's words, the one that suggests them for sharing.
 * @param suggest what its press does; nothing where there are no words
 */
export function reactionBar(message, toggle, suggest) {
  const chips = message.reactions.map(({ reaction, by }) => {
    const mine = by.includes(store.me.id);
    const people = list(by.map(id => store.people.get(id)?.name ?? id));
    return h("button.chip", {
      type: "button",
      "aria-pressed": String(mine),
      "aria-label": `${t("reactionBy", { reaction, people })}. ${mine ? t("removeReaction", { reaction }) : t("reactWith", { reaction })}`,
      title: people,
      onclick: () => toggle(message, reaction, !mine),
    }, h("span", { "aria-hidden": "true" }, reaction), h("span.count", {}, number(by.length)));
  });
  const add = h("button.chip.add-reaction", {
    type: "button",
    "aria-label": t("addReaction"),
    title: t("addReaction"),
    "aria-haspopup": "true",
    onclick: () => openPicker(add, message, toggle),
  }, icon("smile"));
  const pass = suggest && h("button.chip.add-reaction", { type: "button", "aria-label": t("suggest"), title: t("suggest"), onclick: suggest }, icon("share"));
  return h("div.reactions", {}, chips, add, pass);
}

function openPicker(opener, message, toggle) {
  const picker = $("picker");
  picker.replaceChildren(h("div.picker-row", { role: "group", "aria-label": t("addReaction") }, offered.map(reaction => {
    const mine = message.reactions.some(r => r.reaction === reaction && r.by.includes(store.me.id));
    return h("button.picker-choice", {
      type: "button",
      "aria-pressed": String(mine),
      "aria-label": mine ? t("removeReaction", { reaction }) : t("reactWith", { reaction }),
      onclick: () => {
        picker.hidePopover();
        toggle(message, reaction, !mine);
      },
    }, reaction);
  })));
  picker.onkeydown = event => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) {
      const buttons = [...picker.querySelectorAll("button")];
      const forward = document.documentElement.dir === "rtl" ? -step : step;
      buttons[(buttons.indexOf(document.activeElement) + forward + buttons.length) % buttons.length].focus();
      event.preventDefault();
    }
  };
  picker.ontoggle = event => {
    if (event.newState === "closed" && picker.contains(document.activeElement)) {
      opener.focus();
    }
  };
  picker.showPopover();
  place(picker, opener);
  picker.querySelector("button").focus();
}

/** Above the button, inside the window. */
function place(picker, opener) {
  const from = opener.getBoundingClientRect();
  const size = picker.getBoundingClientRect();
  const left = Math.min(Math.max(8, from.left + from.width / 2 - size.width / 2), innerWidth - size.width - 8);
  const top = from.top - size.height - 6 < 8 ? from.bottom + 6 : from.top - size.height - 6;
  picker.style.left = `${left}px`;
  picker.style.top = `${top}px`;
}
