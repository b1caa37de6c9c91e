import { useState } from "preact/hooks";
import { fileHref, type Schemas } from "../api/client";
import { asProblem, problemOf, type Problem } from "../api/problem";
import { ProblemBox } from "../parts/problemBox";
import { t } from "../texts/texts";
import { CheckResult } from "./checkResult";

async function checkOf(number: string): Promise<Schemas["InvoiceCheck"]> {
  const file = await fetch(fileHref(["invoices", `${number}.xml`]));
  if (!file.ok) throw problemOf(await file.json(), file);
  const answer = await fetch(fileHref(["check"]), {
    method: "POST",
    headers: { "Content-Type": "application/xml" },
    body: await file.blob(),
  });
  const said: unknown = await answer.json();
  if (!answer.ok) throw problemOf(said, answer);
  return said as Schemas["InvoiceCheck"];
}

/** The letter beside the data, and what the rules of EN 16931 say of its file. */
export function InvoicePaper({ number }: { number: string }) {
  const [state, set] = useState<
    "idle" | "reading" | Schemas["InvoiceCheck"] | { problem: Problem }
  >("idle");
  const check = () => {
    set("reading");
    checkOf(number).then(set, (e: unknown) => set({ problem: asProblem(e) }));
  };
  return (
    <section class="card paper">
      <div class="head">
        <h2>{t().letter}</h2>
        <button type="button" class="quiet" onClick={check} disabled={state === "reading"}>
          {t().checkThis}
        </button>
      </div>
      {typeof state === "object" && "problem" in state ? (
        <ProblemBox problem={state.problem} />
      ) : null}
      {typeof state === "object" && "violations" in state ? <CheckResult check={state} /> : null}
      <iframe
        title={`${t().letter} ${number}`}
        src={`${fileHref(["invoices", `${number}.pdf`])}#navpanes=0&view=FitH`}
      />
    </section>
  );
}
