// What forms of panels and dialogs are made of: a label with what is typed, chosen or ticked below or beside it.
import { useId, useState, type ReactNode } from "react";

interface FieldProps {
  label: string;
  /** Takes the form's whole width. */
  wide?: boolean;
  children: ReactNode;
}

function Field({ label, wide = false, children }: FieldProps): React.JSX.Element {
  return (
    <label className={wide ? "field wide" : "field"}>
      {label}
      {children}
    </label>
  );
}

interface TextFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  wide?: boolean;
  /** Addresses and URLs, whose letters should stand below each other. */
  mono?: boolean;
  required?: boolean;
  maxLength?: number;
  /** What may be typed, to choose from. */
  offers?: readonly string[];
}

export function TextField({
  label,
  wide,
  mono,
  offers,
  onChange,
  ...rest
}: TextFieldProps): React.JSX.Element {
  const id = useId();
  return (
    <Field label={label} wide={wide ?? false}>
      <input
        className={mono ? "mono" : undefined}
        list={offers && id}
        onChange={(event) => onChange(event.target.value)}
        {...rest}
      />
      {offers && (
        <datalist id={id}>
          {offers.map((value) => (
            <option key={value} value={value} />
          ))}
        </datalist>
      )}
    </Field>
  );
}

interface NumberFieldProps {
  label: string;
  value: number | undefined;
  min: number;
  max?: number;
  step?: number;
  /** Shown while there is no number. */
  placeholder?: string;
  /** The form is not sent without a number within the bounds, so whatever was typed stays. */
  required?: boolean;
  /** Hears the nearest number within the bounds, and nothing of an empty field. */
  onChange: (value: number | undefined) => void;
}

/** What is typed stands as it is, at least until the field is left. */
export function NumberField({ label, value, onChange, ...rest }: NumberFieldProps): React.JSX.Element {
  const [typed, setTyped] = useState<string | null>(null);
  const { min, max = Infinity, required } = rest;
  return (
    <Field label={label}>
      <input
        type="number"
        value={typed ?? value ?? ""}
        onChange={({ target }) => {
          setTyped(target.value);
          onChange(target.value === "" ? undefined : Math.min(Math.max(Number(target.value), min), max));
        }}
        onBlur={() => !required && setTyped(null)}
        {...rest}
      />
    </Field>
  );
}

interface LinesFieldProps<T> {
  label: string;
  value: T;
  placeholder: string;
  /** What lines of text say, and the lines that say a value. */
  read: (text: string) => T;
  write: (value: T) => string;
  onChange: (value: T) => void;
}

/** Lines stay as they were typed while they say the value: half a line, or a new one, says nothing yet. */
export function LinesField<T>({
  label,
  value,
  placeholder,
  read,
  write,
  onChange,
}: LinesFieldProps<T>): React.JSX.Element {
  const [typed, setTyped] = useState("");
  const said = write(value);
  return (
    <Field label={label} wide>
      <textarea
        rows={2}
        value={write(read(typed)) === said ? typed : said}
        placeholder={placeholder}
        onChange={(event) => {
          setTyped(event.target.value);
          onChange(read(event.target.value));
        }}
      />
    </Field>
  );
}

interface ChoiceProps<T extends string> {
  label: string;
  value: T;
  /** Each value with the word that stands for it. */
  options: readonly (readonly [T, string])[];
  onChange: (value: T) => void;
}

export function Choice<T extends string>({
  label,
  value,
  options,
  onChange,
}: ChoiceProps<T>): React.JSX.Element {
  return (
    <Field label={label}>
      <select value={value} onChange={(event) => onChange(event.target.value as T)}>
        {options.map(([option, word]) => (
          <option key={option} value={option}>
            {word}
          </option>
        ))}
      </select>
    </Field>
  );
}

interface CheckProps {
  label: string;
  on: boolean;
  onChange: (on: boolean) => void;
  wide?: boolean;
}

export function Check({ label, on, onChange, wide = false }: CheckProps): React.JSX.Element {
  return (
    <label className={wide ? "field check wide" : "field check"}>
      <input type="checkbox" checked={on} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  );
}
