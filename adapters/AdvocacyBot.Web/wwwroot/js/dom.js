export const $ = id => document.getElementById(id);

/** h("button.send", {type: "submit", onclick: f}, "Send", child): an element with attributes, handlers and children. */
export function h(what, attributes = {}, ...children) {
  const [tag, ...classes] = what.split(".");
  const element = document.createElement(tag);
  if (classes.length) {
    element.className = classes.join(" ");
  }

  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) {
      continue;
    }

    if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), value);
    } else {
      element.setAttribute(name, value === true ? "" : value);
    }
  }

  element.append(...children.flat().filter(child => child !== undefined && child !== null && child !== false));
  return element;
}

const paths = {
  menu: "M4 7h16M4 12h16M4 17h16",
  close: "M6 6l12 12M18 6L6 18",
  send: "M5 12h13M12 5l7 7-7 7",
  smile: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.5 14.5s1.2 2 3.5 2 3.5-2 3.5-2M9 9.5h.01M15 9.5h.01",
  share: "M7 12v6a2 2 0 0 0 2 2h6a2 2 0 0 0 2-2v-6M12 15V4M8 8l4-4 4 4",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
  hash: "M9 4L7 20M17 4l-2 16M4 9h16M4 15h16",
  chevron: "M8 10l4 4 4-4",
  down: "M12 5v14M6 13l6 6 6-6",
  bot: "M8 8h8a3 3 0 0 1 3 3v5a3 3 0 0 1-3 3H8a3 3 0 0 1-3-3v-5a3 3 0 0 1 3-3zM12 8V5M9.5 13h.01M14.5 13h.01",
};

/** A line icon; says nothing to screen readers, its button does. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("icon", `icon-${name}`);
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", paths[name]);
  svg.append(path);
  return svg;
}

/** A round sign for a person: their initials on a colour of their own. */
export function avatar(person) {
  if (!person) {
    return h("span.avatar.avatar-bot", { "aria-hidden": "true" }, icon("bot"));
  }

  const initials = person.name.split(/\s+/).map(word => [...word][0]).slice(0, 2).join("");
  const element = h("span.avatar", { "aria-hidden": "true" }, initials);
  let hue = 0;
  for (const character of person.id) {
    hue = (hue * 31 + character.codePointAt(0)) % 360;
  }

  element.style.setProperty("--hue", hue);
  return element;
}

/** Brings an element's children to a list without moving those that stay, so that focus and scroll are kept. */
export function arrange(parent, wanted) {
  let at = parent.firstChild;
  for (const node of wanted) {
    if (node === at) {
      at = at.nextSibling;
    } else {
      parent.insertBefore(node, at);
    }
  }

  while (at) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
}
