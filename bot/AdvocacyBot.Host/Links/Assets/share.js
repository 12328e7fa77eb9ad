// Everything here is an addition: the page works without it.
(() => {
  const text = document.getElementById('text');
  const link = document.getElementById('link');
  if (!text || !link) {
    return;
  }

  // What the programme requires is said in whatever is shared; where it was taken out it is put back.
  const required = document.querySelector('[data-disclosure]');
  const plain = words => words.replace(/[\u202a-\u202e\u2066-\u2069]/g, '').split(/\s+/).filter(Boolean).join(' ').replace(/\.+$/, '').toLowerCase();
  const shared = () => {
    if (!required) {
      return text.value;
    }

    const said = plain(text.value);
    return JSON.parse(required.dataset.disclosures).some(words => said.includes(plain(words)))
      ? text.value
      : `${text.value.trimEnd()}\n${required.dataset.disclosure}`;
  };

  const status = document.querySelector('[data-status]');
  let saved = text.value;

  const say = ok => {
    status.textContent = ok ? status.dataset.copied : status.dataset.failed;
  };

  const copy = async value => {
    try {
      await navigator.clipboard.writeText(value);
      say(true);
    } catch {
      text.focus();
      text.select();
      say(false);
    }
  };

  const show = (selector, act) => {
    const button = document.querySelector(selector);
    button.hidden = false;
    button.addEventListener('click', act);
  };

  // The composer is filled from the saved text.
  const save = async () => {
    if (text.value === saved || !text.value.trim()) {
      return true;
    }

    const form = text.form;
    const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)) });
    if (answer.ok) {
      saved = text.value;
    }

    return answer.ok;
  };

  if (navigator.clipboard) {
    show('[data-copy]', () => copy(`${shared()}\n${link.value}`));
    show('[data-copy-link]', () => copy(link.value));
  }

  if (navigator.share) {
    show('[data-share]', async () => {
      try {
        await navigator.share({ text: shared(), url: link.value });
      } catch {
        // Closed without sharing.
      }
    });
  }

  for (const network of document.querySelectorAll('a.network')) {
    network.addEventListener('click', event => {
      if (network.hasAttribute('data-copies') && navigator.clipboard) {
        copy(shared());
      }

      if (text.value !== saved) {
        event.preventDefault();
        const opened = window.open('', '_blank');
        save().catch(() => false).then(ok => {
          if (!ok) {
            opened?.close();
            text.form.requestSubmit();
          } else if (opened) {
            opened.opener = null;
            opened.location = network.href;
          } else {
            location.assign(network.href);
          }
        });
      }
    });
  }
})();
