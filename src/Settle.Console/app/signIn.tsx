import { useState } from "preact/hooks";
import { asProblem, type Problem } from "../api/problem";
import { signIn } from "../api/session";
import { Field } from "../parts/field";
import { ProblemBox } from "../parts/problemBox";
import { t } from "../texts/texts";

/** A key becomes a session; the page itself keeps nothing of it. */
export function SignIn() {
  const [key, setKey] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isBusy, setBusy] = useState(false);
  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      await signIn(key.trim());
      setKey("");
    } catch (e) {
      setProblem(asProblem(e));
    }
    setBusy(false);
  }
  return (
    <main id="main" class="alone" tabIndex={-1}>
      <form id="key-form" class="card narrow" onSubmit={(e) => void submit(e)}>
        <h1>{t().needsKey}</h1>
        <p class="soft">{t().keyExplained}</p>
        <Field
          label={t().key}
          kind="password"
          value={key}
          onValue={setKey}
          placeholder="sk_…"
          required
          autofocus
        />
        {problem ? <ProblemBox problem={problem} /> : null}
        <div class="actions">
          <button type="submit" class="primary" disabled={isBusy}>
            {t().signIn}
          </button>
        </div>
      </form>
    </main>
  );
}
