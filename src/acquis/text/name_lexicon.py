"""Word lists for the detection of names, folded (no case, no accents)."""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


TITLES = _set(
    "mr mrs ms miss mx dr prof professor sir dame lord lady he hon honourable excellency ambassador amb minister "
    "rev fr st jr sr phd md ii iii the and of in for at on by to with from a an von van der den de del della des "
    "di da do dos das du la le les el al bin ben ibn bint abu zu zur zum y e i und et m mme mlle herr frau senor "
    "senora sra don dona panellist panelist speaker participant moderator rapporteur simulated remote tbc tbd"
)
"""Titles: words before names or inside them that are never a name."""

COMMON = _set(
    # names that are words of English
    "will grace hope mark marks rose may june april august young long king white black brown green gray grey wood "
    "woods hill hills field fields stone rice bush park parks lane ford cook price day days love joy faith "
    "charity art bill jack pat rob sue frank gene dean earl duke guy chase hunter page case chance christian "
    "major minor noble sharp short small strong swift wise wolf fox bird fish lamb bell ball banks bank bond "
    "burns carter church cross drew flower flowers gates gate glass gold golden good grant grants hall hand hands "
    "hart hardy head heath holly house hunt ivy law little marsh mason mills mill moon north south east west nice "
    "olive pace parish pearl penny peace piper pleasant pool pope porter post power powers precious prince "
    "prosper queen rain ray reed rich ridge river rivers rock root rush sage salt sand sands savage sea self "
    "shepherd silver singer sky snow spring star steel still street summer sun sunny temple thorn trust turner "
    "victor victory wade wait wall walls walker ward water waters way ways wells winter wisdom world worth many "
    "real union key keys close best bright new old high low free fair early first last more most much such so "
    "some see say said sell set sit stand start stay step stock stop store story table talk tell test time told "
    "top total touch town trade train travel treat tree true try turn use user view visit vote votes walk want "
    "war wash watch wave wear week well whole wide wild win wind window wish word words work write year yes yet "
    "you your ask bar base bear begin blue board body book box boy break bring build business but buy call camp "
    "can car card care carry cause center central change check child choose city claim class clean clear cold "
    "common cost could count country couple course court cover create cup cut data deal dear death deep degree "
    "down draw dream drive drop dry each ear earth easy edge end england english enough enter even ever every eye "
    "face fact fall family far fast feel feet few fight fill find fine fire fit five floor fly follow food foot "
    "force form forward four friend full fun game garden general get girl give glad great ground group grow half "
    "happy hard hear heart heat help here hold holder home hot hour how human idea inch iron island job join "
    "judge keep kind knight know land large late laugh lead learn leave left less let letter level life light "
    "like line link list listen live local look lord loss lost main make man manner march market martial master "
    "match matter mean meet men mercy merit mind miss mission model money month moor moral morning mother motion "
    "mount mouth move music must name nation native near need net never news next night nobody none noon nor note "
    "now number oak off offer office often oil once one only open order other our out over own pain paint pair "
    "paper part pass past patience pay people perry pick piece place plain plan plant play point poor pound press "
    "pretty proof pull purpose push put quick quiet race raise range rate reach read ready record red rest right "
    "ring rise road role roll room rule run sad safe sail sale same save scale school score season seat second "
    "seed seem send sense serve seven shape share she ship shop should shoulder show side sign simple since sing "
    "six size skill sleep slow smile soft soil soldier son song soon sort sound space speak special speed spell "
    "spirit spoke sport spot square stage state states stick stream strength sugar suit support sure sweet swim "
    "system tail take tall tan team ten term than thank that them then there these they thin thing think third "
    "this those three tie tiny tone tool toward track trip trouble truck two type under unit until upon usual "
    "value very voice was weather went were what when where which while who why wife without woman wonder would "
    "justice liberty honor honour unity normal ernest sincere constant content patent max rod lance miles pierce "
    "cliff glen dale brook brooks forest heather iris daisy dawn eve crystal amber jade ruby opal coral ginger "
    "basil rosemary melody harmony destiny trinity genesis angel angels bishop abbot monk miller carpenter taylor "
    "smith baker butler fisher cooper potter weaver gardener farmer mayor speaker chin sang sung hang dong yang "
    "ping ming fan pan ban van ton sin shin lee kay don ken cape lay ho hung wing ting "
    # words of two letters
    "he she so an do ha ho hu la le lo ma me mi na ni no oh or pa si to tu um un up us we ya ye yo yu as at be by "
    "go if in is it my of on ai id al el en es et il ne se te de da di du ex ok pm am tv eu uk usa "
    # of French, Spanish, Portuguese, German
    "juste bon bonne petit grand gros blanc noir vert rouge roi reine fleur pierre belle bel beau doux jour mer "
    "mont pont port rue saint sainte terre ville vrai claire paix amour esperance constance prudence paz luz cruz "
    "rosa rosas blanca blanco flores rey reyes santo santos campo campos casa castillo fuente iglesia leon lobo "
    "luna mar moreno mundo prado puente rico rio rojo sala salas sol soto torre torres valle vega vera verde "
    "vidal silva costa ramos pereira oliveira esperanza angeles dolores mercedes pilar klein gross lang kurz jung "
    "alt neu schwarz weiss roth rot grun braun stark frei fest sommer herbst morgen abend tag berg bach wald feld "
    "stein vogel fuchs koch bauer richter kaiser konig herz engel kern schon gut hand haus hof ernst martin "
    "sonntag freitag montag winter frank mai"
)
"""Ordinary words that are also names; they count as names only if they are capitalized."""

