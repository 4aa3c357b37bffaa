// Strings of the page around the canvas: top bar, panels, dialogs.

export const shellStrings = {
  en: {
    appName: "Kubelanes",
  },
  zh: {
    appName: "Kubelanes",
  },
} as const;
