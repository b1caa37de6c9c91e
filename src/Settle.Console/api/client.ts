import createClient from "openapi-fetch";
import type { components, paths } from "./schema";
import { parseExact } from "./exact";
import { asProblem, problemOf } from "./problem";
import { address } from "../app/router";

export type Schemas = components["schemas"];

// Every answer is read whole, so that it can be read exactly.
async function exactly(request: Request): Promise<Response> {
  const response = await fetch(request);
  if (response.status === 204) return response;
  const text = await response.text();
  const headers = new Headers(response.headers);
  headers.set("Content-Length", String(text.length));
  const whole = new Response(text, { status: response.status, headers });
  whole.json = async () => parseExact(text);
  return whole;
}

/** The server's API, as its own description has it. Addresses are relative to the page. */
export const api = createClient<paths>({ baseUrl: ".", fetch: exactly });

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** What was answered; throws a problem for anything else. */
export async function ask<T>(sent: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await sent;
  } catch (e) {
    throw asProblem(e);
  }
  if (!answer.response.ok) throw problemOf(answer.error, answer.response);
  return answer.data as T;
}

/** The path of the ledger that is shown. */
export const here = (): { ledger: string } => ({ ledger: address.value.ledger ?? "" });

/** The address of a file of the ledger that is shown. */
export const fileHref = (path: string[], query: Record<string, string> = {}): string => {
  const text = new URLSearchParams(query).toString();
  return (
    `./v1/ledgers/${[here().ledger, ...path].map(encodeURIComponent).join("/")}` +
    (text ? `?${text}` : "")
  );
};
