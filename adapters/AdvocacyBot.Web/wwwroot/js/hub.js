/**
 * Live updates. The browser resumes by itself after a cut, with the number of the last event; where it has given up (the server refused), we begin
 * again from that number.
 */
export class Hub {
  #source;
  #last;
  #retry;
  #lost;

  /** handlers: message, removed, reactions, ready(seq, before), connection(up). */
  constructor(person, handlers) {
    this.person = person;
    this.handlers = handlers;
    this.ready = new Promise(resolve => {
      this.resolveReady = resolve;
    });
    this.#open();
  }

  close() {
    clearTimeout(this.#retry);
    clearTimeout(this.#lost);
    this.#source?.close();
  }

  #open() {
    const after = this.#last === undefined ? "" : `&after=${this.#last}`;
    const source = new EventSource(`/web/hub?person=${encodeURIComponent(this.person)}${after}`);
    this.#source = source;
    source.addEventListener("ready", event => {
      clearTimeout(this.#lost);
      this.#lost = undefined;
      const { seq } = JSON.parse(event.data);
      this.handlers.connection(true);
      this.handlers.ready(seq, this.#last);
      this.#last = seq;
      this.resolveReady();
    });
    for (const name of ["message", "removed", "reactions"]) {
      source.addEventListener(name, event => {
        this.#last = Number(event.lastEventId);
        this.handlers[name](JSON.parse(event.data));
      });
    }

    source.onerror = () => {
      // A short gap, such as a host's restart, is not worth alarming anybody.
      this.#lost ??= setTimeout(() => this.handlers.connection(false), 1500);
      if (source.readyState === EventSource.CLOSED) {
        source.close();
        this.#retry = setTimeout(() => this.#open(), 3000);
      }
    };
  }
}
