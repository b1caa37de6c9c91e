import type { Schemas } from "../api/client";
import { to } from "../app/router";
import { CustomerLink } from "../parts/links";
import { t } from "../texts/texts";

/** Who gets nothing now, why, and where that is mended. */
export function Parked({ parked }: { parked: Schemas["ParkedCustomer"][] }) {
  if (parked.length === 0) return null;
  return (
    <section class="card warning-card">
      <h2>{t().parked}</h2>
      <ul class="violations">
        {parked.map((each) => (
          <li key={`${each.customer} ${each.asset}`}>
            <CustomerLink name={each.customer} />: <bdi>{each.reason}</bdi>{" "}
            <a
              href={
                each.code === "seller_missing"
                  ? to(["settings"], { do: "seller" })
                  : to(["customers", each.customer], { do: "edit" })
              }
            >
              {t().mend}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
