// Strings of the canvas.

export const canvasStrings = {
  en: {},
  zh: {},
} as const;
