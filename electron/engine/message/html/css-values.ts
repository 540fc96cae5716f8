/** Which declarations a mail may make. Lists of what is allowed: what is not known does not pass. */

const PROPERTY = new RegExp(
  '^(?:' +
    [
      'color|opacity|direction|unicode-bidi|visibility|display|float|clear|overflow|overflow-[xy]|overflow-wrap|zoom',
      'background|background-(?:color|position|position-[xy]|repeat|size|clip|origin|attachment|image)',
      'font|font-(?:family|size|style|weight|variant|stretch|feature-settings|size-adjust)|line-height|letter-spacing|word-spacing',
      'text-(?:align|align-last|decoration|decoration-(?:line|color|style|thickness)|indent|transform|overflow|shadow|underline-offset|size-adjust)|-webkit-text-size-adjust|-ms-text-size-adjust',
      'vertical-align|white-space|word-break|word-wrap|hyphens|tab-size|quotes|writing-mode',
      'width|height|(?:min|max)-(?:width|height)|aspect-ratio|box-sizing|box-shadow|object-fit|object-position',
      'margin|margin-(?:top|right|bottom|left)|padding|padding-(?:top|right|bottom|left)',
      'border|border-(?:top|right|bottom|left)|border-(?:(?:top|right|bottom|left)-)?(?:width|style|color)|border-radius|border-(?:top|bottom)-(?:left|right)-radius|border-collapse|border-spacing|outline|outline-(?:width|style|color|offset)',
      'table-layout|caption-side|empty-cells|list-style|list-style-(?:type|position)',
      'flex|flex-(?:basis|direction|flow|grow|shrink|wrap)|order|gap|row-gap|column-gap|align-(?:items|self|content)|justify-(?:content|items|self)',
      'grid-template-columns|grid-template-rows|grid-column|grid-row|columns|column-(?:count|width|rule)',
      'page-break-(?:before|after|inside)|orphans|widows|resize|transform|transform-origin|position|z-index',
    ].join('|') +
    ')$',
);

const FUNCTIONS = new Set(
  'rgb rgba hsl hsla hwb lab lch oklab oklch calc min max clamp linear-gradient radial-gradient repeat minmax rotate scale scalex scaley translate translatex translatey'.split(
    ' ',
  ),
);

/** Nothing that begins a string, an escape, a comment, a block, an at-rule or a tag; quotes are looked at apart. */
const VALUE = /^[\p{L}\p{N}\s#%.,()+\-*/_!]*$/u;
const QUOTED = /"[\p{L}\p{N}\s._\-+&]*"|'[\p{L}\p{N}\s._\-+&]*'/gu;
const URL_TOKEN = /\burl\(\s*(?:"[^"\\\n]*"|'[^'\\\n]*'|[^\s"'()\\]*)\s*\)/gi;
const MAX_VALUE = 1000;

/**
 * @param text `name: value`, comments gone
 * @returns as it may be written, or '' when nothing of it may
 */
export function cleanDeclaration(text: string): string {
  const colon = text.indexOf(':');
  if (colon < 0 || text.length > MAX_VALUE * 4) return '';
  const name = text.slice(0, colon).trim().toLowerCase();
  if (!PROPERTY.test(name)) return '';
  // The rest of a shorthand with a picture is worth keeping: `background: #fff url(…) no-repeat`.
  const value = text
    .slice(colon + 1)
    .replace(URL_TOKEN, ' ')
    .trim();
  if (value === '' || value.length > MAX_VALUE || !isPlainValue(value)) return '';
  if (name === 'position' && !/^(static|relative)\b/i.test(value)) return '';
  return `${name}:${value.replace(/\s+/g, ' ')}`;
}

function isPlainValue(value: string): boolean {
  const unquoted = value.replace(QUOTED, ' ');
  if (!VALUE.test(unquoted)) return false;
  let depth = 0;
  for (const c of unquoted) {
    if (c === '(') depth++;
    else if (c === ')' && --depth < 0) return false;
  }
  if (depth !== 0) return false;
  if (!/^[^!]*(?:!\s*important)?\s*$/i.test(unquoted) || unquoted.includes('/*')) return false;
  for (const call of unquoted.matchAll(/([\p{L}\p{N}_-]*)\(/gu)) {
    if (call[1] !== '' && !FUNCTIONS.has(call[1]!.toLowerCase())) return false;
  }
  return true;
}
