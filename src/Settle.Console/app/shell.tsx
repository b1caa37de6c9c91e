import { useEffect, useRef } from "preact/hooks";
import { changes, live } from "../api/live";
import { isSignedOut, session, signOut } from "../api/session";
import { Icon } from "../parts/icon";
import { ProblemBox } from "../parts/problemBox";
import { language, speak, t, word } from "../texts/texts";
import { info, ledgers, open, readInfo, start, startProblem } from "./ledgers";
import { address, go, hrefOf, to } from "./router";
import { screens, type Screen } from "./screens";
import { openSearch, SearchDialog } from "./search";
import { SignIn } from "./signIn";

/** The rail, the bar at the top, and the screen that the address says. */
export function Shell() {
  const ledger = address.value.ledger;
  useEffect(() => {
    document.documentElement.lang = language.value;
  }, [language.value]);
  useEffect(() => void start(), [session.value?.role]);
  useEffect(() => {
    if (ledger && ledgers.value?.includes(ledger)) void open(ledger);
  }, [ledger, ledgers.value]);
  useEffect(() => {
    if (changes.value && ledger) readInfo(ledger).catch((e: unknown) => console.debug(e));
  }, [changes.value]);
  return (
    <>
      <a
        class="skip"
        href="#main"
        onClick={(e) => {
          e.preventDefault();
          document.getElementById("main")?.focus();
        }}
      >
        {t().skip}
      </a>
      <Top />
      {isSignedOut() ? <SignIn /> : <Inside />}
    </>
  );
}

function Inside() {
  const ledger = address.value.ledger;
  if (ledgers.value?.length === 0) return <NoLedger />;
  if (startProblem.value) {
    return (
      <main id="main" class="alone" tabIndex={-1}>
        <h1 class="hidden">Settle</h1>
        <ProblemBox
          problem={startProblem.value}
          retry={() => {
            void start();
            if (ledger) void open(ledger);
          }}
        />
      </main>
    );
  }
  if (!ledger || info.value?.name !== ledger)
    return (
      <main id="main" class="alone" tabIndex={-1}>
        <h1 class="hidden">Settle</h1>
        <p class="loading" role="status">
          {t().loading}
        </p>
      </main>
    );
  return (
    <>
      <Rail />
      <main id="main" tabIndex={-1}>
        <Current />
      </main>
      <SearchDialog />
    </>
  );
}

function Current() {
  const { ledger, path } = address.value;
  const place = `${ledger}/${path.join("/")}`;
  const isFirst = useRef(true);
  useEffect(() => {
    scrollTo(0, 0);
    // Who hears the page hears where it is now; the first page is not interrupted.
    if (isFirst.current) isFirst.current = false;
    else if (!document.querySelector("dialog[open]")) {
      document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
    }
  }, [place]);
  const screen = screens.find((each) => each.path === (path[0] ?? ""));
  if (!screen || path.length > 2) {
    return (
      <>
        <h1 tabIndex={-1}>{t().noSuchPage}</h1>
        <p class="empty">
          <a href={to([])}>{t().home}</a>
        </p>
      </>
    );
  }
  const { list: All, one: One } = screen;
  const name = path[1];
  return name !== undefined && One ? <One key={place} name={name} /> : <All key={place} />;
}

function RailLink({ screen }: { screen: Screen }) {
  const isHere = (address.value.path[0] ?? "") === screen.path;
  return (
    <a href={to(screen.path ? [screen.path] : [])} aria-current={isHere ? "page" : undefined}>
      <Icon name={screen.icon} />
      <span>{screen.title()}</span>
    </a>
  );
}

function Rail() {
  const shown = screens.filter((screen) => !screen.isInner);
  const groups = [
    shown.filter((screen) => !screen.isBilling && shown.indexOf(screen) < 4),
    shown.filter((screen) => screen.isBilling),
    shown.filter((screen) => !screen.isBilling && shown.indexOf(screen) >= 4),
  ];
  const first = shown.filter((screen) => screen.isFirst);
  return (
    <>
      <nav class="rail" aria-label={t().navigation}>
        {groups.map((group, i) => (
          <div key={i} class="group">
            {i === 1 ? <p class="group-name">{t().billing}</p> : null}
            {group.map((screen) => (
              <RailLink key={screen.path} screen={screen} />
            ))}
          </div>
        ))}
      </nav>
      <nav class="bar" aria-label={t().shortNavigation}>
        {first.map((screen) => (
          <RailLink key={screen.path} screen={screen} />
        ))}
        <details key={address.value.path.join("/")}>
          <summary>
            <Icon name="more" />
            <span>{t().more}</span>
          </summary>
          <div class="sheet-menu">
            {shown
              .filter((screen) => !screen.isFirst)
              .map((screen) => (
                <RailLink key={screen.path} screen={screen} />
              ))}
          </div>
        </details>
      </nav>
    </>
  );
}

function Top() {
  const ledger = address.value.ledger;
  const isIn = ledger !== null && !isSignedOut() && (ledgers.value?.length ?? 0) > 0;
  return (
    <header class="top">
      <a class="brand" aria-label="Settle" href={ledger ? hrefOf(ledger, []) : "#/"}>
        <img src="./favicon.svg" alt="" width="24" height="24" />
        <span>Settle</span>
      </a>
      {isIn ? (
        <label class="ledger">
          <span class="hidden">{t().ledger}</span>
          <select value={ledger} onChange={(e) => go(hrefOf(e.currentTarget.value, []))}>
            {ledgers.value?.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      {isIn ? (
        <button type="button" class="find" onClick={openSearch}>
          <Icon name="search" />
          <span>{t().search}</span>
          <kbd>Ctrl K</kbd>
        </button>
      ) : null}
      <span class="space" />
      {isIn ? (
        <span class={`live ${live.value}`} role="status">
          <span class="dot" aria-hidden="true" />
          <span class="live-text">{t().live[live.value]}</span>
        </span>
      ) : null}
      {session.value?.role && session.value.needs_key ? (
        <span class="who">
          <bdi>{session.value.name}</bdi> <span class="soft">{word(session.value.role)}</span>
        </span>
      ) : null}
      <label class="language">
        <span class="hidden">{t().language}</span>
        <select
          value={language.value}
          onChange={(e) => speak(e.currentTarget.value === "de" ? "de" : "en")}
        >
          <option value="en" lang="en">
            English
          </option>
          <option value="de" lang="de">
            Deutsch
          </option>
        </select>
      </label>
      {session.value?.role && session.value.needs_key ? (
        <button type="button" class="quiet" onClick={() => void signOut()}>
          {t().signOut}
        </button>
      ) : null}
    </header>
  );
}

function NoLedger() {
  return (
    <main id="main" class="alone" tabIndex={-1}>
      <section class="card narrow">
        <h1>{t().noLedger}</h1>
        <p>{t().createOne}</p>
        <pre tabIndex={0}>
          <code>settle init --ledger bank.db --asset EUR{"\n"}settle serve --ledger bank.db</code>
        </pre>
      </section>
    </main>
  );
}
