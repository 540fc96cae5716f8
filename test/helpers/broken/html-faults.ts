import { base64, below, CRLF, fields, mail, noise, part, pick, words, type Fault, type Random } from './compose.ts';

/** What a page must not do where it is shown: set a mark that the browser test looks for, or ask the network. */
export const SCRIPT_MARK = 'MAILFERRY_SCRIPT_RAN';
const SCRIPT = `window.${SCRIPT_MARK}=parent.${SCRIPT_MARK}=top.${SCRIPT_MARK}=1`;

const html = (name: string, make: (random: Random) => string): Fault => [
  name,
  (random) => mail(fields(random, name, 'Content-Type: text/html; charset=utf-8'), make(random)),
];

const PIECES = [
  ...[
    '<div>',
    '</div>',
    '<table><tr>',
    '</p></b>',
    '<a href="',
    '<img src=x onerror=',
    "'",
    '"',
    '>',
    '<',
    '<!--',
    '-->',
  ],
  ...[
    '<![CDATA[',
    ']]>',
    '<style>',
    '</style>',
    '<svg><script>',
    '<math><mi>',
    '&#x',
    '&lt',
    '&amp;amp;',
    '<plaintext>',
  ],
  ...[
    '<textarea>',
    '<title>',
    '<noscript>',
    '<template>',
    '<base href="https://x.example/">',
    '\0',
    '\x0c',
    '<?xml',
    '<!DOCTYPE',
  ],
];

export const HTML_FAULTS: readonly Fault[] = [
  html('tags at random', (random) =>
    Array.from({ length: 300 }, () => pick(random, [...PIECES, words(random, 1)])).join(''),
  ),
  html('tags that are never closed', (random) =>
    `${pick(random, ['<div>', '<table>', '<font><b>', '<ul><li>', '<blockquote>'])}`.repeat(
      2_000 + below(random, 2_000),
    ),
  ),
  html(
    'one element with a thousand attributes',
    (random) => `<p ${Array.from({ length: 1_000 }, (_, n) => `a${n}=${n}`).join(' ')}>${words(random, 3)}`,
  ),
  html('scripts of all kinds', (random) =>
    [
      `<script>${SCRIPT}</script>`,
      `<img src=x onerror="${SCRIPT}">`,
      `<svg onload=${SCRIPT}>`,
      `<body onload=${SCRIPT}>`,
      `<iframe srcdoc="&lt;script&gt;${SCRIPT}&lt;/script&gt;"></iframe>`,
      `<a href="javascript:${SCRIPT}">x</a>`,
      `<a href="java\tscript:${SCRIPT}">x</a>`,
      `<details open ontoggle=${SCRIPT}>`,
      `<input autofocus onfocus=${SCRIPT}>`,
      `<style>@import "javascript:${SCRIPT}";</style>`,
      `<object data="data:text/html,<script>${SCRIPT}</script>"></object>`,
      `<meta http-equiv=refresh content="0;url=javascript:${SCRIPT}">`,
      `<math><mtext><table><mglyph><style><img src=x onerror=${SCRIPT}>`,
      `<noscript><p title="</noscript><img src=x onerror=${SCRIPT}>">`,
    ]
      .sort(() => random() - 0.5)
      .join(words(random, 2)),
  ),
  html('styles that reach out', (random) =>
    [
      '<style>',
      ...Array.from({ length: 40 }, () =>
        pick(random, [
          '*{background:url(https://t.example/x)}',
          '@import url(//t.example/a.css);',
          '@font-face{font-family:x;src:url(//t.example/f)}',
          'p{width:expression(alert(1))}',
          'body{position:fixed;top:0;left:0}',
          'a{content:"\\',
          '}',
          '{{{{',
          'x{y:z',
          '/*',
          '@media print{',
          '\\75rl(x)',
          'div{behavior:url(#x)}',
        ]),
      ),
      '</style>',
      `<p style="background:u\\rl(//t.example/y);position:fixed">${words(random, 3)}</p>`,
    ].join(CRLF),
  ),
  html('pictures from everywhere', (random) =>
    Array.from(
      { length: 60 },
      (_, n) =>
        `<img src="${pick(random, ['http://t.example/', 'https://t.example/', '//t.example/', 'cid:', 'data:image/png;base64,', 'file:///', 'data:image/svg+xml,<svg onload=x>'])}${n}" srcset="https://t.example/${n} 2x">`,
    ).join(''),
  ),
  html(
    'a table of a thousand columns',
    (random) =>
      `<table>${`<tr>${'<td>x</td>'.repeat(1_000)}</tr>`.repeat(3)}<td colspan=${'9'.repeat(1 + below(random, 20))} rowspan=-1>`,
  ),
  html('entities without end', (random) =>
    Array.from({ length: 2_000 }, () =>
      pick(random, ['&', '&#', '&#x110000;', '&#0;', '&nbsp', '&notit;', '&#xd800;', '&aacute']),
    ).join(''),
  ),
  html(
    'forms',
    (random) =>
      `<form action="https://t.example/"><input name=password><button formaction="//t.example">${words(random, 1)}</button><select><option>`,
  ),
  html(
    'frames',
    (random) =>
      `<frameset cols="*,*"><frame src="https://t.example/${below(random, 99)}"></frameset><iframe src="https://t.example/"></iframe><embed src="//t.example"><object>`,
  ),
  html('links to anywhere', (random) =>
    Array.from(
      { length: 40 },
      () =>
        `<a href="${pick(random, ['http://', 'https://[::1', 'mailto:?body=', 'file:///etc/passwd', 'data:text/html,x', 'vbscript:x', 'app://mailferry/', '#', '//', 'blob:', 'view-source:x'])}${noise(random, 4, 97).replaceAll(/[\x80-\xff]/g, 'z')}" target=_top ping="//t.example">${words(random, 1)}</a>`,
    ).join(''),
  ),
  html('noise for a page', (random) => `<html>${noise(random, 3_000, 1)}`),
  html(
    'base64 picture that is cut',
    (random) => `<img src="data:image/png;base64,${base64(noise(random, 200, 0)).slice(0, below(random, 200))}`,
  ),
  [
    'pictures that show each other',
    (random) =>
      mail(
        fields(random, 'cid', 'Content-Type: multipart/related; boundary=b'),
        ...['--b', 'Content-ID: <a@x>', part('text/html', '<img src="cid:b@x"><img src="cid:a@x"><img src="cid:c@x">')],
        ...['--b', 'Content-ID: <b@x>', part('text/html', '<img src="cid:a@x"><iframe src="cid:b@x"></iframe>')],
        ...[
          '--b',
          'Content-ID: <c@x>',
          part(pick(random, ['image/svg+xml', 'image/png', 'text/html']), '<svg onload=x>'),
        ],
        '--b--',
      ),
  ],
  [
    'a page and a text that disagree',
    (random) =>
      mail(
        fields(random, 'two faces', 'Content-Type: multipart/alternative; boundary=b'),
        '--b',
        part('text/html', `<p>${words(random, 3)}`),
        '--b',
        part('text/plain', words(random, 5)),
        '--b',
        part('text/html', '<b>third'),
        '--b--',
      ),
  ],
  [
    'a page in a charset of two kinds',
    (random) =>
      mail(
        fields(
          random,
          'meta',
          `Content-Type: text/html; charset=${pick(random, ['utf-8', 'utf-16', 'shift_jis', 'iso-8859-1'])}`,
        ),
        `<meta charset=${pick(random, ['utf-7', 'utf-16le', 'x', 'big5'])}><p>${noise(random, 80, 128)}`,
      ),
  ],
];
