// Copying and the phone's own share sheet; everything else on the page works without this file.
const text = document.getElementById("text");
const link = document.getElementById("link");
const copy = document.getElementById("copy");
const native = document.getElementById("native");
const whole = () => `${text.value.trim()}\n${link.href}`;

if (copy && navigator.clipboard) {
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    const label = copy.textContent;
    try {
      await navigator.clipboard.writeText(whole());
      copy.textContent = copy.dataset.done;
      copy.addEventListener("blur", () => { copy.textContent = label; }, { once: true });
    } catch {
      // The browser refused: the person copies by hand.
      text.focus();
      text.select();
    }
  });
}

if (native && navigator.share) {
  native.hidden = false;
  native.addEventListener("click", async () => {
    try {
      await navigator.share({ text: text.value.trim(), url: link.href });
    } catch (error) {
      // Closing the sheet is no error, and no proof of sharing either.
      if (error.name !== "AbortError") throw error;
    }
  });
}
