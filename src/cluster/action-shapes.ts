// Shapes of plain data that may come from strangers: how long texts are, how large numbers, what an object must hold.
// action-check.ts puts the shapes of actions together from these.
import { isObject } from "#base/json";

export type Shape = (value: unknown) => boolean;

/** More names or headers than a person would ever write make every request slow. */
const MOST_TEXTS = 200;
/** In milliseconds: three hundred years. */
const LONGEST_TIME = 1e13;

export function text(limit = 2000): Shape {
  return (value) => typeof value === "string" && value.length <= limit;
}

export function number(low: number, high: number): Shape {
  return (value) => typeof value === "number" && value >= low && value <= high;
}

export function optional(shape: Shape): Shape {
  return (value) => value === undefined || shape(value);
}

export function list(shape: Shape): Shape {
  return (value) => Array.isArray(value) && value.every(shape);
}

export function oneOf(...values: readonly unknown[]): Shape {
  return (value) => values.includes(value);
}

/** Fields that are not named may hold anything: nobody reads them. */
export function object(fields: Readonly<Record<string, Shape>>): Shape {
  return (value) => isObject(value) && Object.entries(fields).every(([name, shape]) => shape(value[name]));
}

/** Texts by name, such as headers. */
export const texts: Shape = (value) =>
  isObject(value) && Object.keys(value).length <= MOST_TEXTS && Object.values(value).every(text());
export const flag: Shape = (value) => typeof value === "boolean";
export const milliseconds = number(0, LONGEST_TIME);
export const port = number(0, 65_535);
export const id = number(0, 1e12);
export const absent: Shape = (value) => value === undefined;
