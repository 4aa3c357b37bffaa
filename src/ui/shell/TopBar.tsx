// Name, scenario, and what concerns the whole page: examples, sharing, language, theme, help.
import { useWorkspace } from "#session/workspace";
import { setLanguage, useLanguage, useT } from "../i18n/i18n.ts";
import { ActionIcon, Brand } from "../icons/ActionIcon.tsx";
import { setTheme, useTheme } from "../theme/theme.ts";

export type DialogName = "examples" | "share" | "help" | "find" | "cluster";

export function TopBar({ open }: { open: (dialog: DialogName) => void }): React.JSX.Element {
  const t = useT();
  const title = useWorkspace((state) => state.title);
  const language = useLanguage((state) => state.language);
  const theme = useTheme((state) => state.theme);
  const other = theme === "dark" ? "light" : "dark";
  const themeLabel = other === "dark" ? t("barThemeDark") : t("barThemeLight");
  return (
    <header className="top-bar">
      <div className="brand">
        <Brand />
        <span className="hide-small">{t("appName")}</span>
      </div>
      <div className="crumb">
        <button type="button" className="hide-small" onClick={() => open("examples")}>
          {t("barExamples")}
        </button>
        <span className="hide-small" aria-hidden="true">
          /
        </span>
        <h1>{title}</h1>
      </div>
      <span className="space" />
      <button
        type="button"
        className="button"
        onClick={() => open("examples")}
        aria-haspopup="dialog"
        aria-label={t("barExamples")}
      >
        <ActionIcon name="gallery" />
        <span className="hide-narrow">{t("barExamples")}</span>
      </button>
      <button
        type="button"
        className="button hide-small"
        onClick={() => open("find")}
        aria-haspopup="dialog"
        aria-label={t("barFind")}
        title="Ctrl/⌘+K"
      >
        <ActionIcon name="search" />
        <span className="hide-narrow">{t("barFind")}</span>
      </button>
      <button
        type="button"
        className="button square hide-small"
        onClick={() => open("cluster")}
        aria-haspopup="dialog"
        aria-label={t("barCluster")}
        title={t("barCluster")}
      >
        <ActionIcon name="settings" />
      </button>
      <div className="segments" role="group" aria-label={t("barLanguage")}>
        <button type="button" aria-pressed={language === "en"} onClick={() => setLanguage("en")} lang="en">
          EN
        </button>
        <button type="button" aria-pressed={language === "zh"} onClick={() => setLanguage("zh")} lang="zh-CN">
          中文
        </button>
      </div>
      <button
        type="button"
        className="button square"
        onClick={() => setTheme(other)}
        aria-label={themeLabel}
        title={themeLabel}
      >
        <ActionIcon name={other === "dark" ? "moon" : "sun"} />
      </button>
      <button
        type="button"
        className="button square hide-small"
        onClick={() => open("help")}
        aria-haspopup="dialog"
        aria-label={t("barHelp")}
        title={`${t("barHelp")} (?)`}
      >
        <ActionIcon name="help" />
      </button>
      <button type="button" className="button primary" onClick={() => open("share")} aria-haspopup="dialog">
        <ActionIcon name="share" />
        <span className="hide-small">{t("barShare")}</span>
        <span className="visually-hidden show-small">{t("barShare")}</span>
      </button>
    </header>
  );
}
