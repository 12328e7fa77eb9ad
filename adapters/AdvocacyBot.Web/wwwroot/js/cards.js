import { h } from "./dom.js";
import { t } from "./texts.js";

const { AdaptiveCard, CardElement, HostConfig, ExecuteAction, OpenUrlAction, GlobalSettings } = window.AdaptiveCards;

// The Markdown subset of Adaptive Cards: emphasis, links and lists. No HTML, no pictures, no headings, no code.
const markdown = window.markdownit({ html: false, linkify: false, breaks: true })
  .disable(["image", "heading", "lheading", "code", "fence", "backticks", "hr", "blockquote", "table", "html_block", "html_inline", "autolink", "reference"]);
markdown.renderer.rules.link_open = (tokens, index, options, env, self) => {
  tokens[index].attrSet("target", "_blank");
  tokens[index].attrSet("rel", "noopener noreferrer");
  return self.renderToken(tokens, index, options);
};
AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdown.render(text);
  result.didProcess = true;
};
GlobalSettings.setTabIndexAtCardRoot = false;

// adaptivecards 3.0.6 has this pattern with the flag "g": it remembers where it stopped, and refuses the language of every second card.
CardElement.langProperty.regEx = /^[a-z]{2,3}$/i;

const tone = name => ({ default: `var(--${name})`, subtle: `var(--${name}-subtle, var(--${name}))` });
const foreground = {
  default: { default: "var(--text)", subtle: "var(--subtle)" },
  dark: { default: "var(--text)", subtle: "var(--subtle)" },
  light: { default: "var(--subtle)", subtle: "var(--subtle)" },
  accent: tone("accent-text"),
  attention: tone("attention"),
  good: tone("good"),
  warning: tone("warning"),
};
const style = background => ({ backgroundColor: background, foregroundColors: foreground });

// Colours are the page's own variables, so that a card follows light and dark without being rendered again.
const hostConfig = new HostConfig({
  fontFamily: "inherit",
  spacing: { small: 4, default: 10, medium: 16, large: 22, extraLarge: 30, padding: 12 },
  separator: { lineThickness: 1, lineColor: "var(--line)" },
  fontTypes: {
    default: {
      fontFamily: "inherit",
      fontSizes: { small: 13, default: 15, medium: 16, large: 19, extraLarge: 23 },
      fontWeights: { lighter: 300, default: 400, bolder: 650 },
    },
    monospace: {
      fontFamily: "ui-monospace, Menlo, Consolas, monospace",
      fontSizes: { small: 12, default: 14, medium: 15, large: 18, extraLarge: 22 },
      fontWeights: { lighter: 300, default: 400, bolder: 650 },
    },
  },
  lineHeights: { small: 19, default: 22, medium: 23, large: 26, extraLarge: 30 },
  imageSizes: { small: 48, medium: 96, large: 192 },
  containerStyles: {
    default: style("transparent"),
    emphasis: style("var(--sunken)"),
    accent: style("var(--accent-soft)"),
    good: style("var(--good-soft)"),
    attention: style("var(--attention-soft)"),
    warning: style("var(--warning-soft)"),
  },
  actions: {
    maxActions: 12, spacing: "default", buttonSpacing: 8, actionsOrientation: "horizontal", actionAlignment: "left", preExpandSingleShowCardAction: false,
  },
  adaptiveCard: { allowCustomStyle: false },
  textBlock: { headingLevel: 3 },
  factSet: { title: { weight: "bolder", wrap: true, maxWidth: 190 }, value: { wrap: true }, spacing: 16 },
  inputs: {
    label: {
      inputSpacing: "small",
      requiredInputs: { weight: "bolder", size: "small", suffix: " *", suffixColor: "attention" },
      optionalInputs: { weight: "bolder", size: "small" },
    },
    errorMessage: { color: "attention", size: "small", spacing: "small" },
  },
});

/**
 * Renders an Adaptive Card.
 * @param json the card
 * @param onExecute given {token, inputs, button} when one of our buttons is pressed
 * @returns {card, element}; card is undefined where the card cannot be read
 */
export function renderCard(json, onExecute) {
  const card = new AdaptiveCard();
  card.hostConfig = hostConfig;
  card.onExecuteAction = action => execute(card, action, onExecute);
  const host = h("div.card", { lang: json.lang, dir: json.rtl === undefined ? "auto" : json.rtl ? "rtl" : "ltr" });
  try {
    card.parse(json);
    const element = card.render();
    element.removeAttribute("tabindex");
    host.append(element);
  } catch (error) {
    console.error(error);
    host.append(h("p.card-failed", {}, json.fallbackText ?? t("cardFailed")));
    return { element: host };
  }

  for (const image of host.querySelectorAll("img")) {
    image.loading = "lazy";
    image.referrerPolicy = "no-referrer";
    const frame = image.parentElement;
    image.addEventListener("error", () => frame.replaceChildren(h("span.image-failed", {}, image.alt ? t("imageFailed", { alt: image.alt }) : "")));
  }

  for (const field of host.querySelectorAll("input, textarea")) {
    direct(field);
  }

  for (const link of host.querySelectorAll("a[href]")) {
    link.rel = "noopener noreferrer";
    link.target = "_blank";
  }

  return { card, element: host };
}

/** People's words are read in their own direction, addresses always from the left; an empty field follows the card (css/cards.css). */
function direct(field) {
  if (["url", "email", "tel"].includes(field.type)) {
    field.dir = "ltr";
  } else if (["text", "textarea", "search"].includes(field.type)) {
    field.dir = "auto";
    field.placeholder ||= " ";
  }
}

/** Values by input id, as text; what was left empty is "". */
export function inputsOf(card) {
  const inputs = {};
  for (const input of card.getAllInputs()) {
    // A number that is left empty is NaN.
    inputs[input.id] = input.value === undefined || input.value === null || Number.isNaN(input.value) ? "" : String(input.value);
  }

  return inputs;
}

function execute(card, action, onExecute) {
  if (action instanceof OpenUrlAction) {
    if (/^(https?|mailto):/i.test(action.url ?? "")) {
      window.open(action.url, "_blank", "noopener,noreferrer");
    }
  } else if (action instanceof ExecuteAction && onExecute) {
    onExecute({
      token: action.data?.t ?? "",
      inputs: action.associatedInputs === "none" ? {} : inputsOf(card),
      button: action.renderedElement,
    });
  }
}
