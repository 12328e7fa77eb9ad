import { ApiError, newId, post, remove } from "./api.js";
import { $ } from "./dom.js";
import { complain } from "./notices.js";
import { store } from "./store.js";
import { t } from "./texts.js";

/** What the person does, and what comes back. */
export class Acts {
  /** Ids of requests that were not answered: a repetition of the same carries the same one. */
  #unanswered = new Map();

  /** page: {arrived(message), removed(message), form(form), refresh()}. */
  constructor(page) {
    this.page = page;
  }

  /** @returns whether it went out. */
  async say(text) {
    const channel = store.channel;
    return this.#take(await this.#request("messages", { channel, text }), channel);
  }

  async press(message, { token, inputs, button }, item) {
    if (item?.getAttribute("aria-busy") === "true") {
      return;
    }

    item?.setAttribute("aria-busy", "true");
    button?.classList.add("busy");
    const sent = await this.#request("actions", { channel: message.channel, messageId: message.id, token, inputs });
    item?.removeAttribute("aria-busy");
    button?.classList.remove("busy");
    this.#take(sent, message.channel);
  }

  /** @returns {errors}, {problem} or {done: true}. */
  async submit(form, action, inputs) {
    const { channel, messageId, token } = form;
    const sent = await this.#request("forms", { channel, messageId, token, action, inputs });
    if (sent.problem) {
      // The message it came from may be gone; a form that is left must close whatever happens.
      return action === "cancel" && sent.status ? { done: true } : { problem: t("sendFailed", { reason: sent.problem }) };
    }

    if (sent.answer.reply === "errors") {
      return { errors: sent.answer.errors };
    }

    this.#take(sent, channel);
    return { done: true };
  }

  async react(message, reaction, added) {
    this.#take(await this.#request("reactions", { channel: message.channel, messageId: message.id, reaction, added }), message.channel);
  }

  /** What the command does when somebody types it; as many of the words as a message takes. */
  suggest(words) {
    const command = "/advocate suggest ";
    return this.say(command + words.slice(0, $("text").maxLength - command.length));
  }

  async dismiss(message) {
    try {
      await remove(`messages/${message.id}`);
    } catch (error) {
      if (error.status !== 404) {
        complain(error.message);
        return;
      }
    }

    this.page.removed(message);
    $("text").focus();
  }

  /** @returns {answer} or, where it was refused or not heard, {problem, status}. */
  async #request(path, body) {
    const what = `${store.me.id} ${path} ${JSON.stringify(body)}`;
    const id = this.#unanswered.get(what) ?? newId();
    this.#unanswered.set(what, id);
    try {
      const answer = await post(path, body, id);
      this.#unanswered.delete(what);
      return { answer };
    } catch (error) {
      if (!(error instanceof ApiError)) {
        throw error;
      }

      if (error.status) {
        this.#unanswered.delete(what);
      }

      return { problem: error.message, status: error.status };
    }
  }

  /** Shows what the bot answered; false where it did not. */
  #take({ answer, problem }, channel) {
    if (problem) {
      complain(t("sendFailed", { reason: problem }));
      return false;
    }

    for (const message of [answer.posted, answer.message]) {
      if (message) {
        this.page.arrived(message);
      }
    }

    if (answer.form) {
      this.page.form({ ...answer.form, channel });
    }

    this.page.refresh();
    return true;
  }
}
