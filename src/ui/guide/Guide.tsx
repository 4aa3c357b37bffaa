// What the side panel says while nothing is chosen: the example's claim and what to touch.
import { useWorkspace } from "#session/workspace";
import { findExample } from "#session/examples/registry";
import { useLanguage, useT } from "../i18n/i18n.ts";
import "../inspector/inspector.css";

export function Guide(): React.JSX.Element {
  const t = useT();
  const language = useLanguage((state) => state.language);
  const slug = useWorkspace((state) => state.example);
  const example = slug ? findExample(slug) : undefined;
  return (
    <div className="inspector">
      {example ? (
        <>
          <h2>{example.title[language]}</h2>
          <section>
            <h3>{t("guideClaim")}</h3>
            <p className="verdict">{example.claim[language]}</p>
          </section>
          <section>
            <h3>{t("guideTry")}</h3>
            <p className="why-evidence">{example.hint[language]}</p>
          </section>
          <p className="why-evidence">{t("guideChoose")}</p>
        </>
      ) : (
        <p className="why-evidence">{t("guideOwn")}</p>
      )}
    </div>
  );
}
