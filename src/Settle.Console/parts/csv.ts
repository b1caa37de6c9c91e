import type { Column } from "./table";

type Cell = string | number | bigint | null | undefined;

// A program for tables takes what begins like this for a formula.
const Formula = /^[\s]*[=+\-@\t\r|]/;

function cell(value: Cell): string {
  if (value === null || value === undefined) return "";
  const text = String(value);
  const safe =
    typeof value === "string" && Formula.test(text) && !/^-?\d+(\.\d+)?$/.test(text)
      ? `'${text}`
      : text;
  return /[",\r\n;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A list as CSV (RFC 4180, UTF-8 with its mark), without formulas. */
export function toCsv<T>(columns: readonly Column<T>[], rows: readonly T[]): string {
  const shown = columns.filter((column) => column.csv);
  const lines = [
    shown.map((column) => cell(column.title)),
    ...rows.map((row) => shown.map((column) => cell(column.csv?.(row)))),
  ];
  return `\ufeff${lines.map((line) => line.join(",")).join("\r\n")}\r\n`;
}

/** Hands a file over to the person. */
export function save(name: string, content: BlobPart, type: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
