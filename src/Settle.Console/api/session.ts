import { signal } from "@preact/signals";
import { asProblem, Problem, problemOf } from "./problem";
import { parseExact } from "./exact";

export type Role = "reader" | "teller" | "peer" | "admin";

/** Who asks. A host that mounts this page says who its own user is. */
export interface Session {
  needs_key: boolean;
  name?: string;
  role?: Role;
  ledgers?: string[];
}

const Address = "./v1/session";

/** Whether a host has mounted this page: then letters, bank files and reports are not here. */
export const isMounted = document.getElementById("app")?.dataset.mounted !== undefined;

/** Null until the server has said it. */
export const session = signal<Session | null>(null);

async function send(method: string, body?: unknown): Promise<Session | null> {
  let response: Response;
  try {
    response = await fetch(Address, {
      method,
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
      body: body === undefined ? null : JSON.stringify(body),
    });
  } catch (e) {
    throw asProblem(e);
  }
  const text = await response.text();
  if (response.ok) return text ? (parseExact(text) as Session) : null;
  let said: unknown = null;
  try {
    said = JSON.parse(text);
  } catch {
    throw new Problem(response.status, "http", `${response.status} ${response.statusText}`);
  }
  throw problemOf(said, response);
}

export async function readSession(): Promise<void> {
  session.value = await send("GET");
}

export async function signIn(key: string): Promise<void> {
  session.value = await send("POST", { key });
}

export async function signOut(): Promise<void> {
  await send("DELETE");
  session.value = { needs_key: true };
}

/** Somebody has to sign in: again, if the key was revoked or the session has ended. */
export const isSignedOut = (): boolean =>
  session.value !== null && session.value.needs_key && !session.value.role;

const Rights: Record<Role, number> = { reader: 0, peer: 0, teller: 1, admin: 2 };

/** Whether the key may do what asks for a role. */
export const may = (role: "teller" | "admin"): boolean =>
  Rights[session.value?.role ?? "reader"] >= Rights[role];
