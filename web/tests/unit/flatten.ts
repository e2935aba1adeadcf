/** Reads a Lit template without a browser: its static strings with its values between them, directives opened. Enough to compare and to search. */

interface Template {
  strings: readonly string[];
  values: readonly unknown[];
}

function isTemplate(value: unknown): value is Template {
  return typeof value === 'object' && value !== null && 'strings' in value && 'values' in value;
}

function ofDirective(values: readonly unknown[]): string {
  const [first, second, third] = values;
  // repeat(items, key, template)
  if (Array.isArray(first) && typeof third === 'function')
    return first.map((item, i) => flatten(third(item, i))).join('');
  // guard([signature], draw)
  if (typeof second === 'function') return flatten(second());
  // live(value)
  return flatten(first);
}

export function flatten(value: unknown): string {
  if (value === null || value === undefined || typeof value === 'symbol' || typeof value === 'function') return '';
  if (Array.isArray(value)) return value.map(flatten).join('');
  if (isTemplate(value)) return value.strings.map((text, i) => text + flatten(value.values[i])).join('');
  if (typeof value === 'object' && 'values' in value && Array.isArray(value.values)) return ofDirective(value.values);
  return String(value);
}
