// Name, scenario, and what concerns the whole page: examples, sharing, language, theme, help.
import { useWorkspace } from "#session/workspace";
import { setLanguage, useLanguage, useT } from "../i18n/i18n.ts";
import { ActionIcon, Brand } from "../icons/ActionIcon.tsx";
import { setTheme, useTheme } from "../theme/theme.ts";
import { DialogButton, type OpenDialog } from "./DialogButton.tsx";

export function TopBar({ open }: { open: OpenDialog }): React.JSX.Element {
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
      <DialogButton dialog="examples" open={open} named="hide-narrow" />
      <DialogButton dialog="find" open={open} look="hide-small" named="hide-narrow" />
      <DialogButton dialog="cluster" open={open} look="square hide-small" />
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
      <DialogButton dialog="help" open={open} look="square hide-small" />
      <DialogButton dialog="share" open={open} look="primary" named="hide-small" />
    </header>
  );
}
