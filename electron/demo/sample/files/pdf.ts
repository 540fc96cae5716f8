export interface PdfLine {
  text: string;
  /** Points from the left edge and from the top of an A4 page. */
  x: number;
  y: number;
  sizePt?: number;
  bold?: boolean;
}

export interface PdfPicture {
  jpeg: Buffer;
  width: number;
  height: number;
}

/** One A4 page of text in Helvetica, with a picture below if given (PDF 1.4, ISO 32000-1 §7.5). */
export function makePdf(title: string, lines: readonly PdfLine[], picture: PdfPicture | null = null): Buffer {
  const objects: Buffer[] = [
    Buffer.from('<< /Type /Catalog /Pages 2 0 R >>'),
    Buffer.from('<< /Type /Pages /Kids [3 0 R] /Count 1 >>'),
    page(picture !== null),
    stream('', content(lines, picture)),
    font('Helvetica'),
    font('Helvetica-Bold'),
    Buffer.from(`<< /Title (${escape(title)}) /Producer (Mailferry sample) >>`, 'latin1'),
  ];
  if (picture) {
    const { width, height, jpeg } = picture;
    const form = `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /BitsPerComponent 8`;
    objects.push(stream(`${form} /ColorSpace /DeviceRGB /Filter /DCTDecode `, jpeg));
  }
  return assemble(objects);
}

function assemble(objects: readonly Buffer[]): Buffer {
  const pieces: Buffer[] = [Buffer.from('%PDF-1.4\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  const offsets: number[] = [];
  let at = pieces[0]?.length ?? 0;
  objects.forEach((object, i) => {
    const whole = Buffer.concat([Buffer.from(`${i + 1} 0 obj\n`), object, Buffer.from('\nendobj\n')]);
    offsets.push(at);
    at += whole.length;
    pieces.push(whole);
  });
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const count = objects.length + 1;
  const trailer = `trailer\n<< /Size ${count} /Root 1 0 R /Info 7 0 R >>\nstartxref\n${at}\n%%EOF\n`;
  pieces.push(Buffer.from(`xref\n0 ${count}\n0000000000 65535 f \n${entries}${trailer}`));
  return Buffer.concat(pieces);
}

function page(withPicture: boolean): Buffer {
  const pictures = withPicture ? ' /XObject << /P1 8 0 R >>' : '';
  const resources = `<< /Font << /F1 5 0 R /F2 6 0 R >>${pictures} >>`;
  return Buffer.from(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources ${resources} >>`);
}

function content(lines: readonly PdfLine[], picture: PdfPicture | null): Buffer {
  const text = lines.map(
    (l) => `BT /${l.bold ? 'F2' : 'F1'} ${l.sizePt ?? 11} Tf ${l.x} ${842 - l.y} Td (${escape(l.text)}) Tj ET`,
  );
  if (picture) {
    const width = 455;
    const height = Math.round((width * picture.height) / picture.width);
    text.push(`q ${width} 0 0 ${height} 70 70 cm /P1 Do Q`);
  }
  return Buffer.from(text.join('\n'), 'latin1');
}

const stream = (entries: string, data: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`<< ${entries}/Length ${data.length} >>\nstream\n`), data, Buffer.from('\nendstream')]);

const font = (name: string): Buffer =>
  Buffer.from(`<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`);

/** WinAnsi: the euro sign, dashes and German quotation marks are where Windows-1252 has them. */
function escape(text: string): string {
  const windows = new Map([
    ['€', '\x80'],
    ['„', '\x84'],
    ['“', '\x93'],
    ['”', '\x94'],
    ['–', '\x96'],
  ]);
  return text.replace(/[€„“”–]/g, (c) => windows.get(c) ?? '?').replace(/[()\\]/g, '\\$&');
}
