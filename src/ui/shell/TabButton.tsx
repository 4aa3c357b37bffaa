// A tab of a tab list: the list is one stop for Tab, and the arrows go from tab to tab.

interface TabButtonProps<T extends string> {
  id: T;
  label: string;
  on: T;
  choose: (tab: T) => void;
}

export function TabButton<T extends string>({ id, label, on, choose }: TabButtonProps<T>): React.JSX.Element {
  return (
    <button
      type="button"
      role="tab"
      id={`tab-${id}`}
      aria-selected={on === id}
      tabIndex={on === id ? 0 : -1}
      onClick={() => choose(id)}
      onKeyDown={(event) => {
        if (event.key !== "ArrowRight" && event.key !== "ArrowLeft") return;
        const tabs = [
          ...(event.currentTarget.parentElement?.querySelectorAll<HTMLElement>("[role=tab]") ?? []),
        ];
        const step = event.key === "ArrowRight" ? 1 : -1;
        const next = tabs[(tabs.indexOf(event.currentTarget) + step + tabs.length) % tabs.length];
        next?.focus();
        next?.click();
        event.preventDefault();
      }}
    >
      {label}
    </button>
  );
}
