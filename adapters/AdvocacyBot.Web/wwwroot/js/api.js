import { spoken, t } from "./texts.js";

/** The server's refusal, or its silence; the message is for the person. */
export class ApiError extends Error {
  constructor(message, status, field) {
    super(message);
    this.status = status;
    this.field = field;
  }
}

let person = "";

export const actAs = id => {
  person = id;
};

export const get = path => call("GET", path);
export const remove = path => call("DELETE", path);

/**
 * Posts and tries again when nothing was heard. The id names the request, so that one that did arrive is not carried out twice;
 * pass the same one to repeat it later.
 */
export const post = (path, body, id = newId()) => call("POST", path, JSON.stringify({ ...body, id }));

/** randomUUID is there on secure pages only. */
export const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), byte => byte.toString(16).padStart(2, "0")).join("");

async function call(method, path, body) {
  const headers = { "X-Person": person, "Accept-Language": spoken() };
  if (body) {
    headers["Content-Type"] = "application/json";
  }

  for (let attempt = 1; ; attempt++) {
    let response;
    try {
      response = await fetch(`/web/api/${path}`, { method, headers, body });
    } catch {
      if (attempt < 3) {
        await new Promise(done => setTimeout(done, 400 * attempt));
        continue;
      }

      throw new ApiError(t("noAnswer"), 0);
    }

    return read(response);
  }
}

async function read(response) {
  const text = await response.text().catch(() => "");
  let json;
  try {
    json = text ? JSON.parse(text) : undefined;
  } catch {
    json = undefined;
  }

  if (!response.ok) {
    throw new ApiError(json?.detail ?? t("noAnswer"), response.status, json?.field);
  }

  return json;
}
