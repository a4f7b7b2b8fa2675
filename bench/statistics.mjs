/** Ratios of one round each, and what they come to. */

/** The value below which a share of the others lies, between two of them by proportion. */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const low = Math.floor(place);
  return sorted[low] + (sorted[Math.min(low + 1, sorted.length - 1)] - sorted[low]) * (place - low);
}

/** The middle, and the half of all values that lies around it. */
export function summary(values) {
  return { median: quantile(values, 0.5), low: quantile(values, 0.25), high: quantile(values, 0.75), rounds: values.length };
}

/** Of each round the value of one server over that of another. */
export function ratios(rounds, server, reference, value) {
  return rounds.map((round) => value(round[server]) / value(round[reference]));
}
