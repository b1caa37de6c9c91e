import { useState } from "preact/hooks";
import { fileHref, type Schemas } from "../api/client";
import { asProblem, problemOf, type Problem } from "../api/problem";
import { to } from "../app/router";
import { FileDrop } from "../parts/fileDrop";
import { Page } from "../parts/page";
import { ProblemBox } from "../parts/problemBox";
import { t } from "../texts/texts";
import { CheckResult } from "./checkResult";

/** Checks anybody's electronic invoice. */
export function CheckScreen() {
  const [check, setCheck] = useState<Schemas["InvoiceCheck"] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  async function take(file: File): Promise<void> {
    setProblem(null);
    setCheck(null);
    try {
      const answer = await fetch(fileHref(["check"]), {
        method: "POST",
        body: file,
        headers: {
          "Content-Type": file.name.toLowerCase().endsWith(".pdf")
            ? "application/pdf"
            : "application/xml",
        },
      });
      const said: unknown = await answer.json();
      if (!answer.ok) throw problemOf(said, answer);
      setCheck(said as Schemas["InvoiceCheck"]);
    } catch (e) {
      setProblem(asProblem(e));
    }
  }
  return (
    <Page title={t().check} above={{ href: to(["invoices"]), text: t().invoices }}>
      <section class="card">
        <p class="soft">{t().checkHint}</p>
        <FileDrop label={t().dropInvoice} accept=".xml,.pdf" onFile={(file) => void take(file)} />
        {problem ? <ProblemBox problem={problem} /> : null}
        {check ? <CheckResult check={check} /> : null}
      </section>
    </Page>
  );
}
