// What went wrong, in plain sentences.

const causes = {
  400: "The model cannot take this.",
  413: "This is more than the service takes.",
  415: "The service reads another kind of request.",
  422: "The model refuses this.",
  429: "Too many are asking at once.",
  503: "The model is not there at the moment.",
};

/** The sentences for a response that is no answer: its cause, and what its problem body says. */
export async function problemOf(response, model) {
  const problem = await response.json().catch(() => ({}));
  const sentences = [causes[response.status] ?? `The service failed, with status ${response.status}; its log says more.`];
  if (problem.errors)
    sentences.push(...Object.entries(problem.errors).flatMap(([path, errors]) => errors.map(error => `${labelOf(path, model)}: ${error}`)));
  else if (problem.detail)
    sentences.push(problem.detail);
  if (response.status === 429 || response.status === 503)
    sentences.push(`Try again in ${seconds(response.headers.get("Retry-After"))}.`);
  return sentences;
}

export function connectionProblem() {
  return ["The service does not answer.", "See whether it still runs, and whether this device is connected to it; then try again."];
}

function labelOf(path, model) {
  return model.fields.find(field => field.column === path)?.label ?? path;
}

function seconds(retryAfter) {
  return retryAfter === "1" || !retryAfter ? "a second" : `${retryAfter} seconds`;
}
