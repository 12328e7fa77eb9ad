import { $, h, icon } from "./dom.js";
import { t } from "./texts.js";

/** Says that something went wrong; stays until dismissed or for a while. */
export function complain(text) {
  const toast = h("div.toast", {}, h("span", { dir: "auto" }, text),
    h("button.icon-button", { type: "button", "aria-label": t("dismiss"), onclick: () => toast.remove() }, icon("close")));
  $("toasts").append(toast);
  setTimeout(() => toast.remove(), 12000);
}

/** Said by screen readers when they come to it. */
export function announce(text) {
  $("live").textContent = text;
}
