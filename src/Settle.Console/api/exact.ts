type Context = { source?: string };

// Totals can be larger than a double holds exactly.
const exact = (_: string, value: unknown, context?: Context): unknown =>
  typeof value === "number" &&
  !Number.isSafeInteger(value) &&
  context?.source &&
  /^-?\d+$/.test(context.source)
    ? BigInt(context.source)
    : value;

/** Reads JSON, with integers of any size. */
export const parseExact = (text: string): unknown =>
  JSON.parse(text, exact as (key: string, value: unknown) => unknown);
