import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVIL, HOSTILE } from './hostile-html.ts';
import { bodyOf, htmlMail, mail, pageOf, PNG, read } from './mail.ts';
import { findFaults } from './page-check.ts';
import { SEEN_PICTURES, trackerHtml } from './tracker-html.ts';

describe('a page of mail', () => {
  it.each(HOSTILE)('is harmless with %s', (_, html) => {
    for (const remotePictures of [false, true]) {
      expect(findFaults(pageOf(html, { remotePictures }), { remotePictures })).toEqual([]);
      // What comes after the trick is checked as well: a trick may only work once it is closed.
      expect(
        findFaults(pageOf(`<table><tr><td>${html}</table><p>after`, { remotePictures }), { remotePictures }),
      ).toEqual([]);
    }
  });

  it('has a checker that sees faults', () => {
    for (const bad of [
      '<script>',
      '<b onclick="x">',
      '<img src="https://x/">',
      '<b style="background:url(x)">',
      '<a href="javascript:x">',
      '<style>@import "x";</style>',
      '<b title="a>b">',
      '<B>',
    ]) {
      expect(findFaults(bad), bad).not.toEqual([]);
    }
  });

  it('keeps no address of a tracker but in links', () => {
    const page = pageOf(trackerHtml('http://tracker.example'));
    expect(findFaults(page)).toEqual([]);
    expect(page.replace(/ (href|title)="https:\/\/link-prefetch\.tracker\.example\/"/g, '')).not.toMatch(
      /\.tracker\.example|tracker\.example\//,
    );
    expect(page).toContain('Picture from tracker.example, not loaded');
  });

  it('asks for exactly the visible pictures, by https, once they are allowed', () => {
    const html = trackerHtml('http://tracker.example');
    const page = pageOf(html, { remotePictures: true });
    expect(findFaults(page, { remotePictures: true })).toEqual([]);
    const sources = [...page.matchAll(/<img src="([^"]*)"/g)].map((m) => new URL(m[1]!));
    expect(sources.map((url) => url.pathname).sort()).toEqual(SEEN_PICTURES);
    expect(new Set(sources.map((url) => url.origin))).toEqual(new Set(['https://tracker.example']));
    expect(read(htmlMail(html)).view.remotePictures).toEqual({ count: 3, hosts: ['tracker.example'] });
  });

  it('is served under a policy that loads nothing, and https pictures only when allowed', () => {
    const policy = (remotePictures: boolean) =>
      read(htmlMail('x'), { remotePictures }).page!.headers['content-security-policy']!.split('; ');
    expect(policy(false)).toEqual([
      'sandbox allow-popups allow-popups-to-escape-sandbox',
      "default-src 'none'",
      "style-src 'unsafe-inline'",
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(policy(true)).toContain('img-src data: https:');
  });

  it('is harmless and made in bounded time whatever the octets are', () => {
    const scrap = fc.constantFrom(
      '<',
      '>',
      '"',
      "'",
      '=',
      '/',
      '\\',
      '<style>',
      '</style>',
      '<img src=',
      'url(',
      '@import ',
      '/*',
      '*/',
      '<!--',
      '-->',
      '<svg>',
      '<script>',
      '&lt;',
      '&#60;',
      ' style="',
      ' onload=',
      '{',
      '}',
      ';',
      'a',
      ' ',
      '\0',
      'position:fixed',
      'javascript:',
      `//${EVIL}/`,
      '<a href="',
      '<td',
      '</td>',
      '<![CDATA[',
      ']]>',
      '\u2028',
      '\ud800',
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(scrap, scrap, fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 60 }),
        (parts) => {
          expect(findFaults(pageOf(parts.join('')))).toEqual([]);
        },
      ),
      { numRuns: 1500 },
    );
  });

  it.each([
    ['open elements', '<div><b>'.repeat(200_000)],
    ['end tags that match nothing', '<b>'.repeat(100_000) + '</i>'.repeat(100_000)],
    ['brackets', '<'.repeat(1_000_000)],
    ['comments that are not closed', '<!--'.repeat(300_000)],
    ['style elements', '<style>a{b:c}</style>'.repeat(50_000)],
    ['braces', `<style>${'a{'.repeat(300_000)}</style>`],
    ['at-rules', `<style>${'@media x{'.repeat(60_000)}</style>`],
    ['comments in a sheet', `<style>${'/*'.repeat(300_000)}</style>`],
    ['parentheses in a style', `<b style="${'url('.repeat(300_000)}">`],
    ['declarations', `<b style="${'a:b;'.repeat(300_000)}">`],
    ['attributes', `<b ${'a=b '.repeat(300_000)}>`],
    ['ampersands', '&'.repeat(1_000_000)],
    ['blanks', `<a href="${' '.repeat(1_000_000)}">${' '.repeat(1_000_000)}`],
    ['source sets', `<img srcset="${', '.repeat(500_000)}">`],
    ['data addresses', `<img src="data:image/png;${'a=b;'.repeat(300_000)}base64,x">`],
  ])('takes a megabyte of %s in its stride', (_, html) => {
    const startMs = performance.now();
    expect(findFaults(pageOf(html)).slice(0, 3)).toEqual([]);
    expect(performance.now() - startMs).toBeLessThan(5000);
  });
});

