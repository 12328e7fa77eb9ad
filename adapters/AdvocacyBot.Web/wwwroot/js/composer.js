import { get } from "./api.js";
import { $, h, icon } from "./dom.js";
import { store } from "./store.js";
import { t } from "./texts.js";

const slash = "/advocate";

/** Where one writes, with completion of commands. */
export class Composer {
  #commands = [];
  #options = [];
  #active = -1;
  #asked = 0;
  #drafts = new Map();
  #channel;

  /** send(text) answers whether it went out; the text stays where it did not. */
  constructor(send) {
    this.send = send;
    this.text = $("text");
    this.list = $("completion");
    this.text.addEventListener("input", () => {
      this.#grow();
      this.#complete();
    });
    this.text.addEventListener("keydown", event => this.#key(event));
    this.text.addEventListener("blur", () => this.#close());
    $("composer").addEventListener("submit", event => {
      event.preventDefault();
      this.#submit();
    });
  }

  /** For a channel; what was written in the one before is kept for the way back. */
  open(channel) {
    this.#drafts.set(this.#channel, this.text.value);
    this.#channel = `${store.me.id}/${channel.id}`;
    this.text.value = this.#drafts.get(this.#channel) ?? "";
    this.text.placeholder = t("composerPlaceholder", { channel: channel.name });
    this.text.setAttribute("aria-label", t("composer"));
    $("send").setAttribute("aria-label", t("send"));
    $("send").title = t("send");
    $("send").replaceChildren(icon("send"));
    this.list.setAttribute("aria-label", t("commands"));
    this.#close();
    this.#grow();
  }

  async #submit() {
    const text = this.text.value.trim();
    if (!text || this.text.readOnly) {
      return;
    }

    this.#close();
    this.#busy(true);
    const gone = await this.send(text);
    this.#busy(false);
    if (gone) {
      this.text.value = "";
      this.#grow();
    }
  }

  #busy(is) {
    this.text.readOnly = is;
    $("send").disabled = is;
    $("composer").setAttribute("aria-busy", String(is));
  }

  #grow() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight, innerHeight * 0.35)}px`;
  }

  #key(event) {
    if (event.isComposing) {
      return;
    }

    const open = this.#options.length > 0;
    if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.#activate((this.#active + step + this.#options.length) % this.#options.length);
    } else if (open && event.key === "Escape") {
      this.#close();
    } else if (open && event.key === "Tab" && !event.shiftKey) {
      this.#take(this.#options[this.#active]);
    } else if (event.key === "Enter" && !event.shiftKey) {
      const option = this.#options[this.#active];
      if (option && option.text.trim() !== this.text.value.trim()) {
        this.#take(option);
      } else {
        this.#submit();
      }
    } else {
      return;
    }

    event.preventDefault();
  }

  async #complete() {
    const typed = this.text.value.toLowerCase();
    const part = typed.startsWith(`${slash} `) ? typed.slice(slash.length + 1) : slash.startsWith(typed) ? "" : undefined;
    if (!typed.startsWith("/") || part === undefined || /\s/.test(part)) {
      this.#close();
      return;
    }

    const turn = ++this.#asked;
    try {
      this.#commands = (await get(`commands?prefix=${encodeURIComponent(part)}`)).commands;
    } catch {
      this.#commands = [];
    }

    if (turn === this.#asked && document.activeElement === this.text) {
      this.#show();
    }
  }

  #show() {
    this.#options = this.#commands.map((command, index) => {
      const option = h("li.option", { role: "option", id: `option-${index}`, "aria-selected": "false" },
        h("span.option-name", { dir: "ltr" }, `${slash} ${command.name}`, command.usage && h("span.option-usage", {}, ` ${command.usage}`)),
        h("span.option-text", { dir: "auto" }, command.description));
      option.addEventListener("mousedown", event => {
        event.preventDefault();
        this.#take(this.#options[index]);
      });
      return { element: option, text: `${slash} ${command.name} ` };
    });
    this.list.replaceChildren(...this.#options.map(option => option.element));
    this.list.hidden = this.#options.length === 0;
    this.text.setAttribute("aria-expanded", String(this.#options.length > 0));
    if (this.#options.length > 0) {
      this.#activate(0);
    }
  }

  #activate(index) {
    this.#options[this.#active]?.element.setAttribute("aria-selected", "false");
    this.#active = index;
    const { element } = this.#options[index];
    element.setAttribute("aria-selected", "true");
    element.scrollIntoView({ block: "nearest" });
    this.text.setAttribute("aria-activedescendant", element.id);
  }

  #take(option) {
    this.text.value = option.text;
    this.#close();
    this.text.focus();
    this.#grow();
  }

  #close() {
    this.#asked++;
    this.#options = [];
    this.#active = -1;
    this.list.hidden = true;
    this.text.setAttribute("aria-expanded", "false");
    this.text.removeAttribute("aria-activedescendant");
  }
}
