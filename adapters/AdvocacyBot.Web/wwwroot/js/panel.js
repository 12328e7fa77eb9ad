import { inputsOf, renderCard } from "./cards.js";
import { $, h, icon } from "./dom.js";
import { plural, t } from "./texts.js";

/** A form, at the side of the chat. A native modal dialog: the rest of the page is out of reach while it is open. */
export class Panel {
  #form;
  #card;
  #busy = false;

  /** submit(form, action, inputs) answers {errors}, {problem} or {done: true}. */
  constructor(submit) {
    this.submit = submit;
    this.dialog = $("panel");
    this.dialog.addEventListener("cancel", event => {
      event.preventDefault();
      this.#send({ id: "cancel", validates: false });
    });
    this.dialog.addEventListener("keydown", event => this.#enter(event));
  }

  /** Shows a form; one that follows on the same one keeps the place in it. */
  show(form) {
    const scroll = this.#form?.title === form.title ? this.dialog.querySelector(".panel-body")?.scrollTop ?? 0 : 0;
    this.#form = form;
    const { card, element } = renderCard(form.card, undefined);
    this.#card = card;
    const body = h("div.panel-body", {}, h("div.panel-errors", { tabindex: "-1", role: "alert", hidden: true }), element);
    this.dialog.lang = form.card.lang ?? "";
    this.dialog.dir = form.card.rtl ? "rtl" : "ltr";
    this.dialog.replaceChildren(h("form.panel-form", { novalidate: true, onsubmit: event => event.preventDefault() },
      h("header.panel-head", {},
        h("h2", { id: "panelTitle", dir: "auto" }, form.title),
        h("button.icon-button", {
          type: "button", "aria-label": t("close"), title: t("close"), onclick: () => this.#send({ id: "cancel", validates: false }),
        }, icon("close"))),
      body,
      h("footer.panel-foot", {}, form.actions.map((action, index) => this.#button(action, index === 0)))));
    for (const input of card?.getAllInputs() ?? []) {
      input.onValueChanged = () => this.#corrected(input);
    }

    if (!this.dialog.open) {
      this.dialog.showModal();
    }

    body.scrollTop = scroll;
    if (scroll === 0) {
      const first = body.querySelector("input:not([type=hidden]), textarea, select");
      (first ?? this.dialog.querySelector(".panel-foot button")).focus();
    }
  }

  close() {
    this.#form = undefined;
    this.dialog.close();
  }

  #button(action, primary) {
    const button = h("button.button", { type: "button", "data-action": action.id, onclick: () => this.#send(action, button) }, action.title);
    button.classList.toggle("primary", primary && !action.destructive);
    button.classList.toggle("destructive", action.destructive);
    return button;
  }

  /** Enter in a one-line field presses the first button. */
  #enter(event) {
    if (event.key === "Enter" && event.target instanceof HTMLInputElement && !["checkbox", "radio"].includes(event.target.type)) {
      event.preventDefault();
      this.#send(this.#form.actions[0], this.dialog.querySelector(".panel-foot button"));
    }
  }

  async #send(action, button) {
    if (this.#busy || !this.#form) {
      return;
    }

    const missing = action.validates ? this.#missing() : {};
    if (Object.keys(missing).length > 0) {
      this.#showErrors(missing);
      return;
    }

    this.#setBusy(true, button);
    const form = this.#form;
    const outcome = await this.submit(form, action.id, this.#card ? inputsOf(this.#card) : {});
    this.#setBusy(false, button);
    if (outcome.errors) {
      this.#showErrors(outcome.errors);
    } else if (outcome.problem) {
      this.#showErrors({ "": outcome.problem });
    } else if (outcome.done && this.#form === form) {
      this.close();
    }
  }

  #missing() {
    const errors = {};
    for (const input of this.#card?.getAllInputs() ?? []) {
      // An empty number with bounds is "not valid" to the library, required or not.
      if (input.isSet() ? !input.isValid() : input.isRequired) {
        errors[input.id] = input.errorMessage || t("requiredField");
      }
    }

    return errors;
  }

  #showErrors(errors) {
    const inputs = this.#card?.getAllInputs() ?? [];
    inputs.forEach(input => this.#clear(input));
    const lines = Object.entries(errors).map(([id, text]) => {
      const input = inputs.find(candidate => candidate.id === id);
      if (!input) {
        return h("li", { dir: "auto" }, text);
      }

      this.#mark(input, text);
      const label = input.label ? `${input.label}: ` : "";
      return h("li", { dir: "auto", "data-input": id }, h("button.link", { type: "button", onclick: () => input.focus() }, `${label}${text}`));
    });
    const summary = this.dialog.querySelector(".panel-errors");
    summary.replaceChildren(h("p", {}, plural("fixErrors", lines.length)), h("ul", {}, lines));
    summary.hidden = false;
    summary.focus();
    summary.scrollIntoView({ block: "nearest" });
  }

  #mark(input, text) {
    const error = h("p.field-error", { id: `error-${input.id}` }, text);
    input.renderedElement.append(error);
    for (const control of controls(input)) {
      control.setAttribute("aria-invalid", "true");
      control.setAttribute("aria-describedby", error.id);
    }
  }

  /** A field that is changed is given the benefit of the doubt. */
  #corrected(input) {
    this.#clear(input);
    const summary = this.dialog.querySelector(".panel-errors");
    [...summary.querySelectorAll("li")].find(line => line.dataset.input === input.id)?.remove();
    const left = summary.querySelectorAll("li").length;
    summary.hidden = left === 0;
    if (left > 0) {
      summary.querySelector("p").textContent = plural("fixErrors", left);
    }
  }

  #clear(input) {
    input.renderedElement?.querySelector(".field-error")?.remove();
    for (const control of controls(input)) {
      control.removeAttribute("aria-invalid");
      control.removeAttribute("aria-describedby");
    }
  }

  #setBusy(is, button) {
    this.#busy = is;
    button?.setAttribute("aria-busy", String(is));
    for (const each of this.dialog.querySelectorAll(".panel-foot button")) {
      each.setAttribute("aria-disabled", String(is));
    }
  }
}

const controls = input => input.renderedElement?.querySelectorAll("input, textarea, select, [role=radiogroup]") ?? [];
