/** A page of everything that makes a mail program call home when it only shows the mail. */

/**
 * @param web `http://host:port`, where each address under it is told apart by its path
 * @returns HTML, with only pictures in `<img>` that are meant to be seen after the user allowed it
 */
export function trackerHtml(web: string): string {
  const bare = web.replace(/^https?:/, '');
  const escaped = web.replaceAll('h', '\\68 ').replaceAll(':', '\\3a ');
  return `<!doctype html><html manifest="${web}/manifest" background="${web}/html-background"><head>
<base href="${web}/base/">
<meta http-equiv="refresh" content="0;url=${web}/refresh">
<meta http-equiv="x-dns-prefetch-control" content="on">
<link rel="stylesheet" href="${web}/sheet.css"><link rel="prefetch" href="${web}/prefetch">
<link rel="preload" as="image" href="${web}/preload" imagesrcset="${web}/preload-set 1x"><link rel="preconnect" href="${web}">
<link rel="dns-prefetch" href="//dns-prefetch.tracker.example"><link rel="modulepreload" href="${web}/module.js">
<link rel="icon" href="${web}/favicon.ico"><link rel="apple-touch-icon" href="${web}/touch.png"><link rel="manifest" href="${web}/m.json">
<script src="${web}/script.js"></script><script>new Image().src='${web}/script-image';fetch('${web}/fetch')</script>
<style>
@import "${web}/import-string.css"; @import url(${web}/import-url.css); @\\69mport '${web}/import-escaped.css';
@charset "utf-8"; @namespace url(${web}/namespace);
@font-face{font-family:x;src:url(${web}/font.woff2) format("woff2")} .font{font-family:x}
@media screen{.media{background:url('${web}/media')}} @supports (color:red){.supports{background:url(${web}/supports)}}
@layer a{.layer{background:url(${web}/layer)}} @container (min-width:1px){p{background:url(${web}/container)}}
.a{background:url(${web}/css-plain)} .b{background-image:URL( "${web}/css-quoted" )} .c{background:u\\72l(${web}/css-escape-name)}
.d{background:url(${escaped}/css-escape-url)} .e{background:/*x*/url/**/(${web}/css-comment)} .f{list-style:url(${web}/css-list)}
.g{cursor:url(${web}/css-cursor),auto} .h{content:url(${web}/css-content)} .i{border-image:url(${web}/css-border) 1}
.j{background:image-set("${web}/css-image-set" 1x)} .k{background:-webkit-image-set(url(${web}/css-webkit-set) 1x)}
.l{mask:url(${web}/css-mask)} .m{filter:url(${web}/css-filter#x)} .n{clip-path:url(${web}/css-clip#x)} .o{shape-outside:url(${web}/css-shape)}
.p{--x:url(${web}/css-variable);background:var(--x)} .q{background:image("${web}/css-image")} .r{background:src("${web}/css-src")}
.s{background:cross-fade(url(${web}/css-fade1),url(${web}/css-fade2))} .t{offset-path:url(${web}/css-offset)} .u{background:element(#x)}
.v{background:paint(x);background:url(${bare}/css-relative)} .w{behavior:url(${web}/css-behavior)} .x{-moz-binding:url(${web}/css-binding)}
.y::before{content:"x" url(${web}/css-before)} .z{background:url(data:image/svg+xml,<svg/>),url("${web}/css-second
.broken{color:red}
</style></head>
<body background="${web}/body-background" style="background:url(${web}/body-style)" onload="fetch('${web}/onload')">
${'abcdefghijklmnopqrstuvwxyz'.replace(/./g, '<p class="$& font media supports layer">$&</p>')}
<img src="${web}/seen.png" width="40" height="40" lowsrc="${web}/lowsrc" dynsrc="${web}/dynsrc" longdesc="${web}/longdesc">
<img srcset="${web}/seen-set.png 1x, ${web}/srcset-2.png 2x" width="50" height="50">
<img src="${bare}/seen-relative.png" alt="relative">
<img src="${web}/pixel.gif" width="1" height="1"><img src="${web}/hidden.gif" style="display:none"><img src="base-relative.png">
<picture><source srcset="${web}/source.webp"><source srcset="${web}/source-2.avif" type="image/avif"></picture>
<table background="${web}/table"><tr background="${web}/tr"><td background="${web}/td" style="background-image:url(&quot;${web}/td-style&quot;)">x</td></tr></table>
<p style="background:url(${web}/p-style)">x</p><p style="background:\\75rl(${web}/p-escape)">x</p><p style="list-style-image:url('${web}/p-list')">x</p>
<p style='background-image:url(&#x68;ttp${web.slice(4)}/p-entity)'>x</p><p style="background:url(${web}/p-unclosed">x</p>
<p style="font-family:'x';src:url(${web}/p-src)">x</p><p style="background:image-set('${web}/p-set' 1x)">x</p>
<input type="image" src="${web}/input"><button formaction="${web}/formaction">x</button>
<form action="${web}/form"><input name="x" autofocus><input type="submit"></form>
<video src="${web}/video.mp4" poster="${web}/poster.png" autoplay><source src="${web}/video-source.mp4"><track src="${web}/track.vtt" default></video>
<audio src="${web}/audio.mp3" autoplay preload="auto"></audio><bgsound src="${web}/bgsound.wav">
<iframe src="${web}/iframe"></iframe><iframe srcdoc="<img src='${web}/srcdoc'>"></iframe><frameset><frame src="${web}/frame"></frameset>
<object data="${web}/object" classid="${web}/classid" codebase="${web}/codebase"></object><embed src="${web}/embed"><applet archive="${web}/applet.jar"></applet>
<svg xmlns:xlink="http://www.w3.org/1999/xlink"><image href="${web}/svg-image" xlink:href="${web}/svg-xlink"/><use href="${web}/svg-use#x"/><style>@import "${web}/svg-import";</style>
<feImage href="${web}/svg-fe"/><script href="${web}/svg-script"/><rect fill="url(${web}/svg-fill#x)"/><foreignObject><img src="${web}/svg-foreign"></foreignObject></svg>
<math href="${web}/math"><mglyph src="${web}/mglyph"/></math>
<a href="https://link-prefetch.tracker.example/" ping="${web}/ping">link</a>
<blockquote cite="${web}/cite">x</blockquote><q cite="${web}/q">x</q><ins cite="${web}/ins">x</ins>
<template><img src="${web}/template"></template><noscript><img src="${web}/noscript.gif" width="1" height="1"></noscript>
<link rel="stylesheet" href="${web}/late.css"><style>@import "${web}/late-import.css";</style>
<v:image src="${web}/vml"/><v:fill src="${web}/vml-fill"/><o:p background="${web}/o"></o:p><image src="${web}/image-tag" width="1">
<body background="${web}/second-body"><meta http-equiv="refresh" content="0; ${web}/late-refresh">
</body></html>`;
}

/** The pictures of that page that are loaded when the user asks for it. */
export const SEEN_PICTURES = ['/seen-relative.png', '/seen-set.png', '/seen.png'];
