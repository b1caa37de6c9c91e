import type { Schemas } from "../api/client";
import { Badge } from "../parts/badge";
import { Facts } from "../parts/page";
import { t, word } from "../texts/texts";

/** Which rules a file breaks, and what was not looked at. */
export function CheckResult({ check }: { check: Schemas["InvoiceCheck"] }) {
  return (
    <div class="check" role="status">
      <Facts
        facts={[
          [
            t().status,
            check.valid ? <Badge code="valid" /> : <Badge code="refused" text={t().breaksRules} />,
          ],
          [t().profile, <bdi>{check.profile}</bdi>],
          [t().number, check.number ? <bdi>{check.number}</bdi> : null],
          [t().seller, check.seller ? <bdi>{check.seller}</bdi> : null],
          [t().recipient, check.buyer ? <bdi>{check.buyer}</bdi> : null],
          [t().amount, check.totals.gross ? `${check.totals.gross} ${check.currency ?? ""}` : null],
        ]}
      />
      {check.violations.length ? (
        <ul class="violations">
          {check.violations.map((each, i) => (
            <li key={i}>
              <strong>{each.rule}</strong>{" "}
              {each.severity ? <span class="soft">{word(each.severity)} </span> : null}
              <bdi>{each.message}</bdi>
            </li>
          ))}
        </ul>
      ) : null}
      {check.not_checked.length ? (
        <p class="soft">
          {t().notChecked} {check.not_checked.join(", ")}
        </p>
      ) : null}
    </div>
  );
}
