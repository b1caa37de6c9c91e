import { info } from "../app/ledgers";
import { to } from "../app/router";
import { may } from "../api/session";
import { t } from "../texts/texts";

/** The first steps, as long as nothing has happened. */
export function Welcome() {
  if ((info.value?.entries ?? 0) > 1 || !may("teller")) return null;
  return (
    <section class="card welcome">
      <h2>{t().welcome}</h2>
      <p>{t().welcomeText}</p>
      <ol class="steps">
        {may("admin") && info.value?.height === 0 ? (
          <li>
            <a href={to(["settings"], { do: "currency" })}>{t().chooseCurrency}</a>
          </li>
        ) : null}
        {may("admin") ? (
          <li>
            <a href={to(["settings"], { do: "seller" })}>{t().stepSeller}</a>
          </li>
        ) : null}
        <li>
          <a href={to(["customers"], { do: "new" })}>{t().stepCustomer}</a>
        </li>
        <li>
          <a href={to(["charges"], { do: "new" })}>{t().stepCharge}</a>
        </li>
        <li>
          <a href={to(["run"])}>{t().stepRun}</a>
        </li>
        <li>
          <a href={to(["transfers"], { do: "new", payer: "@world" })}>{t().stepTransfer}</a>
        </li>
      </ol>
    </section>
  );
}
