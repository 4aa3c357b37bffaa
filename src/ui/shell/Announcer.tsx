// Tells screen readers what changes: pods that flip, Services that lose or gain their endpoints.
import { useEffect, useState } from "react";
import { objectsOf, useStore, type Projection } from "#session/store";
import { useT, type Translate } from "../i18n/i18n.ts";
import { lookWord } from "../status/words.ts";
import { newsOf, wordsOf, type Spoken, type Wording } from "./announce.ts";

/** Changes that come together are said together. */
const PAUSE_MS = 600;

export function Announcer(): React.JSX.Element {
  const t = useT();
  const [text, setText] = useState("");
  useEffect(() => {
    const wording = wordingOf(t);
    let known = wordsNow(useStore.getState(), wording);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const say = (): void => {
      timer = undefined;
      const next = wordsNow(useStore.getState(), wording);
      const news = newsOf(known, next, wording);
      known = next;
      if (news) setText(news);
    };
    const stop = useStore.subscribe((state, before) => {
      const { Pod, EndpointSlice } = before.objects;
      // Another scenario is no news.
      if (!before.loaded || state.now < before.now) known = wordsNow(state, wording);
      else if (state.objects.Pod !== Pod || state.objects.EndpointSlice !== EndpointSlice)
        timer ??= setTimeout(say, PAUSE_MS);
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

function wordingOf(t: Translate): Wording {
  return {
    pod: (look) => lookWord(look, t),
    endpoints: (ready, total) => t("factEndpoints", { ready, total }),
    gone: t("announceGone"),
    many: (count) => t("announceMany", { count }),
    item: (name, word) => t("newsItem", { name, word }),
  };
}

function wordsNow({ objects }: Projection, wording: Wording): Map<string, Spoken> {
  return wordsOf(
    objectsOf(objects, "Pod"),
    objectsOf(objects, "Service"),
    objectsOf(objects, "EndpointSlice"),
    wording,
  );
}
