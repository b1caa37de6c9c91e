import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { address } from "../app/router";
import { may } from "../api/session";
import { withQuery } from "../app/router";

interface Props {
  title: string;
  /** Where this page is below: the list that it is of. */
  above?: { href: string; text: string };
  actions?: ComponentChildren;
  children: ComponentChildren;
}

/** A page with its heading, and what can be done on it. */
export function Page({ title, above, actions, children }: Props) {
  useEffect(() => {
    document.title = `${title} · ${address.value.ledger ?? ""} · Settle`;
  }, [title, address.value.ledger]);
  return (
    <>
      <div class="title">
        <div>
          {above ? (
            <a class="above" href={above.href}>
              ‹ {above.text}
            </a>
          ) : null}
          <h1 tabIndex={-1}>
            <bdi>{title}</bdi>
          </h1>
        </div>
        <div class="actions">{actions}</div>
      </div>
      {children}
    </>
  );
}

/** A link that opens a form, for those who may do it. */
export function DoLink({
  role,
  sheet,
  isMain,
  children,
}: {
  role: "teller" | "admin";
  sheet: string;
  isMain?: boolean;
  children: ComponentChildren;
}) {
  if (!may(role)) return null;
  return (
    <a class={isMain ? "button primary" : "button"} href={withQuery({ do: sheet })}>
      {children}
    </a>
  );
}

/** Facts with their names. */
export function Facts({ facts }: { facts: (readonly [string, ComponentChildren] | null)[] }) {
  return (
    <dl class="facts">
      {facts
        .filter(
          (fact) => fact !== null && fact[1] !== null && fact[1] !== undefined && fact[1] !== "",
        )
        .map(
          (fact) =>
            fact && (
              <div key={fact[0]}>
                <dt>{fact[0]}</dt>
                <dd>{fact[1]}</dd>
              </div>
            ),
        )}
    </dl>
  );
}

export const Card = ({
  title,
  children,
  isWide,
}: {
  title?: string;
  children: ComponentChildren;
  isWide?: boolean;
}) => (
  <section class={isWide ? "card wide" : "card"}>
    {title ? (
      <div class="head">
        <h2>{title}</h2>
      </div>
    ) : null}
    {children}
  </section>
);
