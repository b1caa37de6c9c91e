import { signal } from "@preact/signals";
import { formatPlain, signs } from "./format";

export type Minor = number | bigint;

/** The decimals of each asset of the ledger that is shown. */
export const scales = signal<ReadonlyMap<string, number>>(new Map());

/** The ledger's own asset. */
export const ownAsset = signal("");

export const scaleOf = (asset: string): number => scales.value.get(asset) ?? 2;

/** An amount in the minor unit as a decimal: -1234 is "-12.34". */
export function decimalOf(minor: Minor, scale: number): string {
  const value = BigInt(minor);
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, "0");
  const whole = digits.slice(0, digits.length - scale);
  return `${value < 0n ? "-" : ""}${whole}${scale ? `.${digits.slice(-scale)}` : ""}`;
}

export const amount = (minor: Minor, asset: string): string =>
  formatPlain(decimalOf(minor, scaleOf(asset)), scaleOf(asset)).replace("-", "−");

/**
 * What a person typed, in the minor unit; null if it is not an amount of that asset. Thousands may
 * be set apart, but only where they are.
 */
export function readAmount(text: string, asset: string): number | null {
  const { point, group } = signs();
  const escaped = (sign: string) => sign.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const spaces = "[ \\u00a0\\u202f']";
  const shape = new RegExp(
    `^(\\d+|\\d{1,3}(?:(?:${escaped(group)}|${spaces})\\d{3})+)(?:${escaped(point)}(\\d+))?$`,
  );
  const match = shape.exec(text.trim());
  if (!match) return null;
  const scale = scaleOf(asset);
  const fraction = match[2] ?? "";
  if (fraction.length > scale) return null;
  const minor = Number((match[1] ?? "").replace(/\D/g, "") + fraction.padEnd(scale, "0"));
  return Number.isSafeInteger(minor) ? minor : null;
}

/** An amount as a person would type it. */
export const typed = (minor: Minor, asset: string): string =>
  decimalOf(minor, scaleOf(asset)).replace(".", signs().point);

interface Props {
  minor: Minor;
  asset?: string | null | undefined;
  isBare?: boolean;
}

/** An amount with its asset. */
export function Money({ minor, asset, isBare }: Props) {
  const of = asset || ownAsset.value;
  return (
    <span class={BigInt(minor) < 0n ? "money minus" : "money"}>
      {amount(minor, of)}
      {isBare ? null : <span class="unit"> {of}</span>}
    </span>
  );
}
