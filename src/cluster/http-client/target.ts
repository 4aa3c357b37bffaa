// The target of a request, "/api/v1/pods?limit=1", taken apart as Go's servers do. For what stands for the API server.

interface Target {
  path: string;
  query: Record<string, string>;
}

export function parseTarget(target: string): Target {
  const mark = target.indexOf("?");
  if (mark < 0) return { path: target, query: {} };
  return { path: target.slice(0, mark), query: queryOf(target.slice(mark + 1)) };
}

/** Of pairs with one name the first counts; those that cannot be decoded are left out. */
function queryOf(search: string): Record<string, string> {
  const pairs: [string, string][] = [];
  for (const pair of search.split("&")) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    const [name, value] = equals < 0 ? [pair, ""] : [pair.slice(0, equals), pair.slice(equals + 1)];
    const decoded = [decode(name), decode(value)] as const;
    if (decoded[0] !== undefined && decoded[1] !== undefined) pairs.push([decoded[0], decoded[1]]);
  }
  return Object.fromEntries(pairs.reverse());
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return undefined;
  }
}
