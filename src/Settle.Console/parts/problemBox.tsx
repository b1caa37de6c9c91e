import type { Problem } from "../api/problem";
import { t } from "../texts/texts";

/** What to do about a problem, as far as the page knows. */
function cure(problem: Problem): string {
  const texts = t().cures as Record<string, string>;
  return texts[problem.code] ?? texts[String(problem.status)] ?? "";
}

export function sentence(problem: Problem): string {
  if (problem.status === 0) return t().unreachable;
  return problem.message;
}

/** The server's own sentence, and what to do. */
export function ProblemBox({ problem, retry }: { problem: Problem; retry?: () => void }) {
  return (
    <div class="problem" role="alert">
      <p>
        <bdi>{sentence(problem)}</bdi>
      </p>
      {cure(problem) ? <p class="soft">{cure(problem)}</p> : null}
      {retry ? (
        <button type="button" onClick={retry}>
          {t().tryAgain}
        </button>
      ) : null}
    </div>
  );
}
