// One row of the result. `ratio` is what the target is about: ours against the peer, against another row, or nothing.

/** Ours may be at most `limit`. */
export function atMost(id, what, unit, ours, limit, note) {
  return row(
    { id, what, unit, ours, peer: null, ratio: null, target: `at most ${limit} ${unit}` },
    ours,
    note,
    (value) => value <= limit,
  );
}

/** Ours must be at least `limit`. */
export function atLeast(id, what, unit, ours, limit, note) {
  return row(
    { id, what, unit, ours, peer: null, ratio: null, target: `at least ${limit} ${unit}` },
    ours,
    note,
    (value) => value >= limit,
  );
}

/** Ours divided by the peer's (or by what `of` names) may be at most `limit`. */
export function ratioAtMost(id, what, unit, [ours, other], limit, { of = "the peer's", note } = {}) {
  const ratio = divide(ours, other);
  const peer = of === "the peer's" ? other : null;
  return row(
    { id, what, unit, ours, peer, ratio, target: `at most ${limit} times ${of}` },
    ratio,
    note,
    (value) => value <= limit,
  );
}

export function ratioAtLeast(id, what, unit, [ours, other], limit, note) {
  const ratio = divide(ours, other);
  return row(
    { id, what, unit, ours, peer: other, ratio, target: `at least ${limit} times the peer's` },
    ratio,
    note,
    (value) => value >= limit,
  );
}

function divide(ours, other) {
  return ours === null || other === null ? null : ours / other;
}

/** `ok` is null where nothing could be measured. */
function row(values, judged, note, holds) {
  return { ...values, ok: judged === null ? null : holds(judged), ...(note ? { note } : {}) };
}