describe('an ordinary newsletter', () => {
  it.each([
    [
      'tables and their colours',
      '<table width="600" bgcolor="#ff0000" cellpadding=0><tr><td align=center style="padding:8px 0;background-color:#fff">x</td></tr></table>',
      '<table width="600" bgcolor="#ff0000" cellpadding="0"><tr><td align="center" style="padding:8px 0;background-color:#fff">x</td></tr></table>',
    ],
    [
      'style sheets',
      '<style>.a > td, #b:hover { color : red ; } @media only screen and (max-width:600px){ .a{width:100%!important} }</style>',
      '<style>\n.a > td, #b:hover{color:red}\n@media only screen and (max-width:600px){\n.a{width:100%!important}\n}\n</style>',
    ],
    [
      'the colour beside a background picture',
      '<td style="background:#fafafa url(https://x.example/y.png) no-repeat">x</td>',
      '<td style="background:#fafafa no-repeat">x</td>',
    ],
    [
      'fonts by name',
      `<p style="font-family:'Helvetica Neue',Arial,sans-serif">x</p>`,
      '<p style="font-family:&#39;Helvetica Neue&#39;,Arial,sans-serif">x</p>',
    ],
    [
      'gradients and sums',
      '<p style="background:linear-gradient(#fff,rgba(0,0,0,.5));width:calc(100% - 8px)">x</p>',
      '<p style="background:linear-gradient(#fff,rgba(0,0,0,.5));width:calc(100% - 8px)">x</p>',
    ],
    [
      'links, in a window of their own',
      '<a href="https://x.example/?a=1&amp;b=2" title="your bank" target=_top>x</a>',
      '<a href="https://x.example/?a=1&amp;b=2" title="https://x.example/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">x</a>',
    ],
    [
      'links without a scheme',
      '<a href="//x.example/y">x</a>',
      '<a href="https://x.example/y" title="https://x.example/y" target="_blank" rel="noopener noreferrer">x</a>',
    ],
    [
      'addresses',
      '<a href="mailto:a@x.example?subject=Hi">x</a>',
      '<a href="mailto:a@x.example?subject=Hi" title="mailto:a@x.example?subject=Hi" target="_blank" rel="noopener noreferrer">x</a>',
    ],
    [
      'places in the page',
      '<a href="#part-2">x</a><a name="part-2"></a>',
      '<a href="#part-2">x</a><a name="part-2"></a>',
    ],
    ['the words of a form', '<form><p>Name: <input name=x> <button>Send</button></p></form>', '<p>Name:  Send</p>'],
    [
      'what Outlook reads apart',
      '<!--[if mso]><table><![endif]--><p>x<o:p>y</o:p></p><![if !mso]>z<![endif]>',
      '<p>xy</p>z',
    ],
    ['entities', '<p>M&uuml;ller &amp; S&ouml;hne &lt;b&gt; &#8364;</p>', '<p>Müller &amp; Söhne &lt;b&gt; €</p>'],
    [
      'sized placeholders',
      '<img src="https://x.example/a.png" width=200 height="40" style="border:0">',
      '<span class="mf-picture" role="img" aria-label="Picture from x.example, not loaded" title="Picture from x.example, not loaded" style="width:200px;height:40px"></span>',
    ],
  ])('keeps %s', (_, html, expected) => {
    expect(bodyOf(html)).toBe(expected);
  });

  it('keeps the ground of its body', () => {
    expect(
      pageOf('<body bgcolor="#eeeeee" text="#333333" style="margin:0;background:url(x) #ddd" class=a>x</body>'),
    ).toContain('<body bgcolor="#eeeeee" text="#333333" style="margin:0;background:#ddd" class="a">x');
  });

  it('keeps a thousand paragraphs whose ends were left out', () => {
    expect(bodyOf('<p>x'.repeat(1000)).match(/<p>/g)).toHaveLength(1000);
    expect(bodyOf('<table><tr><td>x</table>'.repeat(1000)).match(/<td>x<\/table>/g)).toHaveLength(1000);
  });

  it('does not follow the dark theme of the system on its white sheet', () => {
    expect(bodyOf('<style>@media (prefers-color-scheme:dark){body{color:#fff}} p{color:#000}</style>')).toBe(
      '<style>\np{color:#000}\n</style>',
    );
  });
});

