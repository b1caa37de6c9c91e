import { language } from "../texts/texts";

const locales = { en: "en-GB", de: "de-DE" } as const;
const locale = () => locales[language.value];

export const count = (n: number | bigint): string => new Intl.NumberFormat(locale()).format(n);

/** A day such as 2026-10-31, in words; it is the same day everywhere. */
export const day = (date: string): string =>
  new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeZone: "UTC" }).format(
    new Date(`${date.slice(0, 10)}T00:00:00Z`),
  );

/** A moment, in this reader's own time. */
export const moment = (time: string): string =>
  new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "medium" }).format(
    new Date(time),
  );

export const month = (date: string): string =>
  new Intl.DateTimeFormat(locale(), { month: "short", year: "2-digit", timeZone: "UTC" }).format(
    new Date(`${date.slice(0, 7)}-01T00:00:00Z`),
  );

/** A decimal of the API, such as "2.5", as people write it. */
export const decimal = (text: string): string =>
  new Intl.NumberFormat(locale(), { maximumFractionDigits: 12 }).format(text as unknown as number);

export const country = (code: string): string => {
  try {
    return new Intl.DisplayNames(locale(), { type: "region" }).of(code) ?? code;
  } catch {
    return code;
  }
};

/** Today here, such as 2026-10-31. */
export const today = (): string => {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()]
    .map((n) => String(n).padStart(2, "0"))
    .join("-");
};

/** A day some days after another. */
export const daysAfter = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** How long until a moment: "in 5 minutes". */
export function until(time: string, now: number): string {
  const seconds = Math.round((Date.parse(time) - now) / 1000);
  const format = new Intl.RelativeTimeFormat(locale(), { numeric: "always" });
  const size = Math.abs(seconds);
  if (size < 120) return format.format(seconds, "second");
  if (size < 7200) return format.format(Math.round(seconds / 60), "minute");
  if (size < 172_800) return format.format(Math.round(seconds / 3600), "hour");
  return format.format(Math.round(seconds / 86_400), "day");
}

/** The sign between an amount's whole part and its decimals, and the one between thousands. */
export function signs(): { point: string; group: string } {
  const parts = new Intl.NumberFormat(locale()).formatToParts(12345.6);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? "";
  return { point: of("decimal"), group: of("group") };
}

export const formatPlain = (text: string, digits: number): string =>
  new Intl.NumberFormat(locale(), {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(text as unknown as number);
