// Notes beside the selected request's track: the address rewrite that happened last, and the exact text where a request
// failed. Also reads each hop aloud when motion is reduced.
import { ViewportPortal } from "@xyflow/react";
import { useStore } from "#session/store";
import type { Journey } from "#cluster/trace/types";
import { useT } from "../i18n/i18n.ts";
import { failureCard, noteHeight, notePlace, rewriteCard, type NotePlace } from "./notePlace.ts";
import { useReducedMotion } from "./reducedMotion.ts";
import { currentRewrite, type Rewrite } from "./rewrite.ts";
import { useCurrentScene } from "./sceneContext.ts";
import type { Scene } from "../layout/scene.ts";
import { routesOf, touchedCards } from "./spotlight.ts";
import { useStory } from "./selectedStory.ts";

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
  const { rewriteAt, failureAt } = placesOf(scene, story, rewrite, failed ?? null);
  return (
    <>
      <ViewportPortal>
        {rewrite && rewriteAt ? <RewriteNote rewrite={rewrite} place={rewriteAt} /> : null}
        {failed && end && failureAt ? <FailureNote id={failed.id} text={end.text} place={failureAt} /> : null}
      </ViewportPortal>
      {reduced ? <HopReader story={story} /> : null}
    </>
  );
}

/** Where both notes stand; the failure comes first, and the rewrite keeps out of its way. */
function placesOf(
  scene: Scene,
  story: readonly Journey[],
  rewrite: Rewrite | null,
  failed: Journey | null,
): { rewriteAt: NotePlace | null; failureAt: NotePlace | null } {
  const { profile, font } = scene.geometry;
  const w = profile === "small" ? 176 : 216;
  const lit = touchedCards(scene, story);
  const track = routesOf(scene, story);
  let failureAt: NotePlace | null = null;
  if (failed?.end?.kind === "failure") {
    const card = failureCard(scene, failed, failed.end.place);
    const size = { w: w + 40, h: noteHeight(failed.end.text, w + 40, font) };
    if (card !== null) failureAt = notePlace(scene, card, size, [], lit, track);
  }
  const card = rewrite && rewriteCard(scene, story);
  if (!rewrite || card === null) return { rewriteAt: null, failureAt };
  const changed = (["src", "dst"] as const).filter(
    (end) => rewrite.before[end] !== rewrite.after[end],
  ).length;
  const h = 28 + (2 + changed) * font * 1.32;
  return { rewriteAt: notePlace(scene, card, { w, h }, failureAt ? [failureAt] : [], lit, track), failureAt };
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
