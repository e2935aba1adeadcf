/** Writes a Lit template as markup, without a browser: values in quotes, listeners and properties left out, one tag a line. For golden pictures. */

interface Template {
  strings: readonly string[];
  values: readonly unknown[];
}

const isTemplate = (value: unknown): value is Template =>
  typeof value === 'object' && value !== null && 'strings' in value && 'values' in value;

const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

/** What a directive stands for: the items of a repeat, the drawing of a guard, the value of live. */
function ofDirective(values: readonly unknown[]): string {
  const [first, second, third] = values;
  if (Array.isArray(first) && typeof third === 'function') {
    return first.map((item, i) => markup(third(item, i))).join('');
  }
  return markup(typeof second === 'function' ? second() : first);
}

function markup(value: unknown): string {
  if (value === null || value === undefined || typeof value === 'symbol' || typeof value === 'function') return '';
  if (Array.isArray(value)) return value.map(markup).join('');
  if (isTemplate(value)) return ofTemplate(value);
  if (typeof value === 'object' && 'values' in value && Array.isArray(value.values)) return ofDirective(value.values);
  return escaped(String(value));
}

/** An attribute without a value is left out, as Lit leaves it out; so are `@click`, `.value` and a `?flag` that is off. */
function ofTemplate({ strings, values }: Template): string {
  let out = '';
  strings.forEach((text, i) => {
    out += text;
    if (i >= values.length) return;
    const attribute = /\s([@.?]?)([^\s"'<>=@.?]+)=$/.exec(out);
    if (attribute === null) {
      out += markup(values[i]);
      return;
    }
    const [whole, sigil, name] = attribute;
    out = out.slice(0, -whole.length);
    const isThere = typeof values[i] !== 'symbol' && values[i] !== undefined;
    if (sigil === '' && isThere) out += ` ${name}="${markup(values[i])}"`;
    if (sigil === '?' && values[i] === true) out += ` ${name}`;
    if (sigil === '.' && name === 'textContent') out += ` data-text="${markup(values[i])}"`;
  });
  return out;
}

/** A template as markup, one tag a line. */
export function svgText(template: unknown): string {
  return `${markup(template).replace(/\s+/g, ' ').replace(/> </g, '><').replace(/></g, '>\n<').trim()}\n`;
}

/** The words of a template alone, one piece a line. */
export function wordsOnly(template: unknown): string {
  return svgText(template)
    .replace(/<[^>]+>/g, '\n')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}
