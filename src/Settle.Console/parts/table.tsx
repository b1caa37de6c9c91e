import type { ComponentChildren } from "preact";
import { t } from "../texts/texts";

export interface Column<T> {
  title: string;
  show?: (row: T) => ComponentChildren;
  /**
   * What a CSV file has of it. A column without it is for the eye alone, and one without `show` for
   * the file.
   */
  csv?: (row: T) => string | number | bigint | null | undefined;
  isNumber?: boolean;
  /** Hidden on narrow screens. */
  isRoomy?: boolean;
}

interface Props<T> {
  title: string;
  columns: Column<T>[];
  rows: readonly T[];
  keyOf: (row: T) => string;
  isSoft?: (row: T) => boolean;
}

const classOf = <T,>(column: Column<T>): string =>
  [column.isNumber ? "number" : "", column.isRoomy ? "roomy" : ""].join(" ").trim();

/** Rows under headings; a wide one scrolls by itself, by keyboard too. */
export function Table<T>({ title, columns: all, rows, keyOf, isSoft }: Props<T>) {
  const columns = all.filter((column) => column.show);
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={title}>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.title} scope="col" class={classOf(column)}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} class={isSoft?.(row) ? "faded" : ""}>
              {columns.map((column) => (
                <td key={column.title} class={classOf(column)}>
                  {column.show?.(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Nothing to show, and what would change that. */
export const Empty = ({ children }: { children?: ComponentChildren }) => (
  <div class="empty">{children ?? t().nothingHere}</div>
);
