import { word } from "../texts/texts";

const Good = new Set([
  "successful",
  "paid",
  "accepted",
  "captured",
  "posted",
  "certain",
  "valid",
  "known",
]);
const Bad = new Set(["rejected", "overdue", "refused", "closed", "failed"]);
const Warm = new Set(["open", "doubtful"]);

/** A state in a word, with a colour that says the same. */
export function Badge({ code, text }: { code: string; text?: string }) {
  const tone = Good.has(code) ? "good" : Bad.has(code) ? "bad" : Warm.has(code) ? "warm" : "";
  return <span class={`badge ${tone}`}>{text ?? word(code)}</span>;
}