describe('pictures that come with a message', () => {
  const withPicture = (src: string, head: string, content = PNG) =>
    mail(
      `Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<img src="${src}">\n--b\nContent-Transfer-Encoding: base64\n${head}\n\n${content}\n--b--\n`,
    );

  it.each([
    ['by content id', 'cid:a@b', 'Content-Type: image/png\nContent-ID: <a@b>'],
    ['by an escaped content id', 'cid:a%40b', 'Content-Type: image/png\nContent-ID: <a@b>'],
    ['by place', 'logo.png', 'Content-Type: image/png\nContent-Location: logo.png'],
    ['under a wrong type', 'cid:a', 'Content-Type: application/octet-stream; name=x.bin\nContent-ID: <a>'],
  ])('are shown %s', (_, src, head) => {
    const { view, page } = read(withPicture(src, head));
    expect(page!.html).toContain(`<img src="data:image/png;base64,${PNG}">`);
    expect(view.attachments[0]!.inline).toBe(true);
    expect(view.remotePictures.count).toBe(0);
  });

  it.each([
    ['an SVG', 'image/svg+xml', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>')],
    ['a page that says it is a picture', 'image/png', Buffer.from('<script>1</script>')],
    ['nothing', 'image/png', Buffer.alloc(0)],
  ])('are not shown when they are %s', (_, type, content) => {
    const { page } = read(withPicture('cid:a', `Content-Type: ${type}\nContent-ID: <a>`, content.toString('base64')));
    expect(page!.html).not.toContain('<img');
  });

  it('are shown up to a bound and then named as attachments only', () => {
    const part = `--b\nContent-Type: image/png\nContent-ID: <a>\nContent-Transfer-Encoding: base64\n\n${Buffer.concat([Buffer.from(PNG, 'base64'), Buffer.alloc(5_000_000)]).toString('base64')}\n`;
    const raw = mail(
      `Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n${'<img src="cid:a">'.repeat(20)}\n${part}--b--\n`,
    );
    const { view, page } = read(raw);
    expect(page!.html.match(/<img /g)!.length).toBeLessThan(20);
    expect(page!.html.length).toBeLessThan(45_000_000);
    expect(view.problem).toMatch(/pictures are very large/);
    expect(view.attachments).toHaveLength(1);
  });
});

describe('hits of a search', () => {
  it('are marked in the text of a page and never inside of a tag', () => {
    expect(
      bodyOf(
        '<p title="Brennofen">Der Brennofen, &lt;BRENN&gt; brännöfen</p><a href="https://brennofen.example/">x</a>',
        { search: 'brenn' },
      ),
    ).toBe(
      '<p title="Brennofen">Der <mark class="mf-hit">Brennofen</mark>, &lt;<mark class="mf-hit">BRENN</mark>&gt; brännöfen</p>' +
        '<a href="https://brennofen.example/" title="https://brennofen.example/" target="_blank" rel="noopener noreferrer">x</a>',
    );
  });
});

describe('a mail laid out for a width of its own', () => {
  const rules = (html: string) => [...pageOf(html).matchAll(/max-width:(\d+)px\)\{body\{zoom:([\d.]+)/g)];

  it('is drawn smaller where the pane is narrower, and never smaller than can be read', () => {
    const steps = rules('<table width="300"><tr><td><table width="600"><tr><td>x</td></tr></table></td></tr></table>');
    expect(steps[0]!.slice(1)).toEqual(['639', '0.95']);
    expect(Number(steps.at(-1)![2])).toBeCloseTo(0.6);
    const widths = steps.map(([, width]) => Number(width));
    expect(widths).toEqual([...widths].sort((a, b) => b - a));
  });

  it('is found by its styles too', () => {
    expect(rules('<div style="width: 640px">x</div>')).not.toEqual([]);
  });

  it.each(['<p>plain</p>', '<table width="100%"><tr><td>x</td></tr></table>', '<table width="9999"><tr><td>x</table>'])(
    'is left alone when it is %s',
    (html) => expect(rules(html)).toEqual([]),
  );
});
