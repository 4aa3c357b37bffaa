// Link lengths over manifests that the links' dictionary was not made from, beside lz-string's of the bare text.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import lz from "lz-string";
import { root } from "../../tools/install.mjs";

export async function linkLengths(bundle) {
  const { encodeLink, decodeLink, DEFAULT_SETTINGS } = await import(pathToFileURL(bundle));
  const folder = path.join(root, "bench", "manifests");
  const lengths = readdirSync(folder).map((name) => {
    const files = [{ name, text: readFileSync(path.join(folder, name), "utf8") }];
    const scenario = {
      model: 1,
      settings: DEFAULT_SETTINGS,
      files,
      clients: [],
      actions: [],
      applied: [name],
    };
    const link = encodeLink(scenario);
    const back = decodeLink(link);
    if (!back.ok || back.scenario.files[0].text !== files[0].text)
      throw new Error(`${name} does not come back`);
    return { ours: link.length, peer: lz.compressToEncodedURIComponent(files[0].text).length };
  });
  const ratios = lengths.map(({ ours, peer }) => ours / peer).sort((a, b) => a - b);
  return {
    ours: median(lengths.map(({ ours }) => ours)),
    peer: median(lengths.map(({ peer }) => peer)),
    ratios,
    median: median(ratios),
  };
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
