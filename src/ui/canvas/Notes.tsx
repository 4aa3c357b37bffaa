// Notes beside the selected request's track: the address rewrite that happened last, and the exact text where a request
// failed. Also reads each hop aloud when motion is reduced.
import { ViewportPortal } from "@xyflow/react";
import { useStore } from "#session/store";
import type { Journey, Step } from "#cluster/trace/types";
import { useT } from "../i18n/i18n.ts";
import { failureCard, noteHeight, notePlace, rewriteCard, type NotePlace } from "./notePlace.ts";
import { useReducedMotion } from "./reducedMotion.ts";
import { useCurrentScene } from "./sceneContext.ts";
import { useStory } from "./selectedStory.ts";

type Rewrite = Extract<Step, { step: "rewrite" }>;

/** The rewrite to show: the last one so far; once the request has ended, the last one on its way there. */
export function currentRewrite(story: readonly Journey[], now: number): Rewrite | null {
  const ended = story.every((journey) => journey.end !== undefined && journey.end.at <= now);
  let found: Rewrite | null = null;
  for (const journey of story) {
    for (const step of journey.steps) {
      if (step.step !== "rewrite" || step.at > now || (ended && step.kind === "reverse")) continue;
      if (found === null || step.at >= found.at) found = step;
    }
  }
  return found;
}

export function Notes() {
  const scene = useCurrentScene();
  const story = useStory();
  const rewrite = useStore((state) => currentRewrite(story, state.now));
  const failed = useStore((state) =>
    story.find((journey) => journey.end?.kind === "failure" && journey.end.at <= state.now),
  );
  const reduced = useReducedMotion();
  if (story.length === 0) return null;
  const end = failed?.end?.kind === "failure" ? failed.end : null;
  const stopped = failed && end ? failureCard(scene, failed, end.place) : null;
  const width = scene.geometry.profile === "small" ? 170 : 216;
  const lines = rewrite && rewrite.before.src !== rewrite.after.src ? 4 : 3;
  const at = rewrite && rewriteCard(scene, story);
  const badPlace =
    stopped !== null && end
      ? notePlace(
          scene,
          stopped,
          { w: width + 40, h: noteHeight(end.text, width + 40, scene.geometry.font) },
          [],
        )
      : null;
  const place =
    at === null ? null : notePlace(scene, at, { w: width, h: 30 + lines * 17 }, badPlace ? [badPlace] : []);
  return (
    <>
      <ViewportPortal>
        {rewrite && place ? <RewriteNote rewrite={rewrite} place={place} /> : null}
        {failed && end && badPlace ? <FailureNote id={failed.id} text={end.text} place={badPlace} /> : null}
      </ViewportPortal>
      {reduced ? <HopReader story={story} /> : null}
    </>
  );
}

function noteStyle(place: NotePlace) {
  return {
    left: place.x,
    top: place.y,
    width: place.w,
    minHeight: place.h,
    ["--stem" as string]: `${place.stem}px`,
  };
}

function RewriteNote({ rewrite, place }: { rewrite: Rewrite; place: NotePlace }) {
  const t = useT();
  const { before, after } = rewrite;
  const title = t(rewrite.kind === "reverse" ? "rewriteBackTitle" : "rewriteTitle", { node: rewrite.node });
  return (
    <div className={`note ${place.side}`} style={noteStyle(place)}>
      <div className="h">{title}</div>
      <div className="rows">
        <Pair label={t("rewriteSrc")} before={before.src} after={after.src} />
        <Pair label={t("rewriteDst")} before={before.dst} after={after.dst} />
      </div>
    </div>
  );
}

function Pair({ label, before, after }: { label: string; before: string; after: string }) {
  if (before === after) {
    return (
      <>
        <span>{label}</span>
        <span>{before}</span>
      </>
    );
  }
  return (
    <>
      <span>{label}</span>
      <s>{before}</s>
      <span />
      <b>{after}</b>
    </>
  );
}

function FailureNote({ id, text, place }: { id: number; text: string; place: NotePlace }) {
  const t = useT();
  return (
    <div className={`note bad ${place.side}`} style={noteStyle(place)} role="status">
      <div className="h">{t("failedHere", { id })}</div>
      <div className="text">{text}</div>
    </div>
  );
}

/** Without motion the hops are read out instead. */
function HopReader({ story }: { story: readonly Journey[] }) {
  const t = useT();
  const text = useStore((state) => {
    let line = "";
    for (const journey of story) {
      for (const leg of journey.legs) {
        if (leg.start > state.now || leg.purpose === "connect") continue;
        line = t("reducedHop", { id: journey.id, from: placeWord(leg.from), to: placeWord(leg.to) });
      }
    }
    return line;
  });
  return (
    <div className="sr-only" aria-live="polite">
      {text}
    </div>
  );
}

function placeWord(place: Journey["client"]["place"]): string {
  if (place.kind === "ingress") return "Ingress";
  return place.kind === "loadBalancer" || place.kind === "internet" ? place.ip : place.name;
}
