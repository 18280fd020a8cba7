"""How the page looks, light, dark and on paper, and the one script on it, which sorts tables; nothing is fetched."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from fupin_rules.markup import DARK, LIGHT, colours

# Fillings of pictures: blue, grey, amber and rust are told apart by who sees no red or no green too.
LIGHT_FILLS: Final[Mapping[str, str]] = MappingProxyType(
    {"f-yes": "#2468a8", "f-no": "#868e98", "f-open": "#b07a00", "f-against": "#a8452f", "f-other": "#5d6fa3"}
)
DARK_FILLS: Final[Mapping[str, str]] = MappingProxyType(
    {"f-yes": "#5ca4e6", "f-no": "#8b949f", "f-open": "#d9a53a", "f-against": "#e07f66", "f-other": "#93a3d6"}
)

_RULES: Final = """
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--fupin-page);color:var(--fupin-ink);
font:16px/1.6 system-ui,-apple-system,"Segoe UI","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
main,header{max-width:76rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:1.5rem}
h1{font-size:clamp(1.4rem,1.1rem + 1.6vw,2.1rem);line-height:1.25;margin:.2em 0 .3em;text-wrap:balance}
h2{font-size:1.3rem;line-height:1.3;margin:0 0 .2rem}
h1::first-letter,h2::first-letter,h3::first-letter,p::first-letter,small::first-letter,
summary::first-letter,th::first-letter,th button::first-letter{text-transform:uppercase}
h3{font-size:1rem;margin:1.2rem 0 .3rem}
p{margin:.35rem 0;max-width:46rem}
.dim{color:var(--fupin-dim)}
.switch{position:absolute;opacity:0;pointer-events:none}
nav{max-width:76rem;margin:0 auto;padding:.75rem 1.25rem 0;text-align:right}
nav label{display:inline-block;padding:.15rem .8rem;border:1px solid var(--fupin-line);cursor:pointer}
nav label:first-of-type{border-radius:1rem 0 0 1rem}nav label:last-of-type{border-radius:0 1rem 1rem 0;margin-left:-1px}
#lang-zh:checked~nav label[for=lang-zh],#lang-en:checked~nav label[for=lang-en]{background:var(--fupin-ink);
color:var(--fupin-page)}
#lang-zh:focus-visible~nav label[for=lang-zh],
#lang-en:focus-visible~nav label[for=lang-en]{outline:3px solid var(--f-yes);
outline-offset:2px}
#lang-zh:checked~* [lang=en],#lang-en:checked~* [lang=zh]{display:none}
nav label[lang]{display:inline-block!important}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.75rem;margin:1.2rem 0;padding:0;
list-style:none}
.tiles li{border:1px solid var(--fupin-line);border-top:5px solid var(--tile);border-radius:.4rem;padding:.6rem .85rem}
.tiles b{display:block;font-size:1.75rem;line-height:1.2;font-variant-numeric:tabular-nums}
.tiles small{display:block;font-size:.92rem;color:var(--fupin-dim)}
section{border-top:1px solid var(--fupin-line);padding:1.6rem 0 1.8rem}
.pair{display:grid;gap:1rem 2.5rem;margin-top:.8rem}
.pair>*{min-width:0}
@media(min-width:60rem){.pair{grid-template-columns:minmax(0,28rem) minmax(0,1fr)}}
svg{display:block;width:100%;max-width:32rem;height:auto}
svg text{fill:var(--fupin-ink);font-family:inherit}
.t{font-size:14px}.n{font-size:12.5px;font-variant-numeric:tabular-nums}.s{font-size:11.5px}
@media(max-width:30rem){.t{font-size:15px}.n{font-size:14px}.s{font-size:13px}}
svg .s{fill:var(--fupin-dim)}.e{text-anchor:end}.m{text-anchor:middle}
.f-yes{fill:var(--f-yes)}.f-no{fill:var(--f-no)}.f-open{fill:url(#hatch)}.f-against{fill:var(--f-against)}
.f-other{fill:var(--f-other)}.f-all{fill:var(--fupin-plain)}.f-rest{fill:var(--fupin-plain-ground)}
.hatch{stroke:var(--f-open);stroke-width:3.4}.hatch-ground{fill:var(--f-open);opacity:.35}
.axis{fill:none;stroke:var(--fupin-ink);stroke-width:1.2}
.legend{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;margin:.4rem 0 .6rem;padding:0;list-style:none;font-size:.92rem}
.legend svg{display:inline-block;width:1rem;height:.8rem;margin-right:.4rem;vertical-align:-.05rem}
.wide{overflow:auto;max-height:31rem}
.wide:focus-visible{outline:3px solid var(--f-yes);outline-offset:2px}
.wide thead th{position:sticky;top:0;background:var(--fupin-page)}.wide tbody th{position:sticky;left:0;
background:var(--fupin-page)}
table{border-collapse:collapse;font-size:.94rem;min-width:100%}
caption{text-align:left;color:var(--fupin-dim);font-size:.88rem;padding-bottom:.2rem}
th,td{padding:.3rem .75rem .3rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--fupin-line)}
th{font-weight:600}tbody th{font-weight:400;min-width:9rem;max-width:30rem}
.num{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
thead .num{white-space:normal}tr.rest th,tr.rest td{color:var(--fupin-dim)}
th button{font:inherit;color:inherit;background:none;border:0;padding:0;cursor:pointer;text-align:inherit}
th button::after{content:"\\2195";opacity:.55;padding-left:.25em}
th[aria-sort=ascending] button::after{content:"\\2191";opacity:1}
th[aria-sort=descending] button::after{content:"\\2193";opacity:1}
th button:focus-visible,summary:focus-visible{outline:3px solid var(--f-yes);outline-offset:2px}
summary{cursor:pointer;font-weight:600;padding:.4rem 0}
.badge{display:inline-block;padding:0 .55em;border-radius:.8em;font-size:.86rem;white-space:nowrap}
footer{max-width:76rem;margin:0 auto;padding:1.2rem 1.25rem 3rem;border-top:1px solid var(--fupin-line);font-size:.9rem}
@media print{nav,.switch{display:none}body{font-size:10.5pt;background:#fff;color:#000}
section,figure,tr,.tiles li{break-inside:avoid}section{padding:.6rem 0}th button::after{content:none}
.wide{max-height:none;overflow:visible}
.pair{grid-template-columns:minmax(0,9cm) minmax(0,1fr);gap:.5rem 1rem}a{color:inherit}}
"""


def style() -> str:
    """Give the style of the page."""
    tones = "".join(
        f".badge.{tone}{{color:var(--fupin-{tone});background:var(--fupin-{tone}-ground)}}"
        for tone in ("yes", "no", "open", "plain")
    )
    light = colours(LIGHT) + _fills(LIGHT_FILLS)
    dark = colours(DARK) + _fills(DARK_FILLS)
    return (
        f":root{{color-scheme:light dark;{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"
        f"{_RULES.replace(chr(10), '')}{tones}"
    )


def _fills(held: Mapping[str, str]) -> str:
    return "".join(f"--{name}:{value};" for name, value in held.items())


# Sorts a table by the column whose title is pressed; what was put together stays last. Shows English where the reader's
# program does not ask for Chinese, until the reader chooses.
SCRIPT: Final = """
document.querySelectorAll("th button").forEach(function(button){button.addEventListener("click",function(){
var head=button.closest("th"),place=head.cellIndex,body=head.closest("table").tBodies[0];
var down=head.getAttribute("aria-sort")!=="descending"&&head.classList.contains("num")||
head.getAttribute("aria-sort")==="ascending";
head.parentNode.querySelectorAll("th").forEach(function(each){each.removeAttribute("aria-sort")});
head.setAttribute("aria-sort",down?"descending":"ascending");
function key(row){var cell=row.cells[place],told=cell.dataset.v;return told===undefined?cell.innerText.trim():
told===""?-1:Number(told)}
Array.from(body.rows).sort(function(one,other){
var rest=one.classList.contains("rest")-other.classList.contains("rest");if(rest)return rest;
var a=key(one),b=key(other),order=typeof a==="number"?a-b:a.localeCompare(b,document.documentElement.lang);
return down?-order:order}).forEach(function(row){body.appendChild(row)})})});
var switches=document.querySelectorAll(".switch");
function tell(){switches.forEach(function(each){if(each.checked)document.documentElement.lang=each.value})}
if(switches.length){if(!/^zh/.test(navigator.language))switches[1].checked=true;tell();
switches.forEach(function(each){each.addEventListener("change",tell)})}
""".replace("\n", "")
