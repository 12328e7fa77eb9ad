import { $, avatar, h, icon } from "./dom.js";
import { isUnread, recall, remember, store } from "./store.js";
import { spoken, t } from "./texts.js";

const narrow = matchMedia("(max-width: 760px)");

/** Channels, the person one acts as, and light or dark. */
export class Sidebar {
  /** actions: {open(channelId), become(personId)}. */
  constructor(actions) {
    this.actions = actions;
    $("openMenu").addEventListener("click", () => this.drawer(true));
    $("closeMenu").addEventListener("click", () => this.drawer(false));
    $("scrim").addEventListener("click", () => this.drawer(false));
    document.addEventListener("keydown", event => {
      if (event.key === "Escape" && document.body.classList.contains("drawer-open") && !$("people").matches(":popover-open")) {
        this.drawer(false);
      }
    });
    narrow.addEventListener("change", () => this.drawer(false));
    applyTheme(recall("theme") ?? "auto");
  }

  render() {
    $("programme").textContent = store.programme;
    label($("openMenu"), "openMenu", "menu");
    label($("closeMenu"), "closeMenu", "close");
    this.renderChannels();
    this.#renderMe();
    this.drawer(false, false);
  }

  renderChannels() {
    const nav = $("channels");
    nav.setAttribute("aria-label", t("channels"));
    const channels = [...store.channels.values()];
    const focused = document.activeElement?.dataset?.channel;
    nav.replaceChildren(
      h("h2", {}, t("channels")), h("ul", {}, channels.filter(c => c.kind === "channel").map(c => this.#channel(c))),
      h("h2", {}, t("personalChats")), h("ul", {}, channels.filter(c => c.kind === "personal").map(c => this.#channel(c))));
    if (focused) {
      [...nav.querySelectorAll("a")].find(link => link.dataset.channel === focused)?.focus();
    }
  }

  /** On narrow screens the sidebar is a drawer; closed, it is out of reach of keyboard and screen reader too. */
  drawer(open, moveFocus = true) {
    const wasOpen = document.body.classList.contains("drawer-open");
    document.body.classList.toggle("drawer-open", open && narrow.matches);
    $("sidebar").inert = narrow.matches && !open;
    $("main").inert = narrow.matches && open;
    $("scrim").hidden = !(narrow.matches && open);
    $("openMenu").setAttribute("aria-expanded", String(open));
    if (moveFocus && narrow.matches && open !== wasOpen) {
      (open ? $("closeMenu") : $("openMenu")).focus();
    }
  }

  #channel(channel) {
    const current = channel.id === store.channel;
    const unread = !current && isUnread(channel);
    const link = h("a.channel", {
      href: `#${store.me.id}/${channel.id}`,
      "data-channel": channel.id,
      "aria-current": current ? "page" : undefined,
      "aria-label": unread ? t("unread", { channel: channel.name }) : undefined,
      onclick: () => this.drawer(false),
    }, icon(channel.kind === "personal" ? "bot" : "hash"), h("span.channel-name", { dir: "auto" }, channel.name), unread && h("span.dot"));
    link.classList.toggle("unread", unread);
    return h("li", {}, link);
  }

  #renderMe() {
    const { me } = store;
    $("me").replaceChildren(
      avatar(me), h("span.me-text", {}, h("span.me-name", { dir: "auto" }, me.name), h("span.me-role", {}, roleOf(me))), icon("chevron"));
    $("me").setAttribute("aria-label", `${t("you")}: ${me.name}. ${t("switchPerson")}`);

    const people = [...store.people.values()];
    $("people").setAttribute("aria-label", t("switchPerson"));
    $("people").replaceChildren(
      h("h2", {}, t("switchPerson")),
      h("p", {}, t("switchPersonHint")),
      h("ul", {}, people.map(person => h("li", {}, h("button.person", {
        type: "button",
        "data-person": person.id,
        "aria-current": person.id === me.id ? "true" : undefined,
        onclick: () => {
          $("people").hidePopover();
          this.actions.become(person.id);
        },
      }, avatar(person), h("span.me-text", {}, h("span.me-name", { dir: "auto" }, person.name), h("span.me-role", {}, roleOf(person))),
      h("span.lang", { title: languageName(person.language) }, person.language))))),
      themeSwitch());
  }
}

function roleOf(person) {
  const role = person.roles[0];
  return t(role ? `role${role[0].toUpperCase()}${role.slice(1)}` : "roleEmployee");
}

const languageName = code => new Intl.DisplayNames([spoken()], { type: "language" }).of(code);

function label(button, key, iconName) {
  button.setAttribute("aria-label", t(key));
  button.title = t(key);
  button.replaceChildren(icon(iconName));
}

function themeSwitch() {
  const now = recall("theme") ?? "auto";
  return h("fieldset.theme", {}, h("legend", {}, t("theme")), ["auto", "light", "dark"].map(theme => h("label", {},
    h("input", { type: "radio", name: "theme", value: theme, checked: theme === now, onchange: () => {
      remember("theme", theme);
      applyTheme(theme);
    } }), h("span", {}, t(`theme${theme[0].toUpperCase()}${theme.slice(1)}`)))));
}

function applyTheme(theme) {
  document.documentElement.dataset.theme = theme;
}
