import { signal } from "@preact/signals";
import { de } from "./de";
import { en } from "./en";

/** German and English have the same keys, and each text takes the same values: tsc compares. */
export type Texts = typeof en;
export type Language = "en" | "de";

const Place = "settle:language";
const all: Record<Language, Texts> = { en, de };

const first = (): Language => {
  const chosen = localStorage.getItem(Place) ?? navigator.language.slice(0, 2);
  return chosen === "de" ? "de" : "en";
};

export const language = signal<Language>(first());

/** The texts in the language that was chosen. */
export const t = (): Texts => all[language.value];

/** The words for a code of the API, such as a status; the code itself if it is a new one. */
export const word = (code: string): string =>
  (t().words as Record<string, string>)[code] ?? code.replaceAll("_", " ");

export function speak(next: Language): void {
  localStorage.setItem(Place, next);
  language.value = next;
}
