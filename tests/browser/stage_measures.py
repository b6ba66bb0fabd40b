"""Texts of every length and script for the room screen, and the script that measures where they stand."""

from __future__ import annotations

from pathlib import Path

from acquis.web.words.fitting import fits

NAMES = (
    "Li",
    "Joaquim Ferrelo",
    "Maximiliana-Theodora van der Wasserstrom-Oyelaran",
    "Her Excellency Ambassador María de los Ángeles Rodríguez de la Representación Perm",
    "الدكتورة عبير بنت عبد الرحمن بن سليمان المنصوري الطرابلسي الأندلسية القيروانية",
    "Александра-Екатерина Константиновна Верхнеозёрская-Благовещенская-Преображенская",
    "联合国教育科学及文化组织驻华代表处高级网络政策协调员王小明博士",
    "श्रीमती अनुराधा कुलश्रेष्ठ भट्टाचार्य विश्वनाथन सुब्रह्मण्यम चट्टोपाध्याय",
    "สมชาย วงศ์สวัสดิ์ประเสริฐกุล",
    "W" * 80,
    "👩🏽‍💻 Ann 🇫🇷",
)
ORGANIZATIONS = (
    "Government",
    "panel, Inter-American Association of Telecommunication Enterprises and Providers of Critical Infrastructure",
    "الاتحاد الدولي للاتصالات السلكية واللاسلكية",
    "Межправительственная организация экономического сотрудничества стран Черноморского бассейна " * 2,
    "国际电信联盟",
)
QUESTIONS = (
    "Why?",
    "Can companies file written input, and does anybody have to answer it?",
    ("Which channel can a small group use to be heard before the text is agreed, and who answers? " * 5)[:400],
    ("هل يمكن للشركات تقديم مساهمات مكتوبة، وهل على أحد أن يجيب عنها؟ " * 7)[:400],
    ("Могут ли компании подавать письменные предложения, и обязан ли кто-нибудь отвечать? " * 5)[:400],
    ("公司可以提交书面意见吗？是否有人必须回答？" * 20)[:400],
)
TITLES = (
    "The next chapter of cyber dialogues",
    "Finding common ground on responsible behaviour of States in the use of information technologies " * 3,
    "الفصل التالي من الحوارات السيبرانية",
)
ADDRESSES = ("acquis.example/s/a", "dialogue.long-name-of-an-organization.example.org/s/igf2021-ws119-next-chapter")
FONTS = ("", "DejaVu Sans", "DejaVu Serif", "Liberation Sans Narrow")
"""Font families, from wide to narrow; a machine that lacks one of them shows another."""

Change = tuple[str, list[str], str]
"""A selector, the texts that its elements get in turn, and the classes that the server gives them."""


def change(selector: str, *texts: str, bold: bool = False, measured: tuple[str, ...] = ()) -> Change:
    return selector, list(texts), fits(*(measured or texts), bold=bold)


def changes(number: int) -> list[Change]:
    """The texts of the room screen in a case: every case has others."""

    def of(texts: tuple[str, ...], more: int = 0) -> str:
        return texts[(number + more) % len(texts)]

    name, title, beside = of(NAMES), of(TITLES), of(ORGANIZATIONS, 2)
    address = of(ADDRESSES).replace("/", "/\u200b")
    return [
        change(".stage-now .name:not(.quiet), .stage-clock .name", name),
        change(".stage-now .sides", of(ORGANIZATIONS), measured=("online, " + of(ORGANIZATIONS),)),
        change(".stage-next strong", of(NAMES, 3), bold=True),
        change(".stage-next .sides, .stage-next .why", beside, measured=(f"00 right of reply, online, {beside}",)),
        change(".head .fit", title),
        change(".stage-part .part > bdi", of(TITLES, 1)),
        change(".put .said", of(QUESTIONS)),
        change(".asked .said", of(QUESTIONS, 1), of(QUESTIONS, 2)),
        change("#stage_results .said, .areas .said", of(QUESTIONS, 3)[:200], of(QUESTIONS, 4)[:200]),
        change(".speakers b", *NAMES, bold=True),
        change(".speakers .quiet", *ORGANIZATIONS),
        change(".stage:not(.closed) .way", address, measured=(f"Join at {address} with this code:",)),
        change(".closed .way", address, measured=(f"Read the session record at {address}",)),
    ]


def part_classes(number: int) -> str:
    """The classes of the segment and its time at the top, for the title in `changes`."""
    return fits(TITLES[(number + 1) % len(TITLES)] + " 888:88 over time limit")


_SCRIPT = Path(__file__).with_suffix(".js").read_text("utf-8").rstrip().rstrip(";")
SET, WRONG = (
    f"(given) => {_SCRIPT[_SCRIPT.index('({') :]}.set(given)",
    f"() => {_SCRIPT[_SCRIPT.index('({') :]}.wrong()",
)