GENERIC = _set(
    "ministry ministries minister department departments office offices government governments agency agencies "
    "authority commission committee council parliament senate assembly secretariat bureau board centre center "
    "institute institution institutions university universities college school academy faculty laboratory "
    "foundation fund association society federation union alliance coalition network networks group groups forum "
    "initiative project programme program partnership partners party company companies corporation enterprise "
    "enterprises limited incorporated holding trust services service systems system solutions technologies "
    "technology technical tech software hardware digital internet cyber cybersecurity cyberspace security "
    "information communication communications telecom telecommunications telecommunication data computing "
    "computer computers cloud mobile media press news radio television online open source free public private "
    "sector civil community communities stakeholder stakeholders global international national regional local "
    "world united nations state states federal republic kingdom democratic people peoples foreign affairs "
    "external relations interior justice defence defense finance economy economic economics trade industry "
    "industrial commerce chamber business innovation research science sciences education training development "
    "sustainable cooperation policy policies governance law legal rights human humanitarian peace disarmament "
    "arms weapons nuclear strategic strategy studies study health food water energy power grid climate "
    "environment women youth children young students student gender family house home access action alert watch "
    "report reports response incident team teams emergency readiness registry domain names numbers protocol "
    "standards standard engineering engineers consortium collective movement campaign citizen citizens democracy "
    "freedom expression speech privacy protection consumer consumers labour labor workers bank banking insurance "
    "the and for with from northern southern eastern western central north south east west europe european africa "
    "african asia asian america american americas latin caribbean pacific arab middle island independent "
    "consultant expert experts member members none self other various retired advisor adviser director head chair "
    "senior general permanent mission delegation embassy representative representatives ministere gouvernement "
    "agence autorite conseil assemblee institut universite ecole fondation societe reseau groupe internationale "
    "nationale republique etats unis affaires etrangeres droits homme paix ministerio gobierno agencia autoridad "
    "consejo asamblea instituto universidad escuela fundacion asociacion sociedad red grupo internacional "
    "nacional republica estados unidos asuntos exteriores relaciones derechos humanos tecnologia tecnologias "
    "ministerium regierung behorde universitat hochschule stiftung verein gesellschaft verband bund bundesamt "
    "auswartiges amt netz netzwerk sicherheit recht rechte министерство правительство агентство институт "
    "университет фонд ассоциация общество комитет совет союз центр федерации иностранных дел республики"
)
"""Words of names of organizations that do not identify one."""

HONORIFICS = (
    "先生", "女士", "小姐", "太太", "教授", "博士", "老师", "老師", "部长", "部長", "大使", "主席", "主任",
    "代表", "司长", "司長", "处长", "處長", "局长", "局長", "院士", "院长", "院長", "总理", "總理", "总统", "总",
    "同志", "さん", "さま", "様", "氏", "先輩", "씨", "님", "교수", "박사", "장관", "대사", "위원", "의원",
    "대표", "선생",
)  # fmt: skip
"""East Asian titles that follow a family name."""

COMPOUND = (
    "欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛", "司徒", "皇甫", "东方", "東方", "夏侯", "尉迟",
    "慕容", "公孙", "长孙", "令狐", "宇文", "轩辕", "端木", "西门", "南宫", "南宮", "独孤", "拓跋", "完颜",
    "纳兰", "呼延", "남궁", "황보", "제갈", "선우", "사공",
)  # fmt: skip
"""Chinese and Korean family names of two characters."""
