// curl's URL patterns: {a,b} and [1-9], [01-10:2], [a-c], each URL they stand for in order.
const MAX_URLS = 100_000;

export function expandUrls(url: string): string[] {
  const match = /\{([^{}]*)\}|\[(\w+)-(\w+)(?::(\d+))?\]/.exec(url);
  // An address in brackets is an IPv6 literal, not a range.
  if (!match) return [url];
  const before = url.slice(0, match.index);
  const rest = expandUrls(url.slice(match.index + match[0].length));
  const items =
    match[1] !== undefined ? match[1].split(",") : range(match[2]!, match[3]!, Number(match[4] ?? 1));
  const urls: string[] = [];
  for (const item of items) {
    for (const tail of rest) {
      if (urls.length < MAX_URLS) urls.push(before + item + tail);
    }
  }
  return urls;
}

function range(from: string, to: string, step: number): string[] {
  const items: string[] = [];
  if (/^\d+$/.test(from)) {
    const width = from.startsWith("0") ? from.length : 0;
    for (let value = Number(from); value <= Number(to) && items.length < MAX_URLS; value += step) {
      items.push(String(value).padStart(width, "0"));
    }
    return items;
  }
  for (let code = from.charCodeAt(0); code <= to.charCodeAt(0); code += step)
    items.push(String.fromCharCode(code));
  return items;
}
