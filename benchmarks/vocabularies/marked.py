"""Vocabularies whose marks say as much as their letters, or more: domains, units, keys, versions.

Most are facts that everybody knows; the rest is made up by a rule.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from functools import partial

from benchmarks.vocabularies.sources import Entry, Source, drawn, listed

__all__ = ["MARKED"]

_DOMAINS = (
    ".com .org .net .edu .gov .mil .int .info .biz .name .io .ai .co .me .tv .de .uk .fr .it .es "
    ".nl .be .ch .at .se .no .fi .dk .pl .cz .sk .hu .ro .bg .gr .tr .ru .ua .by .jp .cn .kr .in "
    ".au .nz .ca .mx .br .ar .cl .pe .za .eg .ng .ke .il .ae .sa .ir .pk .bd .lk .th .vn .my .sg "
    ".id .ph .hk .tw .dev .app .xyz .shop .online .site"
)
_EXTENSIONS = (
    ".c .h .cpp .hpp .py .pyc .js .mjs .ts .tsx .jsx .json .xml .html .htm .css .scss .md .rst "
    ".txt .csv .tsv .xls .xlsx .doc .docx .ppt .pptx .pdf .ps .png .jpg .jpeg .gif .bmp .tif "
    ".tiff .svg .webp .mp3 .mp4 .wav .ogg .avi .mkv .mov .zip .tar .tar.gz .tgz .gz .bz2 .xz .7z "
    ".rar .exe .dll .so .dylib .jar .war .class .java .kt .go .rs .rb .php .pl .sh .bat .ps1 .sql "
    ".db .sqlite .log .ini .cfg .conf .toml .yaml .yml .lock"
)
_UNITS = (
    "mg/dL mmol/L g/L g/dL ug/mL ng/mL pg/mL U/L k[IU]/L m[IU]/L [IU]/mL mm[Hg] Cel [degF] kg "
    "kg/m2 cm mm m m2 m3 L mL uL dL fL pg [pH] {score} {copies}/mL 10*3/uL 10*6/uL 10*9/L 10*12/L "
    "/min /[HPF] /uL s min h d wk mo a Hz kHz mol umol/L nmol/L pmol/L meq/L mosm/kg Pa kPa bar J "
    "kJ cal kcal W V mV A Ohm S T Bq Gy Sv mSv"
)
_HEADERS = (
    "Accept Accept-Charset Accept-Encoding Accept-Language Accept-Ranges "
    "Access-Control-Allow-Credentials Access-Control-Allow-Headers Access-Control-Allow-Methods "
    "Access-Control-Allow-Origin Access-Control-Expose-Headers Access-Control-Max-Age "
    "Access-Control-Request-Headers Access-Control-Request-Method Age Allow Alt-Svc Authorization "
    "Cache-Control Clear-Site-Data Connection Content-Disposition Content-Encoding "
    "Content-Language Content-Length Content-Location Content-Range Content-Security-Policy "
    "Content-Security-Policy-Report-Only Content-Type Cookie Cross-Origin-Embedder-Policy "
    "Cross-Origin-Opener-Policy Cross-Origin-Resource-Policy Date Device-Memory DNT Early-Data "
    "ETag Expect Expires Forwarded From Host If-Match If-Modified-Since If-None-Match If-Range "
    "If-Unmodified-Since Keep-Alive Last-Modified Link Location Max-Forwards Origin Pragma "
    "Proxy-Authenticate Proxy-Authorization Range Referer Referrer-Policy Retry-After "
    "Sec-Fetch-Dest Sec-Fetch-Mode Sec-Fetch-Site Sec-Fetch-User Sec-WebSocket-Accept Server "
    "Server-Timing Set-Cookie SourceMap Strict-Transport-Security TE Timing-Allow-Origin Trailer "
    "Transfer-Encoding Upgrade Upgrade-Insecure-Requests User-Agent Vary Via Warning "
    "WWW-Authenticate X-Content-Type-Options X-DNS-Prefetch-Control X-Forwarded-For "
    "X-Forwarded-Host X-Forwarded-Proto X-Frame-Options X-XSS-Protection"
)
_TAGS = (
    "javascript python java c# php android html jquery c++ css ios sql mysql r reactjs node.js "
    "arrays c asp.net json ruby-on-rails .net sql-server swift python-3.x objective-c django "
    "angular excel regex pandas ruby linux ajax iphone vba xml spring asp.net-mvc typescript "
    "database wordpress string wpf mongodb windows xcode bash git oracle vb.net multithreading "
    "list amazon-web-services eclipse dataframe spring-boot macos azure docker vue.js image "
    "algorithm flutter api firebase function visual-studio rest numpy selenium postgresql "
    "hibernate scala express winforms loops entity-framework tensorflow dictionary kotlin perl "
    "hadoop asp.net-core codeigniter html5 opencv machine-learning ruby-on-rails-3 .htaccess "
    "google-maps matplotlib web-services unit-testing three.js next.js f# objective-c++ c++11 "
    "c++17 asp.net-web-api d3.js socket.io vb6 go rust powershell apache-spark python-2.7 "
    "laravel-5 .net-core node-modules npm webpack redux css3 ecmascript-6 t-sql ms-access utf-8 "
    "web-scraping x86 arm64 x86-64 wcf linq"
)
_IDENTIFIERS = (
    "00 01 02 10 11 12 13 15 16 17 20 21 22 235 240 241 242 243 250 251 253 254 255 30 37 400 401 "
    "402 403 410 411 412 413 414 415 416 417 420 421 422 423 424 425 426 427 7001 7002 7003 7004 "
    "7005 7006 7007 7008 7009 7010 7011 710 711 712 713 714 8001 8002 8003 8004 8005 8006 8007 "
    "8008 8009 8010 8011 8012 8013 8017 8018 8019 8020 8026 8110 8111 8112 90 91 92 93 94 95 96 "
    "97 98 99"
)
_GENRES = (
    "R&B,Hip-Hop,Drum & Bass,Rock 'n' Roll,Jazz,Blues,Folk,Soul,Funk,House,Techno,K-Pop,J-Pop,Lo-Fi"
)
_NOTES = "C C# Db D D# Eb E F F# Gb G G# Ab A A# Bb B"
# So many codes, each drawn by a rule.
_drawn = partial(drawn, "marked")


def _class(draw: random.Random) -> str:
    """A number of the universal decimal classification."""
    number = f"{draw.randint(0, 999):03}"
    if draw.random() < 0.5:
        number += f".{draw.randrange(10 ** draw.randint(1, 3))}"
    return number + (f"({draw.randint(4, 99)})" if draw.random() < 0.3 else "")


def _version(draw: random.Random) -> str:
    numbers = f"{draw.randint(0, 9)}.{draw.randint(0, 20)}.{draw.randint(0, 12)}"
    return numbers + draw.choice(["", "", "", "-rc1", "-beta"])


def _substance(draw: random.Random) -> str:
    """A registry number of a chemical, with its check digit."""
    digits = f"{draw.randint(50, 999999)}{draw.randint(0, 99):02}"
    check = sum(nth * int(digit) for nth, digit in enumerate(reversed(digits), 1)) % 10
    return f"{digits[:-2]}-{digits[-2:]}-{check}"


MARKED: Mapping[str, Source] = {
    "domains": Source("domains of the first level", listed(_DOMAINS)),
    "extensions": Source("extensions of files", listed(_EXTENSIONS)),
    "units": Source("units, UCUM", listed(_UNITS)),
    "headers": Source("headers of HTTP", listed(_HEADERS)),
    "tags": Source("tags of a forum of programmers", listed(_TAGS)),
    "genres": Source("genres of music", listed(_GENRES, ",")),
    "keys": Source(
        "keys of music",
        lambda: [Entry(note + kind) for note in _NOTES.split() for kind in ("", "m")],
    ),
    "identifiers": Source(
        "identifiers in parentheses, GS1",
        lambda: [Entry(f"({one})") for one in _IDENTIFIERS.split()],
    ),
    "times": Source(
        "times of day",
        lambda: [Entry(f"{h:02}:{m:02}") for h in range(24) for m in range(0, 60, 15)],
    ),
    "classes": Source("the universal decimal classification", _drawn(3000, _class)),
    "versions": Source("versions", _drawn(800, _version)),
    "substances": Source("numbers of chemicals", _drawn(2000, _substance)),
}
