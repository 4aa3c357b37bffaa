// Tells screen readers what changes: pods that flip, Services that lose or gain their endpoints. Packets are never
// announced; they stand in the request log.
import { useEffect, useState } from "react";
import type { Pod } from "#api/pod/types";
import { objectsOf, useStore } from "#session/store";
import { useT } from "../i18n/i18n.ts";
import { podLook } from "../status/podStatus.ts";
import { lookWord } from "../status/words.ts";

/** Changes that come together are said together. */
const PAUSE_MS = 600;
/** More than this are only counted. */
const MOST = 3;

export function Announcer(): React.JSX.Element {
  const t = useT();
  const [text, setText] = useState("");
  useEffect(() => {
    let known = wordsOf(objectsOf(useStore.getState().objects, "Pod"));
    let changed = new Map<string, string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const say = (): void => {
      const said = [...changed].map(([name, word]) => `${name}: ${word}`);
      setText(said.length > MOST ? t("announceMany", { count: said.length }) : said.join(". "));
      changed = new Map();
      timer = undefined;
    };
    function wordsOf(pods: ReadonlyMap<string, Pod>): Map<string, string> {
      return new Map([...pods].map(([key, pod]) => [key, lookWord(podLook(pod), t)]));
    }
    const stop = useStore.subscribe((state, before) => {
      const pods = objectsOf(state.objects, "Pod");
      if (pods === objectsOf(before.objects, "Pod")) return;
      const next = wordsOf(pods);
      if (state.loaded && before.loaded) {
        for (const [key, word] of next) if (known.get(key) !== word) changed.set(key.split("/")[1]!, word);
        for (const key of known.keys())
          if (!next.has(key)) changed.set(key.split("/")[1]!, t("announceGone"));
      }
      known = next;
      if (changed.size > 0) timer ??= setTimeout(say, PAUSE_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [t]);
  return (
    <p className="visually-hidden" role="status" aria-live="polite">
      {text}
    </p>
  );
}
